/** Server state: the allowlist of a project. */
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { type AllowlistEntry, entryKey } from '../domain/allowlist.ts'
import type { EntryList, GitLabApi } from './gitlab-api.ts'
import { setPart } from './set-part.ts'

const panelKey = (api: GitLabApi, projectId: number) =>
  [api.id, 'job-token-scope', projectId] as const
const key = (api: GitLabApi, projectId: number) =>
  [...panelKey(api, projectId), 'allowlist'] as const

/** Reads again what the panel shows of job tokens: mode, list and log. Fails where one of them does. */
export const refreshPanel = (client: QueryClient, api: GitLabApi, projectId: number) =>
  client.refetchQueries(
    { queryKey: panelKey(api, projectId), type: 'active' },
    { throwOnError: true },
  )

export const allowlistQuery = (api: GitLabApi, projectId: number) =>
  queryOptions({
    queryKey: key(api, projectId),
    queryFn: ({ signal, client, queryKey }) => {
      // A refresh replaces the whole list at once; only the first load shows its parts.
      const known = client.getQueryData<EntryList>(queryKey)
      const isRead = known !== undefined && (known.cut || known.loaded === known.total)
      return api.listEntries(projectId, signal, (part) => {
        if (!isRead) setPart<EntryList>(client, queryKey, part)
      })
    },
    structuralSharing: (before, after) => reuseEntries(before, after),
  })

/** Keeps the objects of entries that did not change, so that their rows are not drawn again. */
function reuseEntries(before: unknown, after: unknown): unknown {
  if (!isEntryList(before) || !isEntryList(after)) return after
  // More of a long list has arrived, and none of it is shown so far.
  if (before.entries === after.entries) return after
  const known = new Map(before.entries.map((entry) => [entryKey(entry.target), entry]))
  const reuse = (entry: AllowlistEntry) => {
    const old = known.get(entryKey(entry.target))
    return old && JSON.stringify(old) === JSON.stringify(entry) ? old : entry
  }
  return { ...after, entries: after.entries.map(reuse) }
}

const isEntryList = (data: unknown): data is EntryList =>
  typeof data === 'object' && data !== null && 'entries' in data
