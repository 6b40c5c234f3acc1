/** Bounds many requests of one kind: how many are on their way, and how many start within a minute. */

const minute = 60_000

export type Limits = { readonly atOnce: number; readonly perMinute: number }

export type Limiter = {
  /**
   * Runs a task when its turn comes.
   * @param kind what the server counts apart, such as groups and projects
   * @returns what the task returns; rejects with the signal's reason if that is aborted before the start
   */
  run<Result>(kind: string, task: () => Promise<Result>, signal: AbortSignal): Promise<Result>
}

export function createLimiter({ atOnce, perMinute }: Limits): Limiter {
  /** The starts of the last minute, by kind, in milliseconds since 1970. */
  const starts = new Map<string, number[]>()
  const waiting = new Set<{ readonly kind: string; readonly start: () => void }>()
  let running = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Milliseconds until a task of this kind may start. */
  function delayOf(kind: string): number {
    const now = Date.now()
    const recent = (starts.get(kind) ?? []).filter((at) => at > now - minute)
    starts.set(kind, recent)
    const [oldest = now] = recent
    return recent.length < perMinute ? 0 : oldest + minute - now
  }

  /** Starts what may start, and comes back when the next may. */
  function proceed() {
    clearTimeout(timer)
    const held = new Map<string, number>()
    for (const one of waiting) {
      if (running >= atOnce) return
      if (held.has(one.kind)) continue
      const delay = delayOf(one.kind)
      if (delay > 0) {
        held.set(one.kind, delay)
        continue
      }
      waiting.delete(one)
      starts.get(one.kind)?.push(Date.now())
      running += 1
      one.start()
    }
    if (held.size > 0) timer = setTimeout(proceed, Math.min(...held.values()))
  }

  return {
    async run(kind, task, signal) {
      signal.throwIfAborted()
      await new Promise<void>((resolve, reject) => {
        const giveUp = () => {
          waiting.delete(one)
          reject(signal.reason)
        }
        const one = {
          kind,
          start() {
            signal.removeEventListener('abort', giveUp)
            resolve()
          },
        }
        signal.addEventListener('abort', giveUp, { once: true })
        waiting.add(one)
        proceed()
      })
      try {
        return await task()
      } finally {
        running -= 1
        proceed()
      }
    },
  }
}
