import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from './api-error.ts'
import { type CarefulWrite, createCarefulWrite, oneAtATime } from './careful-write.ts'
import { getSession } from './session.ts'
import { useApi } from './use-api.ts'
import { watchOutcome } from './watch-outcome.ts'

type WriteOptions<Input, Result> = {
  /** Names what is written: of two places that write the same one waits for the other. */
  readonly subject: string
  /** Ends when what GitLab holds then is on screen, so that the place stays busy until it is. */
  readonly write: (input: Input, carefully: CarefulWrite) => Promise<Result>
  /**
   * Finds the result of a write that was given up; undefined while GitLab has not done it. The
   * answer of this read also updates the cache, and so the screen.
   */
  readonly findLate: (input: Input) => Promise<Result | undefined>
  /** Reads again what the write is about, after a failure, where the write does not do so itself. */
  readonly refresh?: () => Promise<unknown>
  /** The write was given up with an error, nothing else was chosen, and now it has been done. */
  readonly onLate?: ((input: Input, result: Result) => void) | undefined
}

/** The handle with which a component writes, and its state. */
export type Writing<Input, Result> = {
  /**
   * Writes. Never rejects: a failure is shown from `error`.
   * @returns undefined after a failure, and for a press while another one is being worked on
   */
  readonly run: (input: Input) => Promise<Result | undefined>
  readonly isPending: boolean
  readonly error: Error | null
  /** Forgets the error, for something else is wanted. */
  readonly reset: () => void
}

/**
 * One place that writes. Presses while one is being worked on do nothing; where the outcome stays
 * open it is looked for, also when the place is left.
 */
export function useWrite<Input, Result>({
  subject,
  write,
  findLate,
  refresh,
  onLate,
}: WriteOptions<Input, Result>): Writing<Input, Result> {
  const api = useApi()
  const [place] = useState(() => ({
    carefully: createCarefulWrite(),
    once: oneAtATime(),
    stopWatching: () => {},
  }))
  const late = useRef<(input: Input, result: Result) => void>(undefined)
  const { mutateAsync, isPending, error, reset } = useMutation({
    scope: { id: `${api.id} ${subject}` },
    mutationFn: (input: Input) => write(input, place.carefully),
    onError(failure, input) {
      // A refusal often means that somebody else was faster: the screen must say so. Not waited for,
      // because after an outage the answer may take as long as the write did.
      void refresh?.()
      if (!(failure instanceof ApiError && (failure.mayFollow || failure.outcomeUnknown))) return
      place.stopWatching = watchOutcome(
        async () => {
          const session = getSession()
          const isMine = session.state === 'signed-in' && session.api === api
          // The user who wrote this has signed out: another user must not ask about it.
          if (!isMine) place.stopWatching()
          return isMine ? await findLate(input) : undefined
        },
        (result) => late.current?.(input, result),
      )
    },
  })
  const stillWanted = useRef(false)
  useEffect(() => {
    late.current = (input, result) => {
      if (!stillWanted.current) return
      reset()
      onLate?.(input, result)
    }
    return () => {
      late.current = undefined
    }
  })
  return {
    run: (input) =>
      place.once(async () => {
        place.stopWatching()
        stillWanted.current = true
        return await mutateAsync(input).catch(() => undefined)
      }),
    isPending,
    error,
    reset() {
      stillWanted.current = false
      reset()
    },
  }
}
