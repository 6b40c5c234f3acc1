/** Server state: projects, their push settings, and the group that a project stands in. */
import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useQueryClient,
} from '@tanstack/react-query'
import type { Reference } from '../domain/reference.ts'
import { findDone, type Write } from './careful-write.ts'
import type { GitLabApi, Project, ProjectSearch, PushSettings } from './gitlab-api.ts'
import { readAfresh } from './read-afresh.ts'
import { useApi } from './use-api.ts'
import { useWrite } from './use-write.ts'

const keys = {
  lists: (api: GitLabApi) => [api.id, 'projects'] as const,
  all: (api: GitLabApi) => [api.id, 'project'] as const,
  group: (api: GitLabApi, groupId: number) => [api.id, 'group', groupId] as const,
}

export const projectsQuery = (api: GitLabApi, search: ProjectSearch) =>
  queryOptions({
    queryKey: [...keys.lists(api), search],
    queryFn: ({ signal }) => api.listProjects(search, signal),
    placeholderData: keepPreviousData,
  })

export const projectQuery = (api: GitLabApi, reference: Reference) =>
  queryOptions({
    queryKey: [...keys.all(api), reference],
    queryFn: ({ signal }) => api.project(reference, signal),
  })

export const fineGrainedAllowedQuery = (api: GitLabApi, groupId: number) =>
  queryOptions({
    queryKey: [...keys.group(api, groupId), 'fine-grained-allowed'],
    // null, because React Query has no word for "known to be unknown".
    queryFn: async ({ signal }) => (await api.fineGrainedAllowed(groupId, signal)) ?? null,
  })

/** Where settings are written, and where what is read of them is kept. */
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
    // One switch: what somebody else has changed is as it is wanted.
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

export const pushSettingsQuery = (api: GitLabApi, project: Project) =>
  queryOptions({
    queryKey: [...keys.all(api), project.id, 'push', project.push],
    queryFn: ({ signal }) => api.pushSettings(project, signal),
    // Read anew after a save: the form stays meanwhile.
    placeholderData: keepPreviousData,
  })

/** Settings to write, undefined ones left out, and all of them as they were seen. */
export type PushChange = { readonly changes: PushSettings; readonly seen: PushSettings }

export function pushWrite(
  { api, client }: Place,
  project: Project,
  { changes, seen }: PushChange,
): Write<PushSettings> {
  return {
    what: changes,
    send: (once) => api.updatePushSettings(project, changes, once),
    async read() {
      const now = await readAfresh(client, projectQuery(api, { id: project.id }))
      return readAfresh(client, pushSettingsQuery(api, now))
    },
    isDone: (now) => samePush(now, { ...now, ...given(changes) }),
    isAsSeen: (now) => samePush(now, seen),
  }
}

export const samePush = (a: PushSettings, b: PushSettings): boolean =>
  a.own === b.own && a.crossProject === b.crossProject

const given = ({ own, crossProject }: PushSettings): Partial<PushSettings> => ({
  ...(own !== undefined && { own }),
  ...(crossProject !== undefined && { crossProject }),
})

/** Ends as `stale` where GitLab holds other settings than were seen. */
export function useSavePushSettings(project: Project, onLate?: (change: PushChange) => void) {
  const api = useApi()
  const client = useQueryClient()
  const place = { api, client }
  const refresh = () => client.invalidateQueries({ queryKey: keys.all(api) })
  return useWrite({
    subject: `push ${project.id}`,
    async write(change: PushChange, carefully) {
      const written = await carefully(pushWrite(place, project, change))
      await refresh()
      return written
    },
    async findLate(change) {
      const done = await findDone(pushWrite(place, project, change))
      // The page has the project by another key, if its address names it by its path.
      if (done) await refresh()
      return done
    },
    refresh,
    onLate,
  })
}
