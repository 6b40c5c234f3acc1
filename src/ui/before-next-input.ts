import { flushSync } from 'react-dom'
import { afterPaint } from './defer.ts'

let pending: (() => void)[] = []

/**
 * Once the browser has painted what it shows of an input by itself, such as the mark of a radio, but
 * in any case before the next input, so that nothing is ever done to a state of before.
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
