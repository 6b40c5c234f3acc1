/** Server state: the allowlist of a project. */
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type AllowlistEntry, entryKey, isImplied, type Target } from '../domain/allowlist.ts'
import { type PermissionConfiguration, samePermissions } from '../domain/permissions.ts'
import { ApiError } from './api-error.ts'
import { createCarefulWrite } from './careful-write.ts'
import type { EntryList, GitLabApi } from './gitlab-api.ts'
import { isAhead } from './http.ts'
import { readAfresh } from './read-afresh.ts'
import { setPart } from './set-part.ts'
import { useApi } from './use-api.ts'

const key = (api: GitLabApi, projectId: number) =>
  [api.id, 'job-token-scope', projectId, 'allowlist'] as const

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

/** Whether the list was asked for before the console was here. */
export const isAllowlistAhead = (projectId: number): boolean =>
  isAhead(`projects/${projectId}/job_token_scope/allowlist?per_page=100&page=1`)

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

/**
 * The list as GitLab holds it now; the screen follows.
 * @throws ApiError `list-cut` where not all of it could be read: it cannot tell what is not listed
 */
export async function readEntries(
  client: QueryClient,
  api: GitLabApi,
  projectId: number,
): Promise<EntryList> {
  const list = await readAfresh(client, allowlistQuery(api, projectId))
  if (list.cut) throw new ApiError('malformed', { reason: 'list-cut' })
  return list
}

/** The entry of a target, if it is listed. */
export const findEntry = (
  { entries }: EntryList,
  { kind, id }: Target,
): AllowlistEntry | undefined =>
  entries.find(({ target }) => target.kind === kind && target.id === id)

type Change = { target: Target; permissions: PermissionConfiguration }

export function useAddEntry(projectId: number) {
  const api = useApi()
  const client = useQueryClient()
  return useEntryMutation(
    projectId,
    async ({ target, permissions }: Change) => {
      try {
        await api.addEntry(projectId, target, permissions)
      } catch (error) {
        const isListed = error instanceof ApiError && error.reason === 'already-listed'
        if (!isListed) throw error
        // Somebody else was faster: where the entry is just as wanted, nothing is left to do.
        const list = await readEntries(client, api, projectId).catch(() => undefined)
        const stored = list && findEntry(list, target)?.permissions
        if (!stored || !samePermissions(stored, permissions)) throw error
      }
    },
    (list, { target, permissions }) => {
      const stored = findEntry(list, target)?.permissions
      // Where its group's switch is off, GitLab before 18.3 stores the default instead.
      return (
        stored !== undefined && (stored.defaultPermissions || samePermissions(stored, permissions))
      )
    },
  )
}

export function useUpdateEntry(projectId: number) {
  const api = useApi()
  return useEntryMutation(
    projectId,
    ({ target, permissions }: Change) => api.updateEntry(projectId, target, permissions),
    (list, { target, permissions }) => {
      const stored = findEntry(list, target)
      // The own project is listed without an entry, too: only its first save makes one.
      return (
        stored !== undefined &&
        !isImplied(stored, projectId) &&
        samePermissions(stored.permissions, permissions)
      )
    },
  )
}

export function useRemoveEntry(projectId: number) {
  const api = useApi()
  return useEntryMutation(
    projectId,
    (target: Target) => api.removeEntry(projectId, target),
    (list, target) => findEntry(list, target) === undefined,
  )
}

/** @param isDone whether the list shows that the write has been done, asked when its answer is lost */
function useEntryMutation<Input>(
  projectId: number,
  write: (input: Input) => Promise<void>,
  isDone: (list: EntryList, input: Input) => boolean,
) {
  const api = useApi()
  const client = useQueryClient()
  const [carefully] = useState(createCarefulWrite)
  const refresh = () => client.invalidateQueries({ queryKey: key(api, projectId) })
  return useMutation({
    mutationFn: (input: Input) =>
      carefully(
        () => write(input),
        async () => isDone(await readEntries(client, api, projectId), input),
      ),
    // Returned, so that the dialog stays busy until the fresh list is on screen.
    onSuccess: refresh,
    // A refusal often means that somebody else was faster: the list must say so. Not waited for,
    // because after an outage the answer may take as long as the write did.
    onError: () => void refresh(),
  })
}
