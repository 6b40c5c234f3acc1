/** Writes the mode of a project. Apart from `scope.ts`: the first view writes nothing. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'
import { type CarefulWrite, findDone, type Write } from './careful-write.ts'
import type { GitLabApi, JobTokenScope } from './gitlab-api.ts'
import { readAfresh } from './read-afresh.ts'
import { scopeQuery } from './scope.ts'
import { enforcementQuery } from './server.ts'
import { useApi } from './use-api.ts'
import { useWrite } from './use-write.ts'

/** The API to write the mode with, and the cache that holds its answers. */
type Place = { readonly api: GitLabApi; readonly client: QueryClient; readonly projectId: number }

const readScope = ({ api, client, projectId }: Place) =>
  readAfresh(client, scopeQuery(api, projectId))

const modeWrite = (place: Place, inboundEnabled: boolean): Write<JobTokenScope> => ({
  what: inboundEnabled,
  send: (once) => place.api.setInboundEnabled(place.projectId, inboundEnabled, once),
  read: () => readScope(place),
  isDone: (scope) => scope.inboundEnabled === inboundEnabled,
  // There are two modes: a change by somebody else has set the wanted one already. GitLab is asked
  // first, so that nothing is sent then.
  isAsSeen: () => true,
})

/**
 * Saves the mode and reads it back. An instance that enforces the allowlist either takes the write
 * and keeps its value (seen on GitLab 17.11) or refuses it (seen from 18.11 on): for a Maintainer
 * there is no other way to learn of it. Both end alike, with `held` false.
 * @throws ApiError for every other refusal, and where the answer was lost and nothing was saved
 */
export async function saveMode(
  inboundEnabled: boolean,
  carefully: CarefulWrite,
  place: Place,
): Promise<{ held: boolean }> {
  const { api, client } = place
  let enforced = false
  try {
    await carefully(modeWrite(place, inboundEnabled))
  } catch (error) {
    if (!(error instanceof ApiError && error.reason === 'enforced')) throw error
    enforced = true
  }
  // A read that fails does not undo the write; its own place on the screen says so.
  const now = await readScope(place).catch((): Partial<JobTokenScope> => ({}))
  const kept = now.inboundEnabled !== undefined && now.inboundEnabled !== inboundEnabled
  const held = !enforced && !kept
  if (!held) {
    client.setQueryData(enforcementQuery(api).queryKey, { enforced: true, refusedAt: Date.now() })
  }
  return { held }
}

/** Forgets that a save was refused, so that the mode can be tried again. */
export function useForgetEnforcement(): () => void {
  const api = useApi()
  const client = useQueryClient()
  return () => client.setQueryData(enforcementQuery(api).queryKey, { enforced: false })
}

/** `saveMode` for one form. */
export function useSaveMode(projectId: number, onLate?: (inboundEnabled: boolean) => void) {
  const api = useApi()
  const client = useQueryClient()
  const place = { api, client, projectId }
  return useWrite({
    subject: `mode ${projectId}`,
    write: (inboundEnabled: boolean, carefully) => saveMode(inboundEnabled, carefully, place),
    findLate: async (inboundEnabled) =>
      (await findDone(modeWrite(place, inboundEnabled))) && { held: true },
    refresh: () => client.invalidateQueries({ queryKey: scopeQuery(api, projectId).queryKey }),
    onLate,
  })
}
