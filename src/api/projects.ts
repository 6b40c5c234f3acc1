/** Server state: projects and their push settings. */
import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { Reference } from '../domain/reference.ts'
import type { GitLabApi, Project, ProjectSearch } from './gitlab-api.ts'

const keys = {
  lists: (api: GitLabApi) => [api.id, 'projects'] as const,
  all: (api: GitLabApi) => [api.id, 'project'] as const,
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

export const pushSettingsQuery = (api: GitLabApi, project: Project) =>
  queryOptions({
    queryKey: [...keys.all(api), project.id, 'push', project.push],
    queryFn: ({ signal }) => api.pushSettings(project, signal),
    // Read anew after a save: the form stays meanwhile.
    placeholderData: keepPreviousData,
  })

/** Reads what is shown of single projects anew, by whichever reference. */
export const refreshProjects = (api: GitLabApi, client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: keys.all(api) })
