import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { allowlistQuery } from '../../api/allowlist.ts'
import { authorizationsQuery } from '../../api/authorizations.ts'
import type { AuthorizationLog } from '../../api/gitlab-api.ts'
import { scopeQuery } from '../../api/scope.ts'
import { useApi } from '../../api/use-api.ts'
import type { Gate } from '../../domain/authentication-log.ts'
import { type EntryIndex, indexEntries } from '../../domain/covering.ts'
import { afterPaint } from '../../ui/defer.ts'

/** The authentication log, asked for once the allowlist, which people come for, has been painted. */
export function useLog(projectId: number): UseQueryResult<AuthorizationLog, Error> {
  const api = useApi()
  const list = useQuery(allowlistQuery(api, projectId))
  const isListSettled = list.data !== undefined || list.isError
  const log = authorizationsQuery(api, projectId)
  const client = useQueryClient()
  // A part that mounts later must not ask again for a log that has failed: enabling a query would.
  const [isAsked, setIsAsked] = useState(() => isSettled(client.getQueryState(log.queryKey)))
  useEffect(() => (isListSettled ? afterPaint(() => setIsAsked(true)) : undefined), [isListSettled])
  return useQuery({ ...log, enabled: isAsked })
}

const isSettled = (state: { status: string } | undefined): boolean =>
  state !== undefined && state.status !== 'pending'

/** The allowlist, to be asked which entry covers a project; undefined until all of it is here. */
export function useEntryIndex(projectId: number): EntryIndex | undefined {
  const { data } = useQuery(allowlistQuery(useApi(), projectId))
  const entries = data && data.loaded === data.total ? data.entries : undefined
  return useMemo(() => entries && indexEntries(entries, projectId), [entries, projectId])
}

/** The settings that let projects in now; undefined until they have been read. */
export function useGate(projectId: number): Gate | undefined {
  const { data: scope } = useQuery(scopeQuery(useApi(), projectId))
  const entries = useEntryIndex(projectId)
  const inboundEnabled = scope?.inboundEnabled
  return useMemo(() => {
    if (inboundEnabled === undefined) return undefined
    // While everybody may come in, nobody has to be looked for on the list.
    const index = inboundEnabled ? entries : indexEntries([], projectId)
    return index && { projectId, inboundEnabled, entries: index }
  }, [projectId, inboundEnabled, entries])
}
