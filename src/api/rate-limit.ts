/**
 * Waits after a server has refused for too many requests (429). All reads of a client share one
 * wait, however many of them were refused; a session has one client.
 */
import { ApiError } from './api-error.ts'

/** The shortest wait, whatever the server says; doubled with each refusal of the same question. */
const shortestWait = 1000
/** The first wait where the server does not say how long, or the browser may not read it; doubled too. */
const usualWait = 15_000
/** The time from the first refusal during which a question is repeated automatically. */
const longestUnasked = 300_000
/** The longest wait that a read sits out by itself. One that would take longer fails, and says so. */
const patience = 10_000
/** A refusal this long after the last wait starts a new series of refusals. */
const memory = 60_000

/** The refusals of one question, one after another; moments in milliseconds since 1970. */
type Series = { readonly since: number; readonly count: number; readonly until: number }

/** The waits that one server asks for. */
export type RateLimit = {
  /**
   * Resolves when a read may be sent.
   * @throws ApiError at once, `rate-limited`, where that is too long to wait for
   */
  ready(signal: AbortSignal | undefined): Promise<void>
  /**
   * Takes note of a refusal.
   * @param question the same text for the same question
   * @returns when it may be asked again by itself, in milliseconds since 1970; undefined: only when a
   *   person asks for it
   */
  refused(question: string, refusal: ApiError): number | undefined
  /** Takes note of any other answer to a question. */
  answered(question: string): void
}

/** Reads that sit out a wait. */
const held = new Set<() => void>()
/** How many waits have been ended by people. */
let ends = 0

/**
 * A person asks for something: it is sent, and so is all that waits. How often the server has
 * refused stays known, and the next wait is as long as it would have been.
 */
export function endWaits(): void {
  ends += 1
  for (const release of held) release()
}

export function createRateLimit(): RateLimit {
  const series = new Map<string, Series>()
  // No error before there is one: engines keep the functions of its stack, and one of those knows the
  // token that somebody signs in with.
  let wait: { until: number; ends: number; refusal: ApiError | undefined } = {
    until: 0,
    ends,
    refusal: undefined,
  }
  const leftNow = () => (wait.ends === ends ? wait.until - Date.now() : 0)

  return {
    async ready(signal) {
      for (let left = leftNow(); left > 0; left = leftNow()) {
        if (left > patience) {
          throw new ApiError('rate-limited', { ...wait.refusal, againAt: wait.until })
        }
        await pause(left, signal)
      }
    },

    refused(question, refusal) {
      const now = Date.now()
      const before = series.get(question)
      const isSame = before !== undefined && now <= before.until + memory
      const { since, count } = isSame ? before : { since: now, count: 0 }
      const { retryAfter } = refusal
      const duration =
        retryAfter === undefined
          ? usualWait * 2 ** count
          : Math.max(retryAfter * 1000, shortestWait * 2 ** count)
      const next = { since, count: count + 1, until: now + duration }
      series.set(question, next)
      const until = Math.max(now + leftNow(), Math.min(next.until, now + longestUnasked))
      wait = { until, ends, refusal }
      return next.until <= since + longestUnasked ? next.until : undefined
    },

    answered: (question) => void series.delete(question),
  }
}

/** Waits, unless the user ends the wait (`endWaits`) or `signal` is aborted. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(release, milliseconds)
    signal?.addEventListener('abort', giveUp)
    held.add(release)

    function leave() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', giveUp)
      held.delete(release)
    }
    function release() {
      leave()
      resolve()
    }
    function giveUp() {
      leave()
      reject(signal?.reason)
    }
  })
}
