/** Server state: the allowlist of a project. */
import { type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query'
import { type AllowlistEntry, entryKey, isImplied, type Target } from '../domain/allowlist.ts'
import { type PermissionConfiguration, samePermissions } from '../domain/permissions.ts'
import { ApiError, type ErrorReason, isMissing } from './api-error.ts'
import { isDoneNow, type Write, type Written } from './careful-write.ts'
import type { EntryList, GitLabApi } from './gitlab-api.ts'
import { isAhead } from './http.ts'
import { readAfresh } from './read-afresh.ts'
import { setPart } from './set-part.ts'
import { useApi } from './use-api.ts'
import { useWrite, type Writing } from './use-write.ts'

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
async function readEntries(
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

type Change = { readonly target: Target; readonly permissions: PermissionConfiguration }
/** @property seen what the person who changes it has seen of the entry */
type Update = Change & { readonly seen: PermissionConfiguration }

/** Where entries are written, and where what is read of them is kept. */
type Place = { readonly api: GitLabApi; readonly client: QueryClient; readonly projectId: number }

const hasReason = (error: ApiError, reason: ErrorReason): boolean => error.reason === reason

export function addition(place: Place, { target, permissions }: Change): Write<EntryList> {
  const { api, client, projectId } = place
  return {
    what: ['add', entryKey(target), permissions],
    send: (once) => api.addEntry(projectId, target, permissions, once),
    read: () => readEntries(client, api, projectId),
    isDone(list, refused) {
      const stored = findEntry(list, target)?.permissions
      if (!stored) return false
      // Where its group's switch is off, GitLab before 18.3 stores the default instead. What was there
      // before must be just as it is wanted, for somebody else may have added it.
      const isDefault = stored.defaultPermissions && !refused
      return isDefault || samePermissions(stored, permissions)
    },
    isEcho: (error) => hasReason(error, 'already-listed'),
  }
}

export function update(place: Place, { target, permissions, seen }: Update): Write<EntryList> {
  const { api, client, projectId } = place
  const isOwn = target.kind === 'project' && target.id === projectId
  return {
    what: ['update', entryKey(target), permissions],
    send: (once) => api.updateEntry(projectId, target, permissions, once),
    read: () => readEntries(client, api, projectId),
    isDone(list) {
      const stored = findEntry(list, target)
      // The own project is listed without an entry, too: only its first save makes one.
      return (
        stored !== undefined &&
        !isImplied(stored, projectId) &&
        samePermissions(stored.permissions, permissions)
      )
    },
    isAsSeen(list) {
      const stored = findEntry(list, target)?.permissions
      // A stock GitLab lists the own project only once it has an entry; the panel shows it before.
      if (!stored) return isOwn && seen.defaultPermissions
      return samePermissions(stored, seen)
    },
    // The first save of the own project adds its entry.
    isEcho: (error) => hasReason(error, 'already-listed'),
  }
}

export function removing(place: Place, target: Target): Write<EntryList> {
  const { api, client, projectId } = place
  return {
    what: ['remove', entryKey(target)],
    send: (once) => api.removeEntry(projectId, target, once),
    read: () => readEntries(client, api, projectId),
    isDone: (list) => findEntry(list, target) === undefined,
    // An entry goes with its target, of which GitLab then says 404.
    isEcho: (error) => hasReason(error, 'not-listed') || isMissing(error),
  }
}

type Late<Input> = ((input: Input) => void) | undefined

export const useAddEntry = (projectId: number, onLate?: Late<Change>) =>
  useEntryWrite(projectId, addition, onLate)

/** Ends as `stale` where GitLab holds something else than was seen, or nothing. */
export const useUpdateEntry = (projectId: number, onLate?: Late<Update>) =>
  useEntryWrite(projectId, update, onLate)

export const useRemoveEntry = (projectId: number, onLate?: Late<Target>) =>
  useEntryWrite(projectId, removing, onLate)

function useEntryWrite<Input>(
  projectId: number,
  writeOf: (place: Place, input: Input) => Write<EntryList>,
  onLate: Late<Input>,
): Writing<Input, Written> {
  const api = useApi()
  const client = useQueryClient()
  const place = { api, client, projectId }
  const refresh = () => client.invalidateQueries({ queryKey: key(api, projectId) })
  return useWrite<Input, Written>({
    subject: `allowlist ${projectId}`,
    async write(input, carefully) {
      const written = await carefully(writeOf(place, input))
      await refresh()
      return written
    },
    isDone: (input) => isDoneNow(writeOf(place, input)),
    refresh,
    onLate,
  })
}
