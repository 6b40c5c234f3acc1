import { useRouter } from '@tanstack/react-router'
import type { TargetKind } from '../../domain/allowlist.ts'
import type { PermissionConfiguration } from '../../domain/permissions.ts'
import { wishSearch } from './wish-search.ts'

/** What a form holds, as its address has it. */
type Draft = {
  readonly projectId: number
  readonly dialog: 'add' | 'edit'
  /** As typed, where it is not known what it names. */
  readonly target: string
  readonly kind: TargetKind | undefined
  readonly permissions: PermissionConfiguration
}

/**
 * Makes the address under which a form stands as it does now: exact, so that it can also take away. Opened
 * later it is compared with what is stored then, and saves nothing by itself.
 */
export function useDraftLink(): (draft: Draft) => string {
  const router = useRouter()
  return ({ projectId, dialog, target, kind, permissions }) => {
    const { defaultPermissions, policies } = permissions
    const { publicHref } = router.buildLocation({
      to: '/projects/$id/settings/ci_cd',
      params: { id: String(projectId) },
      search: {
        dialog,
        target,
        kind,
        ...wishSearch({ policies, draft: defaultPermissions ? 'default' : 'fine-grained' }),
      },
    })
    return new URL(router.history.createHref(publicHref), location.href).href
  }
}
