import { useEffect, useState } from 'react'
import { type ChangeSet, isToDo, type SetLine } from '../../api/change-sets.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { ErrorText } from '../shared/ErrorText.tsx'

/** How far a set has got: its progress, why it waits, or what has become of its changes. */
export function SetProgress({ set: { state, lines, settings } }: { set: ChangeSet }) {
  if (state.at === 'review') return null
  const counts = countsOf(lines)
  switch (state.at) {
    case 'saving': {
      const included = lines.filter((line) => line.included)
      const settled = included.filter((line) => !isToDo(line) || line.step === 'settled').length
      return (
        <div role="status">
          <ProgressBar
            label={state.stopping ? m.set_stopping() : m.set_progress()}
            status={m.set_progress_of({
              count: formatNumber(settled),
              total: formatNumber(included.length),
            })}
            value={settled}
            max={included.length}
          />
        </div>
      )
    }
    case 'paused':
      return (
        <Alert variant="warning" live="assertive" title={m.set_paused()}>
          <p>
            <ErrorText error={state.error} />
          </p>
          <p>
            {state.error.kind === 'unauthorized' && m.set_paused_session()}
            {state.error.kind === 'unreachable' && m.set_paused_network()}
            {state.until !== undefined && <Countdown until={state.until} />}
          </p>
          <p>{counts}</p>
        </Alert>
      )
    case 'stopped':
      return (
        <Alert variant="info" live="polite" title={m.set_stopped()}>
          {counts}
        </Alert>
      )
    case 'interrupted':
      return (
        <Alert variant="warning" title={m.set_interrupted()}>
          {counts}
        </Alert>
      )
    case 'done': {
      const isWhole =
        lines.every(({ included, outcome }) => !included || outcome?.what === 'saved') &&
        settings.every(({ included, outcome }) => !included || outcome === 'saved')
      return (
        <Alert
          variant={isWhole ? 'success' : 'warning'}
          live="polite"
          title={isWhole ? m.set_done() : m.set_done_partly()}
        >
          {counts}
        </Alert>
      )
    }
  }
}

/** The seconds until a set goes on. Not read out each second. */
function Countdown({ until }: { until: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(Math.ceil((until - now) / 1000), 0)
  return <span aria-live="off">{m.set_paused_seconds({ seconds: formatNumber(seconds) })}</span>
}

/** How many changes have come to what, leaving out what none has come to. */
function countsOf(lines: readonly SetLine[]): string {
  const included = lines.filter((line) => line.included)
  const count = (is: (line: SetLine) => boolean) => included.filter(is).length
  const of = (what: NonNullable<SetLine['outcome']>['what']) =>
    count(({ outcome }) => outcome?.what === what)
  const toDo = count(isToDo)
  const there = count(({ outcome }) => outcome?.what === 'saved' && !outcome.sent)
  const all: readonly (readonly [(texts: { count: string }) => string, number])[] = [
    [m.set_count_saved, of('saved') - there],
    [m.set_count_there, there],
    [m.set_count_otherwise, of('saved-otherwise')],
    [m.set_count_conflict, of('conflict') + of('gone')],
    [
      m.set_count_failed,
      count(
        (line) =>
          !isToDo(line) && (line.outcome?.what === 'refused' || line.outcome?.what === 'not-known'),
      ),
    ],
    [m.set_count_to_do, toDo],
  ]
  return all
    .flatMap(([words, number]) => (number > 0 ? words({ count: formatNumber(number) }) : []))
    .join(' · ')
}
