/** Server state: who is signed in, and what the server is. */
import { queryOptions } from '@tanstack/react-query'
import type { GitLabApi } from './gitlab-api.ts'

export const metadataQuery = (api: GitLabApi) =>
  queryOptions({
    queryKey: [api.id, 'metadata'],
    queryFn: ({ signal }) => api.metadata(signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const tokenScopesQuery = (api: GitLabApi) =>
  queryOptions({
    queryKey: [api.id, 'token-scopes'],
    queryFn: ({ signal }) => api.tokenScopes(signal),
  })

export const serverKindQuery = (api: GitLabApi) =>
  queryOptions({
    queryKey: [api.id, 'server-kind'],
    // Null, because a query cannot end with undefined.
    queryFn: async ({ signal }) => (await api.serverKind(signal)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Administrators only: for others GitLab does not tell whether the instance enforces the allowlist. */
export const enforcementQuery = (api: GitLabApi) =>
  queryOptions({
    queryKey: [api.id, 'enforcement'],
    queryFn: ({ signal }) => api.enforcesAllowlist(signal),
  })
