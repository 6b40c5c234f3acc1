import { afterPaint } from '../../ui/defer.ts'
import { bringIntoSight } from '../../ui/into-sight.ts'

/** How long a row that was asked for stays lit, in milliseconds. */
const lit = 2_500

/**
 * Shows the row around a button: brings it into the window, gives the button the focus, and lights the row
 * for a moment where motion is welcome. After the paint, because the router scrolls a new page up.
 * @returns a function that cancels it
 */
export function showRow(button: HTMLElement, then: () => void): () => void {
  return afterPaint(() => {
    bringIntoSight(button)
    button.focus({ preventScroll: true })
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) {
      const from = { backgroundColor: 'var(--info)' }
      button.closest('[role=row]')?.animate([from, { ...from, offset: 0.6 }, {}], lit)
    }
    then()
  })
}
