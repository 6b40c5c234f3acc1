import type { ReactNode } from 'react'
import { includeLine, overwriteLine, type SetLine, type SetState } from '../../api/change-sets.ts'
import type { Outcome } from '../../api/entry-changes.ts'
import { useSignedIn } from '../../api/use-api.ts'
import {
  type Direction,
  type EntryChange,
  isNothing,
  lossesOf,
  refusedPolicies,
} from '../../domain/change.ts'
import type { Endpoint } from '../../domain/endpoints.ts'
import type { PermissionConfiguration } from '../../domain/permissions.ts'
import { formatList } from '../../i18n/format.ts'
import { memoWords } from '../../i18n/locale.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { EffectWords } from '../entry-dialog/EffectLines.tsx'
import { EndpointCall } from '../shared/EndpointLine.tsx'
import { ErrorText } from '../shared/ErrorText.tsx'
import { TargetLabel } from '../target-picker/TargetLabel.tsx'
import { type LineEffect, overridden, type ReviewLine } from './lines.ts'
import styles from './ReviewList.module.css'
import { lossWords, stateWords } from './state-words.ts'

type ReviewItemProps = ReviewLine & { state: SetState['at'] }

/** One change of a set: what it does, and what has become of it. */
export const ReviewItem = memoWords(function ReviewItem({
  line,
  effect,
  accessible,
  state,
}: ReviewItemProps) {
  const { api, connection } = useSignedIn()
  const { change, included, outcome } = line
  const label = <TargetLabel target={change.target} webAddress={connection.webAddress} />
  const canLeaveOut =
    (state === 'review' || state === 'stopped' || state === 'interrupted') && !isSettled(outcome)
  return (
    <li className={styles.line} data-out={!included || undefined}>
      <div className={styles.head}>
        {canLeaveOut ? (
          <Checkbox
            label={label}
            checked={included}
            onChange={({ target }) => includeLine(api, change, target.checked)}
          />
        ) : (
          label
        )}
        <span className={styles.badges}>
          {effect && <DirectionBadge direction={effect.direction} />}
          {state !== 'review' && <OutcomeBadge line={line} />}
        </span>
      </div>
      <p className={styles.states}>
        {stateWords(change.before)} →{'\u00a0'}
        <span className={styles.after}>{stateWords(change.after)}</span>
      </p>
      {effect && <EffectOfChange change={change} effect={effect} />}
      {!isSettled(outcome) && <Marks line={line} effect={effect} accessible={accessible} />}
      <OutcomeWords line={line} />
    </li>
  )
})

const isSettled = (outcome: Outcome | undefined): boolean =>
  outcome?.what === 'saved' || outcome?.what === 'saved-otherwise'

function DirectionBadge({ direction }: { direction: Direction }) {
  if (direction === 'neither') return null
  if (direction === 'narrows') return <Badge variant="muted">{m.set_narrows()}</Badge>
  return (
    <Badge variant="warning" icon="warning">
      {direction === 'widens' ? m.set_widens() : m.set_mixed()}
    </Badge>
  )
}

type EffectOfChangeProps = { change: EntryChange; effect: LineEffect }

/**
 * The numbers of endpoints; pressed, who gains and loses what, and which endpoints these are. It stays as
 * it is while the set is saved.
 */
const EffectOfChange = memoWords(function EffectOfChange({ change, effect }: EffectOfChangeProps) {
  const { gained, lost } = effect
  const counts = [
    gained.length > 0 && m.set_gains({ count: gained.length }),
    lost.length > 0 && m.set_loses({ count: lost.length }),
  ].filter((words) => words !== false)
  return (
    <Disclosure
      summary={counts.length > 0 ? counts.join(' · ') : m.set_same_endpoints()}
      region={m.set_details({ path: change.target.fullPath })}
    >
      {() => (
        <>
          <EffectWords change={change} effect={effect.effect} />
          <Endpoints title={m.set_gained_title()} endpoints={gained} />
          <Endpoints title={m.set_lost_title()} endpoints={lost} />
        </>
      )}
    </Disclosure>
  )
})

