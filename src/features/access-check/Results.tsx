import { useState } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { useSignedIn } from '../../api/use-api.ts'
import type { ReadRules } from '../../api/use-rules.ts'
import type { Origin } from '../../domain/decision.ts'
import {
  type Assessment,
  alternativeTo,
  entryRemedy,
  smallest,
  together,
} from '../../domain/inquiry.ts'
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
import { Remedies, type Wish } from './Remedy.tsx'
import { ResultItem } from './ResultItem.tsx'
import styles from './Results.module.css'

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
}

/** So many results are drawn at once, and so many more each time they are asked for. */
const portion = 50

/** What was found, from the first line to the last, below a summary of all. */
export function Results(props: ResultsProps) {
  const { kind, assessments, busy, failure, cut, project, origin, rules, version } = props
  const { user } = useSignedIn().connection
  const [shown, setShown] = useState(portion)
  const count = assessments.length
  const allowed = assessments.filter((one) => standingOf(one, origin) === 'allowed').length
  const summary = kind && `${kindWords[kind]()} ${m.check_found({ count, allowed })}`

  return (
    <Card title={m.check_results()}>
      <div className={styles.results} aria-busy={busy}>
        <p role="status" className={styles.summary}>
          {busy ? m.check_reading() : count > 0 && summary}
        </p>
        {failure && <ReadingFailed failure={failure} />}
        {cut !== undefined && <Alert>{m.check_cut({ limit: formatNumber(cut) })}</Alert>}
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
            {count > 0 && (
              <ol className={styles.list}>
                {assessments.slice(0, shown).map((assessment, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: results never move by themselves
                  <li key={index} className={styles.item}>
                    <ResultItem
                      assessment={assessment}
                      project={project}
                      origin={origin}
                      rules={rules}
                      version={version}
                    />
                  </li>
                ))}
              </ol>
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

type LeastProps = Pick<ResultsProps, 'assessments' | 'project' | 'origin' | 'rules' | 'version'>

/** One change for all calls to this project; nothing for a single call, which has its own. */
function Least({ assessments, project, origin, rules, version }: LeastProps) {
  const open = assessments.filter(
    (one) => one.inquiry?.whose.kind === 'checked' && standingOf(one, origin) !== 'allowed',
  )
  if (open.length < 2) return null
  const change = together(open.flatMap(({ verdict }) => entryRemedy(verdict) ?? []))
  const asked = smallest(open.flatMap(({ inquiry }) => inquiry?.policies ?? []))
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
