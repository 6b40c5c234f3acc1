import { useEffect, useState } from 'react'
import type { Reading } from '../../domain/reading/read.ts'
import { readInBackground } from './read-in-background.ts'
import { useDebounced } from './use-debounced.ts'

type Question = {
  readonly text: string
  readonly gitlabUrl: string
  /** The project whose jobs run the text, as far as it is known. */
  readonly id: number | undefined
  readonly fullPath: string | undefined
}

type Answer = {
  readonly question: Question
  readonly reading?: Reading | undefined
  readonly failed?: boolean
}

export type ReadingState = {
  /** The last answer; undefined for a text without words, and where reading failed. */
  readonly reading: Reading | undefined
  /** Whether the text, or whose jobs run it, is another than what `reading` answers. */
  readonly busy: boolean
  /** Reads again; there where the code that reads could not be fetched. */
  readonly retry: (() => void) | undefined
}

/**
 * Reads a text after each pause in typing, without the page waiting for it. A text supersedes the
 * one before: what was found in that one is not shown any more once this one is answered, and never
 * if it comes late.
 */
export function useReading({ text, gitlabUrl, id, fullPath }: Question): ReadingState {
  const paused = useDebounced(text)
  const [answer, setAnswer] = useState<Answer>()
  const [attempt, setAttempt] = useState(0)

  // Also for no text: then the worker is there when something is pasted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt reads again
  useEffect(() => {
    const question = { text: paused, gitlabUrl, id, fullPath }
    const ownProject = { ...(id !== undefined && { id }), ...(fullPath && { fullPath }) }
    const giveUp = new AbortController()
    readInBackground(paused, { gitlabUrl, ownProject }, giveUp.signal).then(
      (reading) => setAnswer({ question, reading: paused.trim() ? reading : undefined }),
      () => giveUp.signal.aborted || setAnswer({ question, failed: true }),
    )
    return () => giveUp.abort()
  }, [paused, gitlabUrl, id, fullPath, attempt])

  const asked = answer?.question
  const retry = () => {
    setAnswer(undefined)
    setAttempt(attempt + 1)
  }
  return {
    reading: answer?.reading,
    busy: asked?.text !== text || asked.id !== id || asked.fullPath !== fullPath,
    retry: answer?.failed ? retry : undefined,
  }
}
