/** Writes the push settings of a project. Apart from `projects.ts`: the first view writes nothing. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { findDone, type Write } from './careful-write.ts'
import type { GitLabApi, Project, PushSettings } from './gitlab-api.ts'
import { projectQuery, pushSettingsQuery, refreshProjects } from './projects.ts'
import { readAfresh } from './read-afresh.ts'
import { useApi } from './use-api.ts'
import { useWrite } from './use-write.ts'

/** The API to write the settings with, and the cache that holds their answers. */
type Place = { readonly api: GitLabApi; readonly client: QueryClient }

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
  const refresh = () => refreshProjects(api, client)
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