function Endpoints({ title, endpoints }: { title: string; endpoints: readonly Endpoint[] }) {
  if (endpoints.length === 0) return null
  return (
    <div>
      <h3 className={styles.title}>{title}</h3>
      <ul>
        {endpoints.map((endpoint) => (
          <li key={endpoint.id}>
            <EndpointCall endpoint={endpoint} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Warnings of what a change would bring, and what undoing it would not restore. */
function Marks({ line, effect, accessible }: ReviewLine) {
  const { change, included } = line
  if (!included) return null
  const wider = effect && overridden(effect)
  const own = effect?.effect.own
  const refused = change.after ? refusedPolicies(change.after.policies) : []
  return (
    <>
      {own && !isNothing(own.lost) && <Mark>{m.set_own_loses()}</Mark>}
      {wider && <Mark>{m.set_overrides({ entry: wider.target.fullPath })}</Mark>}
      {refused.length > 0 && (
        <Mark>{m.policies_refused({ policies: formatList(new Set(refused)) })}</Mark>
      )}
      {lossesOf(change, accessible).map((loss) => (
        <p key={loss} className={styles.loss}>
          {lossWords(loss, change.before)}
        </p>
      ))}
    </>
  )
}

function Mark({ children }: { children: ReactNode }) {
  return (
    <p className={styles.mark}>
      <Icon name="warning" />
      <span>{children}</span>
    </p>
  )
}

function OutcomeBadge({ line: { included, outcome, step } }: { line: SetLine }) {
  if (!included) {
    const isTheirs = outcome?.what === 'conflict' || outcome?.what === 'gone'
    return <Badge variant="muted">{isTheirs ? m.set_out_kept() : m.set_out_left()}</Badge>
  }
  if (step === 'sending') return <Badge variant="info">{m.set_out_saving()}</Badge>
  if (step === 'settled' && !outcome) return <Badge variant="info">{m.set_out_sent()}</Badge>
  switch (outcome?.what) {
    case undefined:
    case 'to-do':
      return <Badge variant="muted">{m.set_out_to_do()}</Badge>
    case 'saved':
      return (
        <Badge variant="success" icon="check">
          {outcome.sent ? m.set_out_saved() : m.set_out_there()}
        </Badge>
      )
    case 'saved-otherwise':
      return <Badge variant="warning">{m.set_out_otherwise()}</Badge>
    case 'conflict':
      return <Badge variant="warning">{m.set_out_conflict()}</Badge>
    case 'gone':
      return <Badge variant="warning">{m.set_out_gone()}</Badge>
    case 'refused':
      return <Badge variant="danger">{m.set_out_failed()}</Badge>
    case 'not-known':
      return <Badge variant="danger">{m.set_out_not_known()}</Badge>
  }
}

/** Why a change was not made, what GitLab holds instead, and what can be done about it. */
function OutcomeWords({ line: { outcome, included, change } }: { line: SetLine }) {
  const { api } = useSignedIn()
  const { fullPath: path } = change.target
  if (!outcome) return null
  switch (outcome.what) {
    case 'saved':
    case 'to-do':
      return null
    case 'refused':
    case 'not-known':
      return (
        <p className={styles.error}>
          <ErrorText error={outcome.error} />
        </p>
      )
    case 'saved-otherwise':
      return <NowWords permissions={outcome.stored} />
    case 'conflict':
    case 'gone':
      return (
        <>
          <NowWords permissions={outcome.what === 'conflict' ? outcome.now : undefined} />
          {included && (
            <div className={styles.choice}>
              <Button
                size="small"
                aria-label={m.set_use_mine_of({ path })}
                onClick={() => overwriteLine(api, change)}
              >
                {m.set_use_mine()}
              </Button>
              <Button
                size="small"
                aria-label={m.set_keep_theirs_of({ path })}
                onClick={() => includeLine(api, change, false)}
              >
                {m.set_keep_theirs()}
              </Button>
            </div>
          )}
        </>
      )
  }
}

const NowWords = ({ permissions }: { permissions: PermissionConfiguration | undefined }) => (
  <p className={styles.now}>
    {m.set_now()}: {stateWords(permissions)}
  </p>
)
