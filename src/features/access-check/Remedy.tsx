import { useRouter } from '@tanstack/react-router'
import type { Project } from '../../api/gitlab-api.ts'
import type { Origin } from '../../domain/decision.ts'
import type { EntryChange } from '../../domain/inquiry.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { PageLink } from '../shared/PageLink.tsx'
import { hrefOf } from './address.ts'
import { CopyButton } from './CopyButton.tsx'
import { originName, policyList } from './check-words.ts'
import type { ReadRules } from './use-rules.ts'

/** What would allow a call: a change of the entries of a project, or what is asked of one. */
export type Wish = { readonly id: string } & (
  | EntryChange
  | { readonly kind: 'ask'; readonly policies: readonly string[] }
)

type RemedyProps = {
  wish: Wish
  /** Whether it is the checked project that has to change. */
  here: boolean
  /** What another project is called. */
  name?: string | undefined
  project: Project
  origin: Origin
  rules: ReadRules
}

/**
 * Leads to the dialog, filled in; where the user may not open it, copies a request that leads there
 * whoever may.
 */
export function Remedy({ wish, here, name = wish.id, project, origin, rules }: RemedyProps) {
  const router = useRouter()
  const policies = wish.kind === 'ask' ? wish.policies : wish.permissions.policies
  const isDefault = wish.kind !== 'ask' && wish.permissions.defaultPermissions
  const search = {
    dialog: wish.kind === 'raise-entry' ? ('edit' as const) : ('add' as const),
    target: wish.kind === 'raise-entry' ? wish.entry.target.fullPath : target(origin),
    policies: isDefault ? undefined : policies.join() || 'none',
    kind: wish.kind === 'raise-entry' ? wish.entry.target.kind : ('project' as const),
  }

  function request(): string {
    const names = { origin: requester(origin), project: wish.id }
    const url = hrefOf(router, '/projects/$id/settings/ci_cd', wish.id, search)
    return policies.length > 0
      ? m.check_request_text({ ...names, policies: policyList(policies), url })
      : m.check_request_any({ ...names, url })
  }

  if (here && rules.state === 'unreadable') {
    return <CopyButton text={request}>{m.check_request()}</CopyButton>
  }
  return (
    <PageLink to="/projects/$id/settings/ci_cd" params={{ id: wish.id }} search={search}>
      {wish.kind === 'raise-entry'
        ? m.check_edit()
        : wish.id === project.fullPath
          ? m.check_add()
          : m.check_add_elsewhere({ project: name })}
    </PageLink>
  )
}

const target = ({ fullPath, id }: Origin) => fullPath ?? (id === undefined ? undefined : String(id))

const requester = (origin: Origin) =>
  target(origin) === undefined ? m.check_request_origin() : originName(origin)
