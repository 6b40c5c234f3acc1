/** The probe that is injected into the measured page before the page's own scripts. */

/** Milliseconds from a press until its result was painted, and until that could be used. */
export type Pressed = { readonly painted: number; readonly usable: number }

export type Probe = {
  /** Milliseconds from the start of the navigation until the table has painted `rows` rows. */
  rowsPainted(rows: number): Promise<number>
  /** Milliseconds from the start of the navigation until the API's last answer had arrived. */
  lastAnswer(): number
  /**
   * Observes the next press, counted from its click or else from the event that `begins` names, until
   * the two conditions are met.
   */
  arm(isShown: () => boolean, isUsable: () => boolean, begins?: 'click' | 'keydown'): void
  pressed(): Promise<Pressed>
  /** Resolves when the page has fetched nothing for half a second and is idle. */
  quiet(): Promise<void>
  /** Resolves in the second animation frame from now. */
  nextFrames(): Promise<void>
  longestTask(): number
  /** Collects milliseconds between animation frames until the returned function is called. */
  watchFrames(): () => number[]
  /** Milliseconds that some fixed work takes, which shows whether the CPU is slowed down. */
  work(): number
}

declare global {
  interface Window {
    bench: Probe
  }
}

/** Passed to `addInitScript` as source text: it must not refer to anything outside. */
export function installProbe(): void {
  const tasks: number[] = [0]
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  performance.setResourceTimingBufferSize(1000)

  /** Resolves in the second frame after the condition is met: the first one has been painted. */
  const painted = (isShown: () => boolean) =>
    new Promise<number>((resolve) => {
      function check() {
        if (!isShown()) return
        observer.disconnect()
        for (const type of ['change', 'focusin']) window.removeEventListener(type, check)
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())))
      }
      const observer = new MutationObserver(check)
      observer.observe(document, {
        childList: true,
        subtree: true,
        attributeFilter: ['aria-modal', 'hidden'],
      })
      for (const type of ['change', 'focusin']) window.addEventListener(type, check)
      check()
    })

  const rows = document.getElementsByTagName('tr')
  let press: Promise<Pressed> = Promise.reject(new Error('arm() first'))
  press.catch(() => {})

  window.bench = {
    // Plus the header row.
    rowsPainted: (count) => painted(() => rows.length >= count + 1),
    lastAnswer: () =>
      Math.max(
        0,
        ...performance
          .getEntriesByType('resource')
          // The authentication log is requested after the table is shown.
          .filter(({ name }) => name.includes('/api/v4/') && !name.includes('/authorizations'))
          .map((entry) => (entry instanceof PerformanceResourceTiming ? entry.responseEnd : 0)),
      ),
    arm(isShown, isUsable, begins = 'click') {
      const start = new Promise<number>((resolve) =>
        window.addEventListener(begins, ({ timeStamp }) => resolve(timeStamp), {
          capture: true,
          once: true,
        }),
      )
      const shown = painted(isShown)
      const usable = new Promise<number>((resolve) => {
        function look() {
          if (!isUsable()) return false
          window.removeEventListener('input', look)
          resolve(performance.now())
          return true
        }
        // At once where a field takes a key, else with the next frame.
        window.addEventListener('input', look)
        const next = () => look() || requestAnimationFrame(next)
        next()
      })
      press = Promise.all([start, shown, usable]).then(([from, shown, usable]) => ({
        painted: shown - from,
        usable: usable - from,
      }))
    },
    pressed: () => press,
    async quiet() {
      const fetched = () => performance.getEntriesByType('resource').length
      let before = -1
      while (before !== fetched()) {
        before = fetched()
        await new Promise((resolve) => setTimeout(resolve, 500))
        await new Promise((resolve) => requestIdleCallback(resolve))
      }
    },
    nextFrames: () =>
      new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
    longestTask: () => Math.max(...tasks),
    watchFrames() {
      const frames: number[] = []
      let last = performance.now()
      let request = requestAnimationFrame(function next(now) {
        frames.push(now - last)
        last = now
        request = requestAnimationFrame(next)
      })
      return () => {
        cancelAnimationFrame(request)
        return frames
      }
    },
    work() {
      // The shortest of several runs, so that load by other programs is not mistaken for the
      // slow-down.
      const durations = Array.from({ length: 3 }, () => {
        const start = performance.now()
        let sum = 0
        for (let n = 0; n < 12_000_000; n += 1) sum += n % 7
        return sum > 0 ? performance.now() - start : 0
      })
      return Math.min(...durations)
    },
  }
}
