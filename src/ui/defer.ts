/** Work that can wait. */
import { flushSync } from 'react-dom'

/**
 * Runs work after the browser has painted the current changes: the frame that shows them has ended
 * when the next one begins. A background tab paints no frames, and runs the work at once.
 * @returns a function that cancels it
 */
export function afterPaint(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>
  if (document.hidden) {
    timer = setTimeout(work)
    return () => clearTimeout(timer)
  }
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      timer = setTimeout(work)
    })
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}

/**
 * Runs work when the page is idle; a little later in browsers without idle callbacks.
 * @returns a function that cancels it
 */
export function whenIdle(work: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const handle = requestIdleCallback(work)
    return () => cancelIdleCallback(handle)
  }
  const handle = setTimeout(work, 500)
  return () => clearTimeout(handle)
}

let pending: (() => void)[] = []

/**
 * Runs work after the browser has painted the current changes, such as the mark of a radio button,
 * but always before the next input is handled, so that no input meets an outdated state.
 */
export function beforeNextInput(work: () => void): void {
  pending.push(work)
  afterPaint(catchUp)
}

function catchUp() {
  const works = pending
  if (works.length === 0) return
  pending = []
  flushSync(() => {
    for (const work of works) work()
  })
}

for (const input of ['pointerdown', 'keydown', 'click', 'popstate']) {
  window.addEventListener(input, catchUp, { capture: true })
}
// A value that assistive technology sets comes without a key. Not so for radio buttons: a click comes before it.
window.addEventListener(
  'input',
  ({ target }) => {
    if (target instanceof HTMLSelectElement) catchUp()
  },
  { capture: true },
)
