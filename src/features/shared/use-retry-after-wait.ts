import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'

/**
 * A read that was refused for too many requests is sent again by itself, once the wait is over that
 * all reads of this tab share.
 * @returns the seconds until then; undefined while nothing is waited for
 */
export function useRetryAfterWait(query: UseQueryResult<unknown, Error>): number | undefined {
  const { error, isFetching, refetch } = query
  const [left, setLeft] = useState<number>()
  const due = error instanceof ApiError && !isFetching ? error.againAt : undefined

  useEffect(() => {
    if (due === undefined) return
    const again = due
    function tick() {
      const seconds = Math.ceil((again - Date.now()) / 1000)
      setLeft(Math.max(seconds, 1))
      if (seconds <= 0) void refetch()
    }
    tick()
    const timer = setInterval(tick, 1000)
    return () => {
      clearInterval(timer)
      setLeft(undefined)
    }
  }, [due, refetch])

  return left
}
