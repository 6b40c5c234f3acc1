/** Server state: projects, their push settings, and the group that a project stands in. */
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Reference } from '../domain/reference.ts'
import { createCarefulWrite } from './careful-write.ts'
import type { GitLabApi, Project, ProjectSearch, PushSettings } from './gitlab-api.ts'
import { isAhead } from './http.ts'
import { readAfresh } from './read-afresh.ts'
import { idOf } from './rest/projects.ts'
import { useApi } from './use-api.ts'

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

/** Whether the project was asked for before the console was here. */
export const isProjectAhead = (reference: Reference): boolean =>
  isAhead(`projects/${idOf(reference)}`)

export const fineGrainedAllowedQuery = (api: GitLabApi, groupId: number) =>
  queryOptions({
    queryKey: [...keys.group(api, groupId), 'fine-grained-allowed'],
    // null, because React Query has no word for "known to be unknown".
    queryFn: async ({ signal }) => (await api.fineGrainedAllowed(groupId, signal)) ?? null,
  })

export function useSaveFineGrainedAllowed(groupId: number) {
  const api = useApi()
  const client = useQueryClient()
  const [carefully] = useState(createCarefulWrite)
  const query = fineGrainedAllowedQuery(api, groupId)
  const refresh = () => client.invalidateQueries({ queryKey: query.queryKey })
  return useMutation({
    mutationFn: (allowed: boolean) =>
      carefully(
        () => api.setFineGrainedAllowed(groupId, allowed),
        async () => (await readAfresh(client, query)) === allowed,
      ),
    onSuccess: refresh,
    onError: () => void refresh(),
  })
}

export const pushSettingsQuery = (api: GitLabApi, project: Project) =>
  queryOptions({
    queryKey: [...keys.all(api), project.id, 'push', project.push],
    queryFn: ({ signal }) => api.pushSettings(project, signal),
    // Read anew after a save: the form stays meanwhile.
    placeholderData: keepPreviousData,
  })

export function useSavePushSettings(project: Project) {
  const api = useApi()
  const client = useQueryClient()
  const [carefully] = useState(createCarefulWrite)

  async function stored(): Promise<PushSettings> {
    const now = await readAfresh(client, projectQuery(api, { id: project.id }))
    return readAfresh(client, pushSettingsQuery(api, now))
  }

  return useMutation({
    mutationFn: (wanted: PushSettings) =>
      carefully(
        () => api.updatePushSettings(project, wanted),
        async () => {
          const { own, crossProject } = await stored()
          return own === wanted.own && crossProject === wanted.crossProject
        },
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all(api) }),
  })
}
