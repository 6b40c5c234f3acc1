import { useQuery } from '@tanstack/react-query'
import type { Project } from '../../api/gitlab-api.ts'
import { pushSettingsQuery } from '../../api/projects.ts'
import { scopeQuery } from '../../api/scope.ts'
import { useApi } from '../../api/use-api.ts'
import type { ListSettings } from '../../domain/as-code/list-file.ts'

/** The settings beside the list, as far as they could be read. */
export function useListSettings(project: Project): {
  readonly settings: ListSettings
  readonly isReading: boolean
  readonly isIncomplete: boolean
} {
  const api = useApi()
  const scope = useQuery(scopeQuery(api, project.id))
  const push = useQuery(pushSettingsQuery(api, project))
  return {
    settings: {
      inboundEnabled: scope.data?.inboundEnabled,
      pushAllowed: push.data?.own,
      crossProjectPushAllowed: push.data?.crossProject,
    },
    isReading: scope.isPending || push.isPending,
    isIncomplete: scope.data === undefined || push.data === undefined,
  }
}
