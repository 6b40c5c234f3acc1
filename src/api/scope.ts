/** Server state: whether the allowlist decides who gets in. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { GitLabApi } from './gitlab-api.ts'
import { useApi } from './use-api.ts'

const key = (api: GitLabApi, projectId: number) =>
  [api.id, 'job-token-scope', projectId, 'mode'] as const

export const scopeQuery = (api: GitLabApi, projectId: number) =>
  queryOptions({
    queryKey: key(api, projectId),
    queryFn: ({ signal }) => api.jobTokenScope(projectId, signal),
  })

export function useSaveMode(projectId: number) {
  const api = useApi()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (inboundEnabled: boolean) => api.setInboundEnabled(projectId, inboundEnabled),
    // Read back, not assumed: an instance that enforces the allowlist takes the write and keeps its value.
    onSuccess: () => client.invalidateQueries({ queryKey: key(api, projectId) }),
  })
}
