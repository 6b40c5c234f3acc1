/** Server state: what could be added to an allowlist. */
import { queryOptions } from '@tanstack/react-query'
import type { GitLabApi, TargetReference } from './gitlab-api.ts'

export const targetSearchQuery = (api: GitLabApi, search: string) =>
  queryOptions({
    queryKey: [api.id, 'target-search', search],
    queryFn: ({ signal }) => api.searchTargets(search, signal),
    staleTime: 30_000,
  })

export const targetQuery = (api: GitLabApi, reference: TargetReference) =>
  queryOptions({
    queryKey: [api.id, 'target', reference],
    queryFn: ({ signal }) => api.resolveTarget(reference, signal),
    staleTime: 30_000,
  })
