import { useMemo, useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { useSignedIn } from '../../api/use-api.ts'
import type { ReadRules } from '../../api/use-rules.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import type { Origin } from '../../domain/decision.ts'
import {
  type Assessment,
  alternativeTo,
  askedOf,
  entryRemedy,
  needsOf,
  together,
} from '../../domain/inquiry.ts'
import { unsetVariables } from '../../domain/reading/findings.ts'
import type { Reading } from '../../domain/reading/read.ts'
import type { Version } from '../../domain/version.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Button } from '../../ui/Button.tsx'
import { Card } from '../../ui/Card.tsx'
import { PageState } from '../../ui/PageState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ReadingFailed } from '../pasted-text/ReadingFailed.tsx'
import type { ReadingFailure } from '../pasted-text/use-reading.ts'
import { QueryView } from '../shared/QueryView.tsx'
import { kindWords, policyList, standingOf } from './check-words.ts'
import { Needs } from './Needs.tsx'
import { Remedies, type Wish } from './Remedy.tsx'
import { ResultItem } from './ResultItem.tsx'
import styles from './Results.module.css'
import { useProjectNames } from './use-project-names.ts'
import { type Values, VariableFields } from './VariableFields.tsx'

type ResultsProps = {
  /** Undefined while nothing has been read yet. */
  kind: Reading['kind'] | undefined
  assessments: readonly Assessment[]
  /** The text has changed since, or whose jobs run it is being looked up. */
  busy: boolean
  /** Why the text could not be read. */
  failure: ReadingFailure | undefined
  /** So many characters were read, and there are more. */
  cut: number | undefined
  project: Project
  origin: Origin
  rules: ReadRules
  version: Version
  /** What variables are said to hold. */
  values: Values
  onValues: (values: Values) => void
}

/** So many results are drawn at once, and so many more each time they are asked for. */
const portion = 50

/** What was found, from the first line to the last, below a summary of all. */
export function Results(props: ResultsProps) {
  const { kind, assessments, busy, failure, cut, project, origin, rules, version } = props
  const { values, onValues } = props
  const { user } = useSignedIn().connection
  const [shown, setShown] = useState(portion)
  const count = assessments.length
  const allowed = assessments.filter((one) => standingOf(one, origin) === 'allowed').length
  const needs = useMemo(() => needsOf(assessments), [assessments])
  const entries = rules.state === 'read' ? rules.rules.entries : noEntries
  const names = useProjectNames(needs, [project, ...entries.map(({ target }) => target)])
  const groups = byJob(assessments, shown)
  const variables = unsetVariables(assessments.map(({ finding }) => finding))
  const summary = kind && `${kindWords[kind]()} ${m.check_found({ count, allowed })}`

  return (
    <Card title={m.check_results()}>
      <div className={styles.results} aria-busy={busy}>
        <p role="status" className={styles.summary}>
          {busy ? m.check_reading() : count > 0 && summary}
        </p>
        {failure && <ReadingFailed failure={failure} />}
        {cut !== undefined && <Alert>{m.check_cut({ limit: formatNumber(cut) })}</Alert>}
        <VariableFields names={variables} values={values} onChange={onValues} />
        {rules.state === 'unreadable' && (
          <Alert variant="warning" title={m.check_unreadable()}>
            {m.check_unreadable_body({ user: user.username, project: project.fullPath })}
          </Alert>
        )}
        {rules.state === 'failed' && (
          <QueryView query={rules.query} what={m.what_rules()}>
            {() => null}
          </QueryView>
        )}
        {kind && count === 0 && !busy && (
          <PageState level={3} icon="search" title={m.check_nothing()}>
            {m.check_nothing_body()}
          </PageState>
        )}
        {rules.state === 'waiting' ? (
          count > 0 && (
            <Skeleton label={m.loading()} lines={Math.min(count, portion)} lineHeight="6rem" />
          )
        ) : (
          <>
            <Least
              assessments={assessments}
              project={project}
              origin={origin}
              rules={rules}
              version={version}
            />
            {groups.map(({ job, members }) => (
              <section key={job ?? ''} className={styles.job} aria-label={job && jobName(job)}>
                {job !== undefined && <h3 className={styles.heading}>{jobName(job)}</h3>}
                <ol className={styles.list}>
                  {members.map((assessment, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: results never move by themselves
                    <li key={index} className={styles.item}>
                      <ResultItem
                        assessment={assessment}
                        project={project}
                        names={names}
                        origin={origin}
                        rules={rules}
                        version={version}
                        values={values}
                      />
                    </li>
                  ))}
                </ol>
              </section>
            ))}
            {kind && kind !== 'question' && (
              <Needs needs={needs} names={names} project={project} origin={origin} />
            )}
          </>
        )}
        {count > shown && (
          <div>
            <Button onClick={() => setShown(shown + portion)}>{m.check_more()}</Button>
          </div>
        )}
      </div>
    </Card>
  )
}

const noEntries: readonly AllowlistEntry[] = []

const jobName = (job: string) => (job ? m.check_job({ name: job }) : m.check_no_job())

type Group = { readonly job: string | undefined; readonly members: Assessment[] }

/**
 * The calls of each job of CI configuration, in the order in which it comes to them; without jobs, one
 * group of all. A call that several jobs make stands with each of them.
 * @param most so many calls in all
 */
function byJob(assessments: readonly Assessment[], most: number): Group[] {
  const isOfJobs = assessments.some(({ finding }) => finding.kind === 'call' && finding.jobs)
  if (!isOfJobs) {
    const members = assessments.slice(0, most)
    return members.length > 0 ? [{ job: undefined, members }] : []
  }
  const groups = new Map<string, Assessment[]>()
  for (const assessment of assessments) {
    const { finding } = assessment
    const jobs = (finding.kind === 'call' && finding.jobs) || ['']
    for (const job of jobs.slice(0, most)) groups.set(job, [...(groups.get(job) ?? []), assessment])
    // Nobody sees more than so many.
    if (groups.size > most) break
  }
  let room = most
  return [...groups].flatMap(([job, all]) => {
    const members = all.slice(0, Math.max(room, 0))
    room -= members.length
    return members.length > 0 ? [{ job, members }] : []
  })
}

type LeastProps = Pick<ResultsProps, 'assessments' | 'project' | 'origin' | 'rules' | 'version'>

/** One change for all calls to this project; nothing for a single call, which has its own. */
function Least({ assessments, project, origin, rules, version }: LeastProps) {
  const open = assessments.filter(
    (one) => one.inquiry?.whose.kind === 'checked' && standingOf(one, origin) !== 'allowed',
  )
  if (open.length < 2) return null
  const change = together(open.flatMap(({ verdict }) => entryRemedy(verdict) ?? []))
  const asked =
    askedOf(
      project,
      open.map(({ finding }) => finding),
      origin,
    ) ?? []
  const decided = open.find(({ verdict }) => verdict?.least)
  if (decided && !change) return null
  const wish: Wish = change
    ? { ...change, id: project.fullPath }
    : { kind: 'ask', id: project.fullPath, policies: asked }
  const policies = change ? change.permissions.policies : asked

  return (
    <section className={styles.least}>
      <h3 className={styles.heading}>{m.check_least({ project: project.fullPath })}</h3>
      <p>
        {change?.permissions.defaultPermissions
          ? m.permissions_default()
          : policies.length > 0
            ? policyList(policies)
            : m.check_least_any()}
      </p>
      <Remedies
        wish={wish}
        alternative={change && alternativeTo(change, decided?.verdict)}
        here
        project={project}
        origin={origin}
        rules={rules}
        version={version}
      />
    </section>
  )
}
