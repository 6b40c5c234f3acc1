/** Server state: the setting of a top-level group that lets its projects restrict permissions. */
import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query'
import { findDone, type Write } from './careful-write.ts'
import type { GitLabApi } from './gitlab-api.ts'
import { readAfresh } from './read-afresh.ts'
import { useApi } from './use-api.ts'
import { useWrite } from './use-write.ts'

export const fineGrainedAllowedQuery = (api: GitLabApi, groupId: number) =>
  queryOptions({
    queryKey: [api.id, 'group', groupId, 'fine-grained-allowed'],
    // null, because React Query has no word for "known to be unknown".
    queryFn: async ({ signal }) => (await api.fineGrainedAllowed(groupId, signal)) ?? null,
  })

/** The API to write the setting with, and the cache that holds its answers. */
type Place = { readonly api: GitLabApi; readonly client: QueryClient }

export function switching(
  { api, client }: Place,
  groupId: number,
  allowed: boolean,
): Write<boolean | null> {
  return {
    what: allowed,
    send: (once) => api.setFineGrainedAllowed(groupId, allowed, once),
    read: () => readAfresh(client, fineGrainedAllowedQuery(api, groupId)),
    isDone: (now) => now === allowed,
    // A switch has two states: a change by somebody else has set the wanted one already.
    isAsSeen: () => true,
  }
}

export function useSaveFineGrainedAllowed(groupId: number, onLate?: (allowed: boolean) => void) {
  const api = useApi()
  const client = useQueryClient()
  const place = { api, client }
  const { queryKey } = fineGrainedAllowedQuery(api, groupId)
  const refresh = () => client.invalidateQueries({ queryKey })
  return useWrite({
    subject: `fine-grained ${groupId}`,
    async write(allowed: boolean, carefully) {
      const written = await carefully(switching(place, groupId, allowed))
      await refresh()
      return written
    },
    findLate: (allowed) => findDone(switching(place, groupId, allowed)),
    refresh,
    onLate,
  })
}
