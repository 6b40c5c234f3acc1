/**
 * Groups in GitLab's REST API.
 * @see https://docs.gitlab.com/api/groups/
 */
import { canReadGroup, findGroup, groupLevel, type RestRequest } from './access.ts'
import { groupWebUrl, readMinLevel, searchable, searchRank, sortBy } from './listing.ts'
import { type GitLab, type Group, guest, isSince, owner, type User } from './model.ts'
import { type Page, pageOf, readPaging } from './paging.ts'
import { idOf, Params } from './params.ts'
import { forbidden } from './refusal.ts'

/** An item of the groups allowlist on stock GitLab, which has no path. */
export const basicGroupDto = (gitlab: GitLab, group: Group) => ({
  id: group.id,
  web_url: groupWebUrl(gitlab, group),
  name: group.name,
})

function groupDto(gitlab: GitLab, user: User, group: Group) {
  return {
    ...basicGroupDto(gitlab, group),
    path: group.path,
    description: group.description,
    visibility: group.visibility,
    avatar_url: group.avatarUrl,
    full_name: group.fullName,
    full_path: group.fullPath,
    parent_id: group.parent?.id ?? null,
    created_at: group.createdAt,
    archived: false,
    ...(hasPoliciesSwitch(gitlab) &&
      canAdminGroup(user, group) && {
        job_token_policies_enabled: group.jobTokenPoliciesEnabled,
      }),
  }
}

const canAdminGroup = (user: User, group: Group) => user.admin || groupLevel(user, group) >= owner

/**
 * Whether groups have the switch for fine-grained permissions (the column
 * `job_token_policies_enabled` of `namespace_settings`). 18.3 removed it and left the feature on.
 */
const hasPoliciesSwitch = ({ servesPermissions, version }: GitLab) =>
  servesPermissions && isSince(version, '17.11') && !isSince(version, '18.3')

/** Whether projects of the group may use fine-grained permissions. */
export function policiesEnabled(gitlab: GitLab, group: Group): boolean {
  if (isSince(gitlab.version, '18.3')) return true
  for (let at: Group | null = group; at; at = at.parent) if (at.jobTokenPoliciesEnabled) return true
  return false
}

const orders = ['id', 'name', 'path', 'similarity'] as const

/** `GET /groups`: the caller's own groups, or with `all_available` all groups that they may see. */
export function listGroups(request: RestRequest): Page<unknown> {
  const { gitlab } = request
  const { user } = request.caller
  const params = new Params(request.input)
  const paging = readPaging(params)
  const search = params.optionalText('search')
  const minLevel = readMinLevel(params)
  const allAvailable = params.optionalBoolean('all_available') ?? user.admin
  const order = params.optionalChoice('order_by', orders) ?? 'name'
  const direction = params.optionalChoice('sort', ['asc', 'desc']) ?? 'asc'
  params.refuseInvalid()

  // `min_access_level` takes precedence over `all_available`.
  const wanted = minLevel || (allAvailable ? 0 : guest)
  const rows = [...gitlab.groups.values()].filter(
    (group) =>
      (wanted === 0 ? canReadGroup(gitlab, user, group) : groupLevel(user, group) >= wanted) &&
      (!search || searchable(search, group, true)),
  )
  const keys = {
    id: () => 0,
    name: (group: Group) => group.name.toLowerCase(),
    path: (group: Group) => group.path.toLowerCase(),
    similarity: (group: Group) => (search ? -searchRank(search, group) : group.name.toLowerCase()),
  }
  return pageOf(sortBy(rows, keys[order], direction), paging, (group) =>
    groupDto(gitlab, user, group),
  )
}

/** `GET /groups/:id`, by id or full path. */
export function readGroup(request: RestRequest) {
  return groupDto(request.gitlab, request.caller.user, findGroup(request, idOf(request.input)))
}

/** `PUT /groups/:id`, by Owners: changes only the switch for fine-grained permissions. */
export function updateGroup(request: RestRequest) {
  const { gitlab, caller, input } = request
  const params = new Params(input)
  const enabled = params.optionalBoolean('job_token_policies_enabled')
  params.refuseInvalid()
  const group = findGroup(request, idOf(input))
  if (!canAdminGroup(caller.user, group)) throw forbidden()
  if (enabled !== undefined && hasPoliciesSwitch(gitlab)) group.jobTokenPoliciesEnabled = enabled
  return groupDto(gitlab, caller.user, group)
}
