import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Project } from '../../api/gitlab-api.ts'
import { fineGrainedAllowedQuery } from '../../api/groups.ts'
import { scopeQuery } from '../../api/scope.ts'
import { metadataQuery } from '../../api/server.ts'
import { useApi } from '../../api/use-api.ts'
import type { AllowlistEntry } from '../../domain/allowlist.ts'
import type { Circumstances } from '../../domain/change.ts'
import { fineGrainedSwitch } from '../../domain/permissions.ts'

/**
 * For queries that the dialog shares with its page: the page has fetched them and keeps them fresh.
 */
const asThePage = { staleTime: Number.POSITIVE_INFINITY } as const

/**
 * The facts that decide the effect of a change besides the change itself, as far as they are known.
 * @param rows all of the list; undefined where not all of it is known
 * @returns undefined until the mode and the version are known, and without the whole list
 */
export function useCircumstances(
  project: Project,
  rows: readonly AllowlistEntry[] | undefined,
): Circumstances | undefined {
  const api = useApi()
  const version = useQuery(metadataQuery(api)).data?.version
  const inForce = useQuery({ ...scopeQuery(api, project.id), ...asThePage }).data?.inboundEnabled
  const isGroups = version !== undefined && fineGrainedSwitch(version) === 'group'
  const allowed = useQuery({
    ...fineGrainedAllowedQuery(api, project.namespace.id),
    enabled: isGroups && project.namespace.kind === 'group',
  }).data
  return useMemo(
    () =>
      rows && version && inForce !== undefined
        ? { entries: rows, project, inForce, fineGrainedAllowed: allowed !== false, version }
        : undefined,
    [rows, project, inForce, allowed, version],
  )
}
