import type { Project } from '../../api/gitlab-api.ts'
import type { ReadRules } from '../../api/use-rules.ts'
import type { Origin, Verdict } from '../../domain/decision.ts'
import type { Endpoint } from '../../domain/endpoints.ts'
import {
  type Assessment,
  alternativeTo,
  contradictionsOf,
  entryRemedy,
  type Inquiry,
} from '../../domain/inquiry.ts'
import type { Answer, Denial, Finding } from '../../domain/reading/findings.ts'
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
import { Remedies, type Wish } from './Remedy.tsx'
import styles from './ResultItem.module.css'
import { type Named, referenceIn } from './use-project-names.ts'
import type { Values } from './VariableFields.tsx'

type ResultItemProps = {
  assessment: Assessment
  project: Project
  origin: Origin
  rules: ReadRules
  version: Version
  /** What the projects of the text are called. */
  names: ReadonlyMap<string, Named>
  /** What variables are said to hold. */
  values: Values
}

/** One line: what it calls, what that needs, how it stands and by which rule, and the remedy. */
export function ResultItem(props: ResultItemProps) {
  const { assessment, project, origin, rules, version, names, values } = props
  const { finding, inquiry, verdict } = assessment
  const places = { project: project.fullPath, origin }
  const standing = standingOf(assessment, origin)
  const answer = finding.kind === 'call' ? finding.answer : finding.call?.answer
  const words = answer && answerWords(answer)
  const remark = remarkWords(finding)
  const call = finding.kind === 'call' ? finding : finding.call
  const ways = contradictionsOf(assessment)
  const shadowed = verdict?.shadowed.map(({ target }) => target.fullPath) ?? []

  return (
    <article className={styles.result} aria-label={m.check_line({ line: finding.line })}>
      <div className={styles.head}>
        <span className={styles.line}>{m.check_line({ line: finding.line })}</span>
        {standing && <Badge variant={variants[standing]}>{standingWords[standing]()}</Badge>}
      </div>
      <code className={styles.text}>{excerpt(finding.text)}</code>
      <Deed finding={finding} answer={answer} inquiry={inquiry} />
      {inquiry && <p className={styles.whose}>{accessWords(inquiry, project, names)}</p>}
      <div className={styles.words}>
        {finding.kind === 'denial' && <p>{refusalWords(finding.refusal)}</p>}
        {verdict && inquiry ? (
          <p>{ruleWords(verdict, inquiry, places)}</p>
        ) : (
          words && <p>{words}</p>
        )}
        {remark && <p>{remark}</p>}
        {verdict?.rule === 'not-yet' && (
          <p>{m.check_version({ version: `${version.major}.${version.minor}` })}</p>
        )}
        {verdict?.rule === 'not-controllable' && isRest(answer) && <p>{m.check_table_says()}</p>}
        {call?.given?.map((name) => (
          <p key={name}>{m.check_given({ name, value: values[name] ?? '' })}</p>
        ))}
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
        {finding.kind === 'denial' && <Probe denial={finding} />}
        {standing === 'perhaps' && <p>{m.check_public({ project: project.fullPath })}</p>}
        {shadowed.length > 0 && <p>{m.check_shadowed({ entries: formatList(shadowed) })}</p>}
      </div>
      {inquiry && (
        <Actions
          inquiry={inquiry}
          verdict={verdict}
          standing={standing}
          project={project}
          origin={origin}
          rules={rules}
          version={version}
        />
      )}
    </article>
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
} as const satisfies Record<Standing, string>

type DeedProps = {
  finding: Finding
  answer: Answer | undefined
  inquiry: Inquiry | undefined
}

/** What is done: an endpoint of the catalogue, or in words what has none. */
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

type ActionsProps = {
  inquiry: Inquiry
  verdict: Verdict | undefined
  standing: Standing | undefined
  project: Project
  origin: Origin
  rules: ReadRules
  version: Version
}

function Actions({ inquiry, verdict, standing, project, origin, rules, version }: ActionsProps) {
  const here = inquiry.whose.kind === 'checked' || inquiry.whose.kind === 'assumed'
  const wish = wishOf(inquiry, verdict, here ? project.fullPath : referenceIn(inquiry.whose))
  const isSetting = verdict?.least?.some(
    ({ kind }) => kind !== 'add-entry' && kind !== 'raise-entry',
  )
  const other = referenceIn(inquiry.whose)
  if (standing === 'allowed' || (!wish && !isSetting && other === undefined)) return null
  return (
    <div className={styles.actions}>
      {wish && (
        <Remedies
          wish={wish}
          alternative={wish.kind === 'ask' ? undefined : alternativeTo(wish, verdict)}
          here={here}
          name={elsewhere(inquiry)}
          project={project}
          origin={origin}
          rules={rules}
          version={version}
        />
      )}
      {isSetting && (
        <PageLink to="/projects/$id/settings/ci_cd" params={{ id: project.fullPath }}>
          {m.check_settings()}
        </PageLink>
      )}
      {other !== undefined && (
        <PageLink to="/projects/$id/access" params={{ id: other }}>
          {m.check_elsewhere({ project: elsewhere(inquiry) ?? other })}
        </PageLink>
      )}
    </div>
  )
}

/**
 * The change of entries that allows it; where the rules are not known, what is asked for. Nothing
 * where it is allowed, or no permission can allow it.
 */
function wishOf(
  { policies }: Inquiry,
  verdict: Verdict | undefined,
  id: string | undefined,
): Wish | undefined {
  if (id === undefined || verdict?.outcome === 'allowed') return undefined
  const change = entryRemedy(verdict)
  if (change) return { ...change, id }
  if (verdict?.least) return undefined
  const isOpen = verdict === undefined || verdict.outcome === 'unknown'
  return isOpen ? { kind: 'ask', id, policies } : undefined
}
