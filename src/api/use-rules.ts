import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Rules } from '../domain/decision.ts'
import { fineGrainedSwitch } from '../domain/permissions.ts'
import type { Version } from '../domain/version.ts'
import { allowlistQuery } from './allowlist.ts'
import { ApiError } from './api-error.ts'
import type { Project } from './gitlab-api.ts'
import { fineGrainedAllowedQuery } from './groups.ts'
import { pushSettingsQuery } from './projects.ts'
import { scopeQuery } from './scope.ts'
import { enforcementQuery } from './server.ts'
import { useSignedIn } from './use-api.ts'
import { useLastError } from './use-last-error.ts'

/** A project's rules for job tokens, as far as the signed-in user may read them. */
export type ReadRules =
  | { readonly state: 'waiting' }
  /** For Maintainers and Owners only. */
  | { readonly state: 'unreadable' }
  | { readonly state: 'failed'; readonly query: UseQueryResult<unknown, Error> }
  | { readonly state: 'read'; readonly rules: Rules }

export function useRules(project: Project, version: Version): ReadRules {
  const { api, connection } = useSignedIn()
  const { namespace } = project
  const scope = useQuery(scopeQuery(api, project.id))
  // After the mode: who may not read that, is not told the list either.
  const list = useQuery({ ...allowlistQuery(api, project.id), enabled: scope.isSuccess })
  const push = useQuery({ ...pushSettingsQuery(api, project), enabled: scope.isSuccess })
  const enforcement = useQuery({ ...enforcementQuery(api), enabled: connection.user.isAdmin })
  const groupSwitch = useQuery({
    ...fineGrainedAllowedQuery(api, namespace.id),
    enabled: fineGrainedSwitch(version) === 'group' && namespace.kind === 'group',
  })

  const scopeError = useLastError(scope)
  const listError = useLastError(list)

  if (isForbidden(scope.data, scopeError) || isForbidden(list.data, listError)) {
    return { state: 'unreadable' }
  }
  if (scope.data && list.data) {
    return {
      state: 'read',
      rules: {
        mode: {
          inboundEnabled: scope.data.inboundEnabled,
          enforced: enforcement.data?.enforced === true,
        },
        entries: list.data.entries,
        complete: list.data.loaded === list.data.total,
        fineGrainedAllowed: groupSwitch.data !== false,
        push: push.data ?? project.push,
      },
    }
  }
  if (scopeError) return { state: 'failed', query: scope }
  return listError ? { state: 'failed', query: list } : { state: 'waiting' }
}

const isForbidden = (data: unknown, error: Error | null) =>
  data === undefined && error instanceof ApiError && error.kind === 'forbidden'
