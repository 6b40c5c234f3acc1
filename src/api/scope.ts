/** Server state: whether the allowlist decides who gets in. */
import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from './api-error.ts'
import { type CarefulWrite, createCarefulWrite } from './careful-write.ts'
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

/** What a mode is saved with: the place that writes, and where its reads are kept. */
type SaveMode = {
  readonly api: GitLabApi
  readonly client: QueryClient
  readonly carefully: CarefulWrite
  readonly projectId: number
}

/**
 * Saves the mode and reads it back. An instance that enforces the allowlist either takes the write
 * and keeps its value (seen on GitLab 17.11) or refuses it (seen from 18.11 on): for a Maintainer
 * there is no other way to learn of it. Both end alike, with `held` false.
 * @throws ApiError for every other refusal, and where the answer was lost and nothing was saved
 */
export async function saveMode(
  inboundEnabled: boolean,
  { api, client, carefully, projectId }: SaveMode,
): Promise<{ held: boolean }> {
  const read = () => readAfresh(client, scopeQuery(api, projectId))
  let enforced = false
  try {
    await carefully(
      () => api.setInboundEnabled(projectId, inboundEnabled),
      async () => (await read()).inboundEnabled === inboundEnabled,
    )
  } catch (error) {
    if (!(error instanceof ApiError && error.reason === 'enforced')) throw error
    enforced = true
  }
  // A read that fails does not undo the write; its own place on the screen says so.
  const now = await read().catch((): Partial<JobTokenScope> => ({}))
  const kept = now.inboundEnabled !== undefined && now.inboundEnabled !== inboundEnabled
  const held = !enforced && !kept
  if (!held) client.setQueryData(enforcementQuery(api).queryKey, true)
  return { held }
}

/** `saveMode` for one form. */
export function useSaveMode(projectId: number) {
  const api = useApi()
  const client = useQueryClient()
  const [carefully] = useState(createCarefulWrite)
  return useMutation({
    mutationFn: (inboundEnabled: boolean) =>
      saveMode(inboundEnabled, { api, client, carefully, projectId }),
    onError: () => void client.invalidateQueries({ queryKey: key(api, projectId) }),
  })
}
