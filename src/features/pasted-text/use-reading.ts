import { useEffect, useState } from 'react'
import type { Reading } from '../../domain/reading/read.ts'
import { useDebounced } from '../shared/use-debounced.ts'
import { readInBackground, UnfinishedReading } from './read-in-background.ts'

/** So many characters are read; a log that is longer says it all before. */
export const mostRead = 1_000_000

type TextToRead = {
  readonly text: string
  readonly gitlabUrl: string
  /** The project whose jobs run the text, as far as it is known. */
  readonly id: number | undefined
  readonly fullPath: string | undefined
  /** What variables hold to which the text gives no value. The same object as long as it is the same. */
  readonly variables?: Readonly<Record<string, string>> | undefined
}

type Answer = {
  readonly toRead: TextToRead
  readonly reading?: Reading | undefined
  readonly failure?: ReadingFailure['reason']
}

/** Why there is no answer. */
export type ReadingFailure = {
  /** The code that reads could not be fetched, or this text took it too long. */
  readonly reason: 'not-loaded' | 'unfinished'
  /** Reads again. */
  readonly retry: () => void
}

export type ReadingState = {
  /** Undefined before the first answer, for a text without words, and where reading failed. */
  readonly reading: Reading | undefined
  /** Whether the text, or whose jobs run it, is another than what `reading` answers. */
  readonly busy: boolean
  readonly failure: ReadingFailure | undefined
}

/** Nobody types more between two pauses. */
const mostTyped = 20

/** Whether one text was pasted into or in place of the other. */
function isFar(a: string, b: string): boolean {
  if (a === b) return false
  const shorter = Math.min(a.length, b.length)
  const longer = Math.max(a.length, b.length)
  let start = 0
  while (start < shorter && a[start] === b[start]) start++
  let end = 0
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return longer - start - end > mostTyped
}

/**
 * Reads a text without the page waiting for it: at once if it was pasted, after a pause if somebody
 * types. A text supersedes the one before, whose answer is not taken any more if it comes late. While
 * somebody types, the last answer stays; when another text is pasted, it goes.
 */
export function useReading({
  text: whole,
  gitlabUrl,
  id,
  fullPath,
  variables,
}: TextToRead): ReadingState {
  const text = whole.slice(0, mostRead)
  const paused = useDebounced(text)
  const asked = isFar(text, paused) ? text : paused
  const [answer, setAnswer] = useState<Answer>()
  const [attempt, setAttempt] = useState(0)

  // Also for no text: then the worker is there when something is pasted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt reads again
  useEffect(() => {
    const toRead = { text: asked, gitlabUrl, id, fullPath, variables }
    const ownProject = { ...(id !== undefined && { id }), ...(fullPath && { fullPath }) }
    const giveUp = new AbortController()
    const context = { gitlabUrl, ownProject, ...(variables && { variables }) }
    readInBackground(asked, context, giveUp.signal).then(
      (reading) => setAnswer({ toRead, reading: asked.trim() ? reading : undefined }),
      (error: unknown) => {
        if (giveUp.signal.aborted) return
        const failure = error instanceof UnfinishedReading ? 'unfinished' : 'not-loaded'
        setAnswer({ toRead, failure })
      },
    )
    return () => giveUp.abort()
  }, [asked, gitlabUrl, id, fullPath, variables, attempt])

  if (!answer || isFar(text, answer.toRead.text)) {
    return { reading: undefined, busy: true, failure: undefined }
  }
  const { toRead, reading, failure } = answer
  const retry = () => {
    setAnswer(undefined)
    setAttempt(attempt + 1)
  }
  return {
    reading,
    busy:
      toRead.text !== text ||
      toRead.id !== id ||
      toRead.fullPath !== fullPath ||
      toRead.variables !== variables,
    failure: failure && { reason: failure, retry },
  }
}
