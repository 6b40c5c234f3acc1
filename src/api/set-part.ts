import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Shows what has arrived of a long answer. It is stale from the start: a page that is left before the
 * rest has come cancels the request, and the next one must ask again instead of waiting for nobody.
 */
export function setPart<Data>(client: QueryClient, key: QueryKey, part: Data): void {
  client.setQueryData<Data>(key, part, { updatedAt: 0 })
}
