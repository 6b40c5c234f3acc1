/** Server state: whether the allowlist decides who gets in. */
import { queryOptions } from '@tanstack/react-query'
import type { GitLabApi } from './gitlab-api.ts'

export const scopeQuery = (api: GitLabApi, projectId: number) =>
  queryOptions({
    queryKey: [api.id, 'job-token-scope', projectId, 'mode'],
    queryFn: ({ signal }) => api.jobTokenScope(projectId, signal),
  })
