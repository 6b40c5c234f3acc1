/** Server state: the authentication log of a project. */
import { queryOptions } from '@tanstack/react-query'
import type { AuthorizationLog, GitLabApi } from './gitlab-api.ts'
import { setPart } from './set-part.ts'

const key = (api: GitLabApi, projectId: number) =>
  [api.id, 'job-token-scope', projectId, 'authorizations'] as const

/** Fails where nothing could be read; a log that was read in part says so by its `extent`. */
export const authorizationsQuery = (api: GitLabApi, projectId: number) =>
  queryOptions({
    queryKey: key(api, projectId),
    async queryFn({ signal, client, queryKey }): Promise<AuthorizationLog> {
      const known = client.getQueryData<AuthorizationLog>(queryKey)
      // A refresh replaces the whole log at once; only the first load shows its parts.
      const log = await api.listAuthorizations(projectId, signal, (part) => {
        if (known?.extent !== 'whole') setPart<AuthorizationLog>(client, queryKey, part)
      })
      // The whole log of a while ago says more than a part of the newest.
      if (log.extent === 'partly' && known?.extent === 'whole') throw log.failure
      return log
    },
    // GitLab itself is some five minutes behind.
    staleTime: 300_000,
  })
