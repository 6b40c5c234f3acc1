import type { UseQueryResult } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/api-error.ts'

/** Where the browser may not read how long GitLab wants to be left alone: seconds, doubled each time. */
const firstWait = 15
const longestWait = 240

/**
 * After 429 a read is sent again by itself, once GitLab's wait is over.
 * @returns the seconds until then; undefined while nothing is waited for
 */
export function useComeback(query: UseQueryResult<unknown, Error>): number | undefined {
  const { error, errorUpdatedAt, isFetching, isSuccess, refetch } = query
  const refusals = useRef(0)
  const [left, setLeft] = useState<number>()
  const limited = error instanceof ApiError && error.kind === 'rate-limited' && !isFetching
  const told = limited ? error.retryAfter : undefined

  useEffect(() => {
    if (isSuccess) refusals.current = 0
  }, [isSuccess])

  useEffect(() => {
    if (!limited) return
    const wait = told ?? Math.min(firstWait * 2 ** refusals.current, longestWait)
    refusals.current += 1
    const due = errorUpdatedAt + wait * 1000
    function tick() {
      const seconds = Math.ceil((due - Date.now()) / 1000)
      setLeft(Math.max(seconds, 0))
      if (seconds <= 0) void refetch()
    }
    tick()
    const timer = setInterval(tick, 1000)
    return () => {
      clearInterval(timer)
      setLeft(undefined)
    }
  }, [limited, told, errorUpdatedAt, refetch])

  return left
}
