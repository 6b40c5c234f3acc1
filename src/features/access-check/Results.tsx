import { useMemo, useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { useSignedIn } from '../../api/use-api.ts'
import type { ReadRules } from '../../api/use-rules.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import type { Origin } from '../../domain/decision.ts'
import { type Assessment, alternativeTo, type Need, needsOf } from '../../domain/inquiry.ts'
import type { Elsewhere } from '../../domain/reading/findings.ts'
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
import { Remedies, wishOf } from './Remedy.tsx'
import { AbroadItem, ResultItem } from './ResultItem.tsx'
import styles from './Results.module.css'
import { useProjectNames } from './use-project-names.ts'
import type { Values } from './VariableFields.tsx'

type ResultsProps = {
  /** The project, where several are answered. */
  title?: string | undefined
  /** Undefined while nothing has been read yet. */
  kind: Reading['kind'] | undefined
  assessments: readonly Assessment[]
  /** The calls that go to other hosts. */
  abroad: readonly Elsewhere[]
  /** The text has changed since, or whose jobs run it is being looked up. */
  busy: boolean
  /** Why the text could not be read. */
  failure: ReadingFailure | undefined
  /** The number of characters that were read of a longer text. */
  cut: number | undefined
  project: Project
  origin: Origin
  rules: ReadRules
  version: Version
  /** The values that the user gives for variables. */
  values: Values
}

/** The number of results that are rendered at first, and added each time the user asks for more. */
const portion = 50

/** The findings in the order of their lines, below a summary of all. */
export function Results(props: ResultsProps) {
  const { kind, assessments, abroad, busy, failure, cut, project, origin, rules, version } = props
  const { values } = props
  const { user } = useSignedIn().connection
  const [shown, setShown] = useState(portion)
  const count = assessments.length
  const allowed = assessments.filter((one) => standingOf(one, origin) === 'allowed').length
  const needs = useMemo(() => needsOf(assessments), [assessments])
  const entries = rules.state === 'read' ? rules.rules.entries : noEntries
  const names = useProjectNames(needs, [project, ...entries.map(({ target }) => target)])
  const groups = byJob(assessments, shown)
  const remedies = remediesOf(needs, origin)
  const summary = kind && `${kindWords[kind]()} ${m.check_found({ count, allowed })}`

  return (
    <Card title={props.title ?? m.check_results()}>
      <div className={styles.results} aria-busy={busy}>
        <p role="status" className={styles.summary}>
          {busy ? m.check_reading() : count > 0 && summary}
        </p>
        {failure && <ReadingFailed failure={failure} />}
        {cut !== undefined && <Alert>{m.check_cut({ limit: formatNumber(cut) })}</Alert>}
        {rules.state === 'failed' && (
          <QueryView query={rules.query} what={m.what_rules()}>
            {() => null}
          </QueryView>
        )}
        {kind && count === 0 && abroad.length === 0 && !busy && (
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
            {remedies.all && (
              <Least
                open={remedies.all}
                project={project}
                origin={origin}
                rules={rules}
                version={version}
              />
            )}
            {groups.map(({ job, members }) => (
              <section key={job ?? ''} className={styles.job} aria-label={job && jobName(job)}>
                {job !== undefined && <h3 className={styles.heading}>{jobName(job)}</h3>}
                <ol className={styles.list}>
                  {members.map((assessment, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: results never move by themselves
                    <li key={index} className={styles.item}>
                      <ResultItem
                        assessment={assessment}
                        remedied={remedies.each.get(assessment)}
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
            {abroad.slice(0, shown).map(({ line, text, host }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: results never move by themselves
              <AbroadItem key={index} line={line} text={text} host={host} />
            ))}
            {Math.max(count, abroad.length) > shown && (
              <div>
                <Button onClick={() => setShown(shown + portion)}>{m.check_more()}</Button>
              </div>
            )}
            {kind && kind !== 'question' && (
              <Needs
                needs={needs}
                names={names}
                project={project}
                origin={origin}
                entries={entries}
                mayOpen={rules.state !== 'unreadable'}
              />
            )}
          </>
        )}
        {rules.state === 'unreadable' && (
          <Alert variant="warning" title={m.check_unreadable()}>
            {m.check_unreadable_body({ user: user.username, project: project.fullPath })}
          </Alert>
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

type OpenCalls = readonly Assessment[]

/**
 * Where each project's remedy stands, once: that of the checked project above all calls where it is for
 * several, any other with the first call that asks for it.
 */
function remediesOf(
  needs: readonly Need[],
  origin: Origin,
): { all: OpenCalls | undefined; each: ReadonlyMap<Assessment, OpenCalls> } {
  const each = new Map<Assessment, OpenCalls>()
  let all: OpenCalls | undefined
  for (const { whose, assessments } of needs) {
    const open = assessments.filter((one) => standingOf(one, origin) !== 'allowed')
    const [first, second] = open
    if (whose.kind === 'checked' && second && wishOf(open, '')) all = open
    else if (first) each.set(first, open)
  }
  return { all, each }
}

type LeastProps = Pick<ResultsProps, 'project' | 'origin' | 'rules' | 'version'> & {
  open: OpenCalls
}

/** One change for all calls to this project. */
function Least({ open, ...context }: LeastProps) {
  const { project } = context
  const wish = wishOf(open, project.fullPath)
  if (!wish) return null
  const isAsk = wish.kind === 'ask'
  const policies = isAsk ? wish.policies : wish.permissions.policies
  const decided = open.find(({ verdict }) => verdict?.least)?.verdict
  return (
    <section className={styles.least}>
      <h3 className={styles.heading}>{m.check_least({ project: project.fullPath })}</h3>
      <p>
        {!isAsk && wish.permissions.defaultPermissions
          ? m.permissions_default()
          : policies.length > 0
            ? policyList(policies)
            : m.check_least_any()}
      </p>
      <Remedies
        wish={wish}
        alternative={isAsk ? undefined : alternativeTo(wish, decided)}
        here
        {...context}
      />
    </section>
  )
}
