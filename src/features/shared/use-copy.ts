import { useState } from 'react'
import { notify } from '../../ui/toasts.ts'

/**
 * Copies a text and says so. Where the browser forbids that, as it does on plain http, the text is
 * returned, to be copied by hand.
 */
export function useCopy(): {
  copy: (text: string, done: () => string) => Promise<void>
  refused: string | undefined
} {
  const [refused, setRefused] = useState<string>()

  async function copy(text: string, done: () => string) {
    try {
      await navigator.clipboard.writeText(text)
      setRefused(undefined)
      notify(done)
    } catch {
      setRefused(text)
    }
  }

  return { copy, refused }
}
