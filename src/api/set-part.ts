import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Puts the first part of a long answer into the cache. The part is stale at once: unmounting the
 * page cancels the request for the rest, and the next page must then fetch again.
 */
export function setPart<Data>(client: QueryClient, key: QueryKey, part: Data): void {
  client.setQueryData<Data>(key, part, { updatedAt: 0 })
}
