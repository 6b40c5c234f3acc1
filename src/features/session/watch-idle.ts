/** When a session has gone without input for too long. No React, no session: only the time and the page. */

export type IdleOptions = {
  /** How long a session lasts without input, in milliseconds. */
  readonly limit: number
  /** The time before the end at which the user is asked, in milliseconds; 0: not at all. */
  readonly notice: number
  /** Called when input moves the end, at most every few seconds: when that is, in milliseconds since 1970. */
  readonly onMoved: (end: number) => void
  /** Called each second while the user is asked, with what is left, in milliseconds. */
  readonly onAsk: (left: number) => void
  /** Called once; nothing is watched any more. */
  readonly onEnd: () => void
}

export type IdleWatch = {
  /** The answer to the question: begins anew. Input does not count as one while it is asked. */
  readonly stay: () => void
  readonly stop: () => void
}

/** `visibilitychange` is input when the page comes into sight. */
const inputs = [
  'pointerdown',
  'pointermove',
  'keydown',
  'input',
  'wheel',
  'scroll',
  'visibilitychange',
]

/** How long to rely on a timer, which stands still while a computer sleeps, in milliseconds. */
const mostSleep = 15_000
/** How often at most `onMoved` is called, in milliseconds. */
const movedEvery = 5_000

/**
 * Watches the input of this page. By the clock and not only by timers: the time for which the computer
 * slept or the browser had put the page away counts, and what comes after it is looked at first.
 */
export function watchIdle({ limit, notice, onMoved, onAsk, onEnd }: IdleOptions): IdleWatch {
  let last = Date.now()
  let told = last
  let timer: ReturnType<typeof setTimeout>
  const aborter = new AbortController()

  function look() {
    clearTimeout(timer)
    const left = last + limit - Date.now()
    if (left <= 0) {
      stop()
      onEnd()
    } else if (left <= notice) {
      onAsk(left)
      timer = setTimeout(look, left % 1000 || 1000)
    } else timer = setTimeout(look, Math.min(left - notice, mostSleep))
  }

  function hear() {
    const now = Date.now()
    if (now - last >= limit - notice) return look()
    if (document.visibilityState === 'hidden') return
    last = now
    if (now - told < movedEvery) return
    told = now
    onMoved(now + limit)
  }

  function stay() {
    last = Date.now()
    told = last
    onMoved(last + limit)
    look()
  }

  function stop() {
    clearTimeout(timer)
    aborter.abort()
  }

  const { signal } = aborter
  for (const input of inputs) {
    window.addEventListener(input, hear, { capture: true, passive: true, signal })
  }
  stay()
  return { stay, stop }
}
