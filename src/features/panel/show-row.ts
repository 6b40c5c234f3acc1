import { type AllowlistEntry, entryKey } from '../../domain/allowlist.ts'
import { afterPaint } from '../../ui/defer.ts'
import { bringIntoSight } from '../../ui/into-sight.ts'
import { editButtonId } from './row-buttons.ts'

/** How long a row that was asked for stays lit, in milliseconds. */
const lit = 2_500

/**
 * Brings an entry's row into the window, gives its Edit button the focus, and lights the row for a moment
 * where motion is welcome. After the paint, because the router scrolls a new page up.
 * @param path the entry's full path; nothing happens where it has no row yet
 */
export function showRow(path: string, rows: readonly AllowlistEntry[], onShown: () => void): void {
  const entry = rows.find(({ target }) => target.fullPath === path)
  const button = entry && document.getElementById(editButtonId(entryKey(entry.target)))
  if (!button) return
  afterPaint(() => {
    // The page was left meanwhile.
    if (!button.isConnected) return
    bringIntoSight(button)
    button.focus({ preventScroll: true })
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const from = { backgroundColor: 'var(--info)' }
      button.closest('[role=row]')?.animate([from, { ...from, offset: 0.6 }, {}], lit)
    }
    onShown()
  })
}
