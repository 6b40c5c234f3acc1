/** Work that can wait, so that what the user waits for is there first. */
import { flushSync } from 'react-dom'

/**
 * Once what has just changed is in sight: the frame that shows it is over when the next one begins. A
 * tab in the background shows none, and need not wait for any.
 * @returns what calls it off
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
 * Once the page has nothing else to do; in browsers that cannot tell, a little later.
 * @returns what calls it off
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
 * Once what has just changed is in sight, such as the mark of a radio, but in any case before the next
 * input, so that nothing is ever done to a state of before.
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
