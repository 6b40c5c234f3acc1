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

/** Whether the instance enforces the allowlist for all projects. */
export type Enforcement = {
  readonly enforced: boolean
  /** When a save was refused for that reason, in milliseconds since 1970. */
  readonly refusedAt?: number
}

/**
 * GitLab tells only administrators. For others a refused save leaves its finding here, for as long
 * as the page lives.
 */
export const enforcementQuery = (api: GitLabApi) =>
  queryOptions({
    queryKey: [api.id, 'enforcement'],
    queryFn: async ({ signal }): Promise<Enforcement> => ({
      enforced: await api.enforcesAllowlist(signal),
    }),
    gcTime: Number.POSITIVE_INFINITY,
  })
