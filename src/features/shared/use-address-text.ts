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
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)

  const takeOver = useEffectEvent((wanted: string) => {
    if (pause.current === undefined && toWritten(text) !== wanted) setText(wanted)
  })
  useEffect(() => takeOver(written), [written])
  // Left in the middle of typing: the address is another page's by then.
  useEffect(() => () => clearTimeout(pause.current), [])

  function follow(typed: string) {
    setText(typed)
    clearTimeout(pause.current)
    pause.current = setTimeout(() => {
      pause.current = undefined
      // Another page may be on its way and not be there yet: to write would call it off.
      if (router.latestLocation.pathname === page) write(toWritten(typed))
    }, 250)
  }
  return [text, follow]
}
