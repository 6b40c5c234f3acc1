import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'
import { endWaits } from '../../api/rate-limit.ts'
import { lookUpTarget } from '../../api/targets.ts'
import { useSignedIn } from '../../api/use-api.ts'
import type { Target } from '../../domain/allowlist.ts'
import { type Resolution, resolve } from '../target-picker/resolve.ts'

type Progress = { readonly done: number; readonly all: number }

/** Errors after which the next look-up would fare no better. */
const pauses = new Set<ApiError['kind']>(['rate-limited', 'unauthorized', 'unreachable'])

/** Whether a look-up has told what a text names, or that it names nothing. */
export const isSettled = (resolution: Resolution | undefined): boolean =>
  resolution !== undefined && resolution.state !== 'failed'

/**
 * Finds out what many texts name, by id or path. What was found is kept while the texts change.
 * @param known targets that need no look-up
 */
export function useLookUps(known: readonly Target[]) {
  const { api, connection } = useSignedIn()
  const { webAddress } = connection
  const [found, setFound] = useState<ReadonlyMap<string, Resolution>>(new Map())
  const [progress, setProgress] = useState<Progress>()
  /** Why the rest was not looked up. */
  const [error, setError] = useState<ApiError>()
  const work = useRef<AbortController>(undefined)
  useEffect(() => () => work.current?.abort(), [])

  async function start(texts: readonly string[]) {
    const open = [...new Set(texts)].filter((text) => !isSettled(found.get(text)))
    const stop = new AbortController()
    const { signal } = stop
    work.current = stop
    const results = new Map(found)
    let done = 0
    let failure: ApiError | undefined
    setError(undefined)
    setProgress({ done, all: open.length })
    // A person asked for these: they must not sit out a rate limit's wait.
    endWaits()
    await Promise.all(
      open.map(async (text) => {
        const resolution = await resolve(text, {
          webAddress,
          known,
          lookUp: (reference) => lookUpTarget(api, reference, signal),
        })
        if (signal.aborted) return
        if (resolution.state === 'failed' && isPause(resolution.error)) {
          failure = resolution.error
          stop.abort()
          return
        }
        results.set(text, resolution)
        done += 1
        setProgress({ done, all: open.length })
      }),
    )
    // Left meanwhile: nobody is there to be told.
    if (work.current !== stop) return
    setFound(results)
    setProgress(undefined)
    setError(failure)
  }

  return { found, progress, error, start, stop: () => work.current?.abort() }
}

const isPause = (error: Error): error is ApiError =>
  error instanceof ApiError && pauses.has(error.kind)
