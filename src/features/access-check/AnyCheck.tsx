import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { isMissing } from '../../api/api-error.ts'
import type { Project } from '../../api/gitlab-api.ts'
import { projectQuery } from '../../api/projects.ts'
import { useApi } from '../../api/use-api.ts'
import { useRules } from '../../api/use-rules.ts'
import type { Target } from '../../domain/allowlist.ts'
import type { Origin } from '../../domain/decision.ts'
import { dealOut, inquiryOf, namedProjects, nobody } from '../../domain/inquiry.ts'
import type { Elsewhere, Finding } from '../../domain/reading/findings.ts'
import { referenceOf } from '../../domain/reference.ts'
import type { Version } from '../../domain/version.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Card } from '../../ui/Card.tsx'
import { PageState } from '../../ui/PageState.tsx'
import { ReadingFailed } from '../pasted-text/ReadingFailed.tsx'
import { mostRead } from '../pasted-text/use-reading.ts'
import { ProjectPicker } from '../project-picker/ProjectPicker.tsx'
import { QueryView } from '../shared/QueryView.tsx'
import styles from './AnyCheck.module.css'
import { Sides, useAssessments } from './Check.tsx'
import {
  answerWords,
  elsewhere,
  kindWords,
  pathAndId,
  refusalWords,
  type Standing,
  standingOf,
} from './check-words.ts'
import { AbroadItem, PlainItem } from './ResultItem.tsx'
import { Results } from './Results.tsx'
import { mostLookedUp } from './use-project-names.ts'
import { type AskedQuestion, useQuestion } from './use-question.ts'

/** More lines of a text that no project answers are no help. */
const mostShown = 50

const noTargets: readonly Target[] = []
const nowhere: readonly Elsewhere[] = []

const abroadIn = ({ reading }: AskedQuestion) => reading?.elsewhere ?? nowhere

/** The pasted text, and what the rules of each project that it accesses say of it. */
export function AnyCheck({ version }: { version: Version }) {
  const api = useApi()
  const question = useQuestion({ to: '/access' }, noTargets)
  const { findings, origin } = question
  const references = useMemo(
    () => namedProjects(findings, origin).slice(0, mostLookedUp),
    [findings, origin],
  )
  const queries = useQueries({
    queries: references.map((reference) => projectQuery(api, referenceOf(reference))),
  })
  const projects = useMemo(
    () => [...new Map(queries.flatMap(({ data }) => (data ? [[data.id, data]] : []))).values()],
    [queries],
  )
  const { to, rest } = useMemo(
    () => dealOut(findings, projects, origin),
    [findings, projects, origin],
  )
  const open = queries.flatMap((query, at) => {
    const isOpen = !query.data && !isMissing(query.error)
    return isOpen ? [{ query, reference: references[at] ?? '' }] : []
  })
  const isRest = to.size + open.length === 0 || rest.length > 0 || abroadIn(question).length > 0

  return (
    <>
      <Sides question={question}>
        <div className={styles.answers}>
          {projects.flatMap((project) => {
            const own = to.get(project)
            if (!own) return []
            return [
              <ProjectResults
                key={project.id}
                project={project}
                findings={own}
                question={question}
                version={version}
              />,
            ]
          })}
          {open.map(({ query, reference }) => (
            <Card key={reference} title={reference}>
              <QueryView query={query} what={m.what_project()} lines={3}>
                {() => null}
              </QueryView>
            </Card>
          ))}
          {isRest && (
            <Rest question={question} findings={rest} alone={to.size + open.length === 0} />
          )}
        </div>
      </Sides>
      {!question.shared.q && (
        <Card title={m.access_or_project()} description={m.access_project_about()} flush>
          <ProjectPicker page="/projects/$id/access" />
        </Card>
      )}
    </>
  )
}

type ProjectResultsProps = {
  project: Project
  findings: readonly Finding[]
  question: AskedQuestion
  version: Version
}

/** The answer of one project. */
function ProjectResults({ project, findings, question, version }: ProjectResultsProps) {
  const { origin } = question
  const rules = useRules(project, version)
  return (
    <Results
      title={pathAndId(project)}
      kind={question.reading?.kind}
      assessments={useAssessments(findings, project, origin, rules, version)}
      abroad={nowhere}
      busy={question.busy}
      failure={undefined}
      cut={undefined}
      project={project}
      origin={origin}
      rules={rules}
      version={version}
      values={question.draft.values}
    />
  )
}

type RestProps = {
  question: AskedQuestion
  findings: readonly Finding[]
  /** Whether no project is answered beside it. */
  alone: boolean
}

/** How far the text has been read, and the lines about which no project's rules can be asked. */
function Rest({ question, findings, alone }: RestProps) {
  const { reading, busy, failure, origin, draft } = question
  const abroad = abroadIn(question)
  const asked = findings.map((finding) => ({ finding, words: restWords(finding, origin) }))
  const isNothing = reading && !busy && findings.length + abroad.length === 0
  return (
    <Card title={alone ? m.check_results() : m.access_rest()}>
      <div className={styles.rest} aria-busy={busy}>
        <p role="status" className={styles.status}>
          {busy ? m.check_reading() : alone && reading && !isNothing && kindWords[reading.kind]()}
        </p>
        {failure && <ReadingFailed failure={failure} />}
        {draft.text.length > mostRead && (
          <Alert>{m.check_cut({ limit: formatNumber(mostRead) })}</Alert>
        )}
        {isNothing && (
          <PageState level={3} icon="search" title={m.check_nothing()}>
            {m.check_nothing_body()}
          </PageState>
        )}
        {asked.slice(0, mostShown).map(({ finding, words }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: results never move by themselves
          <PlainItem key={index} standing={words.standing} line={finding.line} text={finding.text}>
            {words.text}
          </PlainItem>
        ))}
        {abroad.slice(0, mostShown).map((call, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: results never move by themselves
          <AbroadItem key={index} {...call} />
        ))}
        {asked.some(({ words }) => words.unnamed) && (
          <section className={styles.choice} aria-label={m.access_project()}>
            <p>{m.access_rest_project()}</p>
            <ProjectPicker page="/projects/$id/access" />
          </section>
        )}
      </div>
    </Card>
  )
}

type RestWords = {
  readonly standing: Standing
  readonly text: string | undefined
  readonly unnamed?: boolean
}

/** What can be said of a line without the rules of a project. */
function restWords(finding: Finding, origin: Origin): RestWords {
  const inquiry = inquiryOf(finding, nobody, origin)
  if (!inquiry) {
    const standing = standingOf({ finding, inquiry, verdict: undefined }, origin)
    const text =
      finding.kind === 'call' ? answerWords(finding.answer) : refusalWords(finding.refusal)
    return { standing, text }
  }
  const { whose } = inquiry
  if (whose.kind === 'own') return { standing: 'allowed', text: m.check_rule_own() }
  const standing = inquiry.refused ? 'refused' : 'unknown'
  if (whose.kind === 'group') {
    return { standing, text: m.check_rule_group({ group: whose.reference }) }
  }
  const project = elsewhere(inquiry)
  return project === undefined
    ? { standing, text: m.access_unnamed(), unnamed: true }
    : { standing, text: m.access_missing({ project }) }
}
