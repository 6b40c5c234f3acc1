import { useRouter } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef, useState } from 'react'

/**
 * A text that follows the keys at once and the address at the next pause in typing, so that Back and
 * links change the text, and browsers do not refuse one address after the other.
 * @param written how the text stands in the address
 * @param toWritten how a typed text is to stand there
 */
export function useAddressText(
  written: string,
  toWritten: (typed: string) => string,
  write: (next: string) => void,
): [text: string, follow: (typed: string) => void] {
  const router = useRouter()
  const [page] = useState(router.latestLocation.pathname)
  const [text, setText] = useState(written)
  /** The text that the address is to get at the next pause. */
  const waiting = useRef<{ readonly typed: string; readonly timer: number }>(undefined)

  const takeOver = useEffectEvent((wanted: string) => {
    if (waiting.current === undefined && toWritten(text) !== wanted) setText(wanted)
  })
  useEffect(() => takeOver(written), [written])

  function finish() {
    if (!waiting.current) return
    const { typed, timer } = waiting.current
    window.clearTimeout(timer)
    waiting.current = undefined
    // Another page may be on its way and not be there yet: to write would call it off.
    if (router.latestLocation.pathname === page) write(toWritten(typed))
  }
  const finishLeaving = useEffectEvent(finish)
  // Unmounted in the middle of typing, as by another language: nothing typed is lost.
  useEffect(() => () => finishLeaving(), [])

  function follow(typed: string) {
    setText(typed)
    window.clearTimeout(waiting.current?.timer)
    waiting.current = { typed, timer: window.setTimeout(finish, 250) }
  }
  return [text, follow]
}
