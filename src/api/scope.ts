/** Server state: whether the allowlist decides who gets in. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createCarefulWrite } from './careful-write.ts'
import type { GitLabApi, JobTokenScope } from './gitlab-api.ts'
import { readAfresh } from './read-afresh.ts'
import { enforcementQuery } from './server.ts'
import { useApi } from './use-api.ts'

const key = (api: GitLabApi, projectId: number) =>
  [api.id, 'job-token-scope', projectId, 'mode'] as const

export const scopeQuery = (api: GitLabApi, projectId: number) =>
  queryOptions({
    queryKey: key(api, projectId),
    queryFn: ({ signal }) => api.jobTokenScope(projectId, signal),
  })

/**
 * Saves the mode and reads it back: an instance that enforces the allowlist takes the write and
 * keeps its value, which is the only way for a Maintainer to learn of it. `held` is false then.
 */
export function useSaveMode(projectId: number) {
  const api = useApi()
  const client = useQueryClient()
  const [carefully] = useState(createCarefulWrite)
  return useMutation({
    async mutationFn(inboundEnabled: boolean): Promise<{ held: boolean }> {
      const read = () => readAfresh(client, scopeQuery(api, projectId))
      await carefully(
        () => api.setInboundEnabled(projectId, inboundEnabled),
        async () => (await read()).inboundEnabled === inboundEnabled,
      )
      // A read that fails does not undo the write; its own place on the screen says so.
      const now = await read().catch((): Partial<JobTokenScope> => ({}))
      const held = now.inboundEnabled === undefined || now.inboundEnabled === inboundEnabled
      if (!held) client.setQueryData(enforcementQuery(api).queryKey, true)
      return { held }
    },
    onError: () => void client.invalidateQueries({ queryKey: key(api, projectId) }),
  })
}
