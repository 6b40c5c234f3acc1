import { type GitLab, type Group, guest, maintainer, type Project, type User } from './model.ts'
import type { Input } from './params.ts'
import { forbidden, notFound, Refusal, unauthorized } from './refusal.ts'

/** The user of a request, and the scope of their token. */
export type Caller = { readonly user: User; readonly scope: 'api' | 'read_api' }

/** A caller at one simulated GitLab. */
export type Session = { readonly gitlab: GitLab; readonly caller: Caller }

/** An authenticated REST request, the argument of every operation. */
export type RestRequest = Session & { readonly input: Input }

/**
 * Finds the owner of a token: `glpat-<role>`, `glpat-maintainer-read-api` (may only read), or a
 * token issued by OAuth.
 * @throws Refusal 401 without a known, valid token; 403 when a `read_api` token would write
 * @see https://docs.gitlab.com/api/rest/authentication/
 */
export function authenticate(gitlab: GitLab, token: string | null, writes: boolean): Caller {
  const issued = gitlab.oauth.tokens.get(token ?? '')
  if (issued?.revoked) {
    throw invalidToken('Token was revoked. You have to re-authorize from the user.')
  }
  if (token === 'glpat-expired' || (issued && hasEnded(gitlab, issued))) {
    throw invalidToken('Token is expired. You can either do re-authorization or token refresh.')
  }
  const caller = findCaller(gitlab, token)
  if (!caller) throw unauthorized()
  if (writes && caller.scope === 'read_api') {
    throw new Refusal(403, {
      error: 'insufficient_scope',
      error_description:
        'The request requires higher privileges than provided by the access token.',
      scope: 'api',
    })
  }
  return caller
}

const invalidToken = (description: string) =>
  new Refusal(401, { error: 'invalid_token', error_description: description })

const hasEnded = (gitlab: GitLab, { expiresAt }: { readonly expiresAt: number }) =>
  expiresAt <= Date.parse(gitlab.now)

/** The owner of a token; undefined for an unknown or expired one. */
export function findCaller(gitlab: GitLab, token: string | null): Caller | undefined {
  const issued = gitlab.oauth.tokens.get(token ?? '')
  if (issued) return issued.revoked || hasEnded(gitlab, issued) ? undefined : issued
  if (token === 'glpat-maintainer-read-api') {
    return { user: gitlab.roles.maintainer, scope: 'read_api' }
  }
  for (const [role, user] of Object.entries(gitlab.roles)) {
    if (token === `glpat-${role}`) return { user, scope: 'api' }
  }
  return undefined
}

/** The highest access level that the user has in the group or one of its ancestors; 0 for none. */
export function groupLevel(user: User, group: Group | null): number {
  let level = 0
  for (let at = group; at; at = at.parent) level = Math.max(level, user.groupLevels.get(at.id) ?? 0)
  return level
}

/**
 * The highest access level that the user has in the project, directly or inherited; 0 for none.
 * @see https://docs.gitlab.com/user/project/members/#membership-types
 */
export function projectLevel(user: User, project: Project): number {
  return Math.max(user.projectLevels.get(project.id) ?? 0, groupLevel(user, project.group))
}

/**
 * Whether the user can read the project: public and internal projects are open to all signed-in
 * users, private ones to members; administrators can read all.
 * @see https://docs.gitlab.com/user/public_access/
 */
export function canReadProject(user: User, project: Project): boolean {
  return project.visibility !== 'private' || user.admin || projectLevel(user, project) >= guest
}

/** As for projects; a private group is also visible to members of a project inside it. */
export function canReadGroup(gitlab: GitLab, user: User, group: Group): boolean {
  if (group.visibility !== 'private' || user.admin || groupLevel(user, group) >= guest) return true
  for (const projectId of user.projectLevels.keys()) {
    const inside = gitlab.projects.get(projectId)?.fullPath.startsWith(`${group.fullPath}/`)
    if (inside) return true
  }
  return false
}

/** Whether the user is a Maintainer or Owner of the project, or an administrator. */
export function canAdminProject(user: User, project: Project): boolean {
  return user.admin || projectLevel(user, project) >= maintainer
}

/**
 * Finds a project by id or full path.
 * @throws Refusal 404, the same for a missing and for a hidden project
 */
export function findProject({ gitlab, caller }: Session, id: string | number): Project {
  const project = isId(id) ? gitlab.projects.get(Number(id)) : gitlab.projectsByPath.get(keyOf(id))
  if (!project || !canReadProject(caller.user, project)) throw notFound('Project')
  return project
}

/** Finds a group by id or full path; refuses as `findProject` does. */
export function findGroup({ gitlab, caller }: RestRequest, id: string | number): Group {
  const group = isId(id) ? gitlab.groups.get(Number(id)) : gitlab.groupsByPath.get(keyOf(id))
  if (!group || !canReadGroup(gitlab, caller.user, group)) throw notFound('Group')
  return group
}

const isId = (id: string | number) => /^\d+$/.test(String(id))

/** GitLab finds full paths in any letter case. */
export const keyOf = (fullPath: string | number) => String(fullPath).toLowerCase()

/**
 * Finds a project whose settings the caller may change.
 * @throws Refusal 404 as `findProject` does; 403 for callers below Maintainer
 */
export function findAdministered(request: RestRequest, id: string | number): Project {
  const project = findProject(request, id)
  if (!canAdminProject(request.caller.user, project)) throw forbidden()
  return project
}

/**
 * Finds a project as `findAdministered` does, for a write: archived projects are read-only.
 * @see https://docs.gitlab.com/user/project/working_with_projects/#archive-a-project
 */
export function findWritable(request: RestRequest, id: string | number): Project {
  const project = findAdministered(request, id)
  refuseArchived(project)
  return project
}

export function refuseArchived(project: Project): void {
  if (project.archived) throw forbidden()
}
