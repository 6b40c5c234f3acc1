import {
  CancelledError,
  type FetchQueryOptions,
  type QueryClient,
  type QueryKey,
} from '@tanstack/react-query'

/**
 * Reads what GitLab holds from now on. A fetch of the same query that is under way may have been
 * answered before the last write: React Query would share its stale answer, so it is cancelled
 * first.
 */
export async function readAfresh<Data, Key extends QueryKey>(
  client: QueryClient,
  query: FetchQueryOptions<Data, Error, Data, Key>,
): Promise<Data> {
  const { queryKey } = query
  const answers = () => client.getQueryState(queryKey)?.dataUpdateCount ?? 0
  // Silently: React Query answers a fetch that is cancelled aloud with the data of before.
  await client.cancelQueries({ queryKey, exact: true }, { silent: true, revert: false })
  for (;;) {
    const before = answers()
    try {
      const data = await client.fetchQuery({ ...query, staleTime: 0 })
      // The last component with this query may have unmounted, which cancels the fetch: fetch
      // again.
      if (answers() > before) return data
    } catch (error) {
      // A later fetch cancelled this one: the next round shares the later answer.
      if (!(error instanceof CancelledError)) throw error
    }
  }
}
