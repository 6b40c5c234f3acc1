import type { ReactNode } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import type { ReadRules } from '../../api/use-rules.ts'
import type { Origin } from '../../domain/decision.ts'
import type { Endpoint } from '../../domain/endpoints.ts'
import {
  type Assessment,
  alternativeTo,
  contradictionsOf,
  type Inquiry,
} from '../../domain/inquiry.ts'
import type { Answer, Denial, Elsewhere, Finding } from '../../domain/reading/findings.ts'
import type { Version } from '../../domain/version.ts'
import { endpointSummary } from '../../i18n/endpoint-summaries.ts'
import { formatList } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { EndpointLine } from '../shared/EndpointLine.tsx'
import { PageLink } from '../shared/PageLink.tsx'
import {
  accessWords,
  answerWords,
  elsewhere,
  policyList,
  refusalWords,
  remarkWords,
  ruleWords,
  type Standing,
  standingOf,
  standingWords,
  wayWords,
} from './check-words.ts'
import { EntryWords } from './EntryWords.tsx'
import { OtherWay, Remedies, wishOf } from './Remedy.tsx'
import styles from './ResultItem.module.css'
import { type Named, referenceIn } from './use-project-names.ts'
import type { Values } from './VariableFields.tsx'

type ResultItemProps = {
  assessment: Assessment
  /** The open calls for which the remedy stands here; undefined where it stands with another call. */
  remedied: readonly Assessment[] | undefined
  project: Project
  origin: Origin
  rules: ReadRules
  version: Version
  /** The names of the projects in the text. */
  names: ReadonlyMap<string, Named>
  /** The values that the user gives for variables. */
  values: Values
}

/** One line: how it stands and by which rule, what it calls and what that needs, and the remedy. */
export function ResultItem(props: ResultItemProps) {
  const { assessment, remedied, project, origin, rules, version, names, values } = props
  const { finding, inquiry, verdict } = assessment
  const places = { project: project.fullPath, origin }
  const standing = standingOf(assessment, origin)
  const answer = finding.kind === 'call' ? finding.answer : finding.call?.answer
  const remark = remarkWords(finding)
  const call = finding.kind === 'call' ? finding : finding.call
  const ways = contradictionsOf(assessment)
  const shadowed = verdict?.shadowed ?? []
  const refusal = finding.kind === 'denial' && refusalWords(finding.refusal)
  const rule =
    verdict && inquiry ? (
      <EntryWords
        project={project.fullPath}
        entries={verdict.deciding ? [verdict.deciding] : []}
        words={([entry = '']) => ruleWords(verdict, inquiry, places, entry)}
      />
    ) : (
      answer && answerWords(answer)
    )
  // What GitLab said decides where the list says no more; else it is evidence.
  const isRefused = refusal && (standing === 'refused' || !rule)

  return (
    <article className={styles.result} aria-label={m.check_line({ line: finding.line })}>
      <div className={styles.head}>
        <Badge variant={variants[standing]}>{standingWords[standing]()}</Badge>
        <span className={styles.line}>{m.check_line({ line: finding.line })}</span>
      </div>
      {(isRefused || rule) && <p className={styles.verdict}>{isRefused ? refusal : rule}</p>}
      {standing === 'perhaps' && <p>{m.check_public({ project: project.fullPath })}</p>}
      {verdict?.rule === 'not-yet' && (
        <p>{m.check_version({ version: `${version.major}.${version.minor}` })}</p>
      )}
      {ways.length > 0 && (
        <div>
          <p>{m.check_contradiction()}</p>
          <ul>
            {ways.map((way) => (
              <li key={way}>{wayWords[way](places)}</li>
            ))}
          </ul>
        </div>
      )}
      {inquiry && remedied && (
        <Actions
          remedied={remedied}
          inquiry={inquiry}
          project={project}
          origin={origin}
          rules={rules}
          version={version}
        />
      )}
      <div className={styles.evidence}>
        <code className={styles.text}>{excerpt(finding.text)}</code>
        <Deed finding={finding} answer={answer} inquiry={inquiry} />
        {inquiry && <p>{accessWords(inquiry, project, names)}</p>}
        {isRefused ? rule && <p>{rule}</p> : refusal && <p>{refusal}</p>}
        {remark && <p>{remark}</p>}
        {verdict?.rule === 'not-controllable' && isRest(answer) && <p>{m.check_table_says()}</p>}
        {call?.given?.map((name) => (
          <p key={name}>{m.check_given({ name, value: values[name] ?? '' })}</p>
        ))}
        {finding.kind === 'denial' && <Probe denial={finding} />}
        {shadowed.length > 0 && (
          <p>
            <EntryWords
              project={project.fullPath}
              entries={shadowed}
              words={(entries) => m.check_shadowed({ entries: formatList(entries) })}
            />
          </p>
        )}
      </div>
    </article>
  )
}

type PlainItemProps = {
  standing: Standing
  line: number
  text: string
  /** The sentence that decides. */
  children: ReactNode
}

