import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Connection } from '../../api/check-connection.ts'
import { type Arrival, arrive, type Departure } from '../../api/oauth.ts'
import { hasCallback, takeCallback } from '../../api/oauth-callback.ts'

/**
 * Where the page was reached from GitLab: reads the answer, once.
 * @param onReturn called when somebody is back who left from here, signed in or not
 * @returns `pending` until then; undefined where nobody came from GitLab
 */
export function useArrival(
  onReturn: (departure: Departure, connection: Connection | undefined) => void,
): 'pending' | Arrival | undefined {
  const [arriving] = useState(hasCallback)
  const { mutate, data } = useMutation({
    // The cache would hold code and token for minutes after the page has gone.
    gcTime: 0,
    mutationFn: (callback: URLSearchParams) => arrive(callback, new AbortController().signal),
  })

  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer is read once, when the page opens
  useEffect(() => {
    const callback = takeCallback()
    if (!callback) return
    mutate(callback, {
      onSuccess: (arrival) => {
        if (arrival.ok === 'handed-over') window.close()
        else if (arrival.departure) {
          onReturn(arrival.departure, arrival.ok ? arrival.connection : undefined)
        }
      },
    })
  }, [])

  if (!arriving) return undefined
  return data ?? 'pending'
}
