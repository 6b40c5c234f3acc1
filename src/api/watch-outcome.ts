import { focusManager } from '@tanstack/react-query'

/** When GitLab is asked again about a write that it may still do, in milliseconds after the loss. */
const looks = [10_000, 30_000, 60_000, 120_000]
/** Until when the page, being looked at again, asks too. */
const patience = 600_000

/**
 * Looks again and again whether a write has been done that nobody has answered: after 10, 30, 60 and
 * 120 seconds, and for ten minutes whenever the page is looked at again. A look that fails is no
 * answer.
 * @param look reads what GitLab holds, and tells what the write has come to, if it is done: then it
 *   is over
 * @returns gives up
 */
export function watchOutcome<Result>(
  look: () => Promise<Result | undefined>,
  onDone: (result: Result) => void,
): () => void {
  let over = false
  let looking = false
  const timers = [...looks.map((time) => setTimeout(ask, time)), setTimeout(stop, patience)]
  const unsubscribe = focusManager.subscribe((focused) => {
    if (focused) void ask()
  })

  async function ask(): Promise<void> {
    if (looking) return
    looking = true
    const result = await look().catch(() => undefined)
    looking = false
    if (over || result === undefined) return
    stop()
    onDone(result)
  }

  function stop(): void {
    over = true
    for (const timer of timers) clearTimeout(timer)
    unsubscribe()
  }

  return stop
}