/** A line about which no rules have been asked. */
export function PlainItem({ standing, line, text, children }: PlainItemProps) {
  return (
    <article className={styles.result} aria-label={m.check_line({ line })}>
      <div className={styles.head}>
        <Badge variant={variants[standing]}>{standingWords[standing]()}</Badge>
        <span className={styles.line}>{m.check_line({ line })}</span>
      </div>
      <p className={styles.verdict}>{children}</p>
      <code className={styles.text}>{excerpt(text)}</code>
    </article>
  )
}

/** A call that goes to another host: no list of this GitLab has a say. */
export function AbroadItem({ line, text, host }: Elsewhere) {
  return (
    <PlainItem standing="apart" line={line} text={text}>
      {m.check_abroad({ host })}
    </PlainItem>
  )
}

const isRest = (answer: Answer | undefined) =>
  answer !== undefined && 'deed' in answer && typeof answer.deed === 'object'

/** Whether it is the token, where GitLab does not tell. */
function Probe({ denial }: { denial: Denial }) {
  const { refusal, isTokenGood } = denial
  if (refusal.code !== 'forbidden' && refusal.code !== 'unauthorized') return null
  if (isTokenGood) return <p>{m.check_probe_good()}</p>
  return (
    <div>
      <p>{m.check_probe()}</p>
      <code className={styles.text}>{probe}</code>
      <p>{m.check_probe_means()}</p>
    </div>
  )
}

const probe = 'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/job"'

/** Lines of logs can be as long as the whole text. */
const excerpt = (line: string) => (line.length > 400 ? `${line.slice(0, 400)}…` : line)

const variants = {
  allowed: 'success',
  denied: 'danger',
  perhaps: 'warning',
  refused: 'danger',
  overtaken: 'warning',
  unknown: 'neutral',
  apart: 'muted',
} as const satisfies Record<Standing, string>

type DeedProps = {
  finding: Finding
  answer: Answer | undefined
  inquiry: Inquiry | undefined
}

/**
 * The action of a call: an endpoint of the catalogue, or words for an action without an endpoint.
 */
function Deed({ finding, answer, inquiry }: DeedProps) {
  const deed = answer && 'deed' in answer ? answer.deed : undefined
  if (typeof deed === 'object')
    return <EndpointLine endpoint={deed} summary={endpointSummary(deed)} />
  if (answer?.code === 'wrong-place') {
    return <EndpointLine endpoint={answer.endpoint} summary={endpointSummary(answer.endpoint)} />
  }
  const request = finding.kind === 'call' ? finding.request : finding.call?.request
  const policies = inquiry?.policies ?? []
  return (
    <>
      {deed && deed !== 'uncatalogued' && <p>{deeds[deed]()}</p>}
      {(deed === undefined || deed === 'uncatalogued') && request && (
        <p>
          <code>{`${request.method} ${request.url}`}</code>
        </p>
      )}
      {policies.length > 0 && <p>{m.check_needs({ policies: policyList(policies) })}</p>}
    </>
  )
}

const deeds: Record<Exclude<NonNullable<DeedOf>, Endpoint | 'uncatalogued'>, () => string> = {
  'git-read': m.check_deed_read,
  'git-push': m.check_deed_push,
  'image-pull': m.check_deed_image_pull,
  'image-push': m.check_deed_image_push,
  'registry-login': m.check_deed_login,
}
type DeedOf = Extract<Answer, { deed: unknown }>['deed']

type ActionsProps = Omit<ResultItemProps, 'assessment' | 'remedied' | 'names' | 'values'> & {
  remedied: readonly Assessment[]
  inquiry: Inquiry
}

/** What helps: one way, and behind it the others. */
function Actions({ remedied, inquiry, ...context }: ActionsProps) {
  const { project } = context
  const here = inquiry.whose.kind === 'checked' || inquiry.whose.kind === 'assumed'
  const other = referenceIn(inquiry.whose)
  const wish = wishOf(remedied, here ? project.fullPath : other)
  const verdict = remedied.find(({ verdict }) => verdict?.least)?.verdict
  const remedies = wish && (
    <Remedies
      wish={wish}
      alternative={wish.kind === 'ask' ? undefined : alternativeTo(wish, verdict)}
      here={here}
      name={elsewhere(inquiry)}
      {...context}
    />
  )
  if (other !== undefined) {
    return (
      <div className={styles.actions}>
        <PageLink to="/projects/$id/access" params={{ id: other }} variant="confirm">
          {m.check_elsewhere({ project: elsewhere(inquiry) ?? other })}
        </PageLink>
        {remedies && <OtherWay>{remedies}</OtherWay>}
      </div>
    )
  }
  const isSetting = remedied.some(({ verdict }) =>
    verdict?.least?.some(({ kind }) => kind !== 'add-entry' && kind !== 'raise-entry'),
  )
  if (!remedies && !isSetting) return null
  return (
    <div className={styles.actions}>
      {remedies}
      {isSetting && (
        <PageLink
          to="/projects/$id/settings/ci_cd"
          params={{ id: project.fullPath }}
          variant={remedies ? undefined : 'confirm'}
        >
          {m.check_settings()}
        </PageLink>
      )}
    </div>
  )
}
