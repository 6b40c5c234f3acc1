/** What runs inside the measured page, before anything of the page itself. */

/** Milliseconds from a press until what it brings about was painted, and until that could be used. */
export type Pressed = { readonly painted: number; readonly usable: number }

export type Probe = {
  /** Milliseconds from the start of the navigation until the table with so many rows is painted. */
  rowsPainted(rows: number): Promise<number>
  /** When the last answer of the API was here, in milliseconds from the start of the navigation. */
  lastAnswer(): number
  /** Waits for the next press, counted from its click, and for what it is to bring about. */
  arm(isShown: () => boolean, isUsable: () => boolean): void
  pressed(): Promise<Pressed>
  /** Resolves when nothing has been fetched for half a second and the page is idle. */
  quiet(): Promise<void>
  /** Resolves in the second frame from now. */
  nextFrames(): Promise<void>
  longestTask(): number
  /** Milliseconds between animation frames, from now until the function returned is called. */
  watchFrames(): () => number[]
  /** Milliseconds that some fixed work takes: shows whether the processor is slowed down. */
  work(): number
}

declare global {
  interface Window {
    bench: Probe
  }
}

/** Passed to `addInitScript`: must not reach for anything outside of itself. */
export function installProbe(): void {
  const tasks: number[] = [0]
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  performance.setResourceTimingBufferSize(1000)

  /** The second frame after the page looks as wanted: the first one has been painted by then. */
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
        attributeFilter: ['aria-modal'],
      })
      for (const type of ['change', 'focusin']) window.addEventListener(type, check)
      check()
    })

  const rows = document.getElementsByTagName('tr')
  let press: Promise<Pressed> = Promise.reject(new Error('arm() first'))
  press.catch(() => {})

  window.bench = {
    // One more for the head of the table.
    rowsPainted: (count) => painted(() => rows.length >= count + 1),
    lastAnswer: () =>
      Math.max(
        0,
        ...performance
          .getEntriesByType('resource')
          // The authentication log is asked for once the table is there.
          .filter(({ name }) => name.includes('/api/v4/') && !name.includes('/authorizations'))
          .map((entry) => (entry instanceof PerformanceResourceTiming ? entry.responseEnd : 0)),
      ),
    arm(isShown, isUsable) {
      const start = new Promise<number>((resolve) =>
        window.addEventListener('click', ({ timeStamp }) => resolve(timeStamp), {
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
      // The quickest of several: other programs must not be taken for the slow-down.
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
