import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'

/**
 * The error of a query without data, also while it is tried again: React Query forgets it then, and
 * the button that was pressed would go away with the focus on it.
 */
export function useLastError(query: UseQueryResult<unknown, Error>): Error | null {
  const { error, errorUpdatedAt } = query
  const [last, setLast] = useState({ error, errorUpdatedAt })
  if (error && error !== last.error) setLast({ error, errorUpdatedAt })
  if (error || query.data !== undefined) return error
  // When it came tells it from the error of another question that was asked in between.
  return last.errorUpdatedAt === errorUpdatedAt ? last.error : null
}
