import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Connection } from '../../api/connection.ts'
import { type Arrival, arrive, type Departure } from '../../api/oauth.ts'
import { hasCallback, takeCallback } from '../../api/oauth-callback.ts'

/**
 * Where the page was reached from GitLab: reads the answer, once, and signs in or says why not.
 * @returns `pending` until then; undefined where nobody came from GitLab
 */
export function useArrival(
  onSignedIn: (connection: Connection, departure: Departure) => void,
): 'pending' | Arrival | undefined {
  const [arriving] = useState(hasCallback)
  const { mutate, data } = useMutation({
    mutationFn: (callback: URLSearchParams) => arrive(callback, new AbortController().signal),
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer is read once, when the page opens
  useEffect(() => {
    const callback = takeCallback()
    if (!callback) return
    mutate(callback, {
      onSuccess: (arrival) => {
        if (arrival.ok === 'handed-over') window.close()
        else if (arrival.ok && arrival.departure) onSignedIn(arrival.connection, arrival.departure)
      },
    })
  }, [])

  if (!arriving) return undefined
  return data ?? 'pending'
}
