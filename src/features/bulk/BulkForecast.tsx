import type { BulkPlan, LeftOut, LeftOutBecause } from '../../domain/bulk.ts'
import type { EntryChange } from '../../domain/change.ts'
import { formatNumber } from '../../i18n/format.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { Alert } from '../../ui/Alert.tsx'
import { Path } from '../shared/Path.tsx'
import { pathList } from '../shared/path-list.ts'
import { refusedReasons } from '../shared/refused-reasons.ts'
import styles from './BulkDialog.module.css'

const reasons: Record<LeftOutBecause, () => string> = {
  ...refusedReasons,
  'default-permissions': m.bulk_left_default,
  'switched-off': m.bulk_left_switched_off,
  unchanged: m.bulk_left_unchanged,
  'listed-twice': m.bulk_left_twice,
}

/** What an action is going to do to the selected entries, before anything is sent. */
export function BulkForecast({ plan }: { plan: BulkPlan }) {
  const { narrowing, switching, final, refusable, leftOut } = plan
  return (
    <div className={styles.forecast}>
      {narrowing.length > 0 && (
        <Alert variant="warning">
          {m.bulk_narrows({ count: narrowing.length })}{' '}
          {switching.length > 0 && m.bulk_switches({ count: switching.length })}
        </Alert>
      )}
      {final.length > 0 && (
        <Alert variant="warning">{m.bulk_final({ entries: names(final) })}</Alert>
      )}
      {refusable.length > 0 && (
        <Alert variant="warning">{m.bulk_refusable({ entries: names(refusable) })}</Alert>
      )}
      {leftOut.length > 0 && <LeftOutList leftOut={leftOut} />}
    </div>
  )
}

const names = (changes: readonly EntryChange[]): string =>
  pathList(changes.map(({ target }) => target.fullPath))

/** The entries that stay as they are, by reason. */
function LeftOutList({ leftOut }: { leftOut: readonly LeftOut[] }) {
  const reasonsThere = [...new Set(leftOut.map(({ because }) => because))]
  return (
    <section className={styles.left} aria-label={m.bulk_left_out()}>
      <h3 className={styles.heading}>{m.bulk_left_out()}</h3>
      {reasonsThere.map((reason) => {
        const some = leftOut.filter(({ because }) => because === reason)
        return (
          <details key={reason}>
            <summary>
              {m.bulk_left({ count: formatNumber(some.length), reason: reasons[reason]() })}
            </summary>
            <ul className={styles.paths}>
              {some.map(({ entry }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a target can have two rows
                <li key={at}>
                  <Path path={entry.target.fullPath} />
                </li>
              ))}
            </ul>
          </details>
        )
      })}
    </section>
  )
}
