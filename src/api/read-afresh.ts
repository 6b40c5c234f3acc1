import {
  CancelledError,
  type FetchQueryOptions,
  type QueryClient,
  type QueryKey,
} from '@tanstack/react-query'

/**
 * What GitLab holds from now on. A read of the same that is under way may have been answered before
 * a write that this one is to tell of: React Query would share it, so it is given up first.
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
      // The last component that showed it may have gone, which cancels aloud: then it is asked again.
      if (answers() > before) return data
    } catch (error) {
      // Given up for another one that began later: what that reads holds for this one, too.
      if (!(error instanceof CancelledError)) throw error
    }
  }
}
