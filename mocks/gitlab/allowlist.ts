/**
 * The rules of a project's allowlist, shared by GitLab's REST and GraphQL. REST answers a refusal
 * as it is; GraphQL answers only its reason.
 *
 * Source: `lib/api/project_job_token_scope.rb` and `app/services/ci/job_token_scope/` of GitLab, of
 * which the version was not recorded; other sources are named where they apply.
 */
import {
  allowlistLimit,
  deprecatedPolicies,
  resourceOffers,
} from '../../src/domain/permission-catalogue.ts'
import { canReadGroup, canReadProject, type Session } from './access.ts'
import { policiesEnabled } from './groups.ts'
import { type GitLab, isSince, type Link, type Project } from './model.ts'
import { badRequest, validationFailed } from './refusal.ts'

/** One of the two lists: GitLab stores project entries and group entries separately. */
export type TargetKind = 'project' | 'group'

/** The project or group that an entry names. */
export type Target = { readonly kind: TargetKind; readonly id: number }

export type Permissions = Pick<Link, 'defaultPermissions' | 'policies'>

const lists = { project: 'projectLinks', group: 'groupLinks' } as const

/** Whether the allowlist counts. Enforcement by the instance overrides the project's setting. */
export const isListInForce = (gitlab: GitLab, { scope }: Project): boolean =>
  scope.inboundEnabled || gitlab.enforcesAllowlist

/**
 * The first release that refuses to switch a project's allowlist off while the instance enforces
 * it. Others measured that 18.11, 19.0 and 19.4 refuse, and that 17.11 answered 204 and kept its
 * value. Assumed: the change came with 18.11; the exact release between these two is not known.
 */
const refusesOpeningSince = '18.11'

/**
 * Stores the mode of a project: only the allowlist, or all groups and projects.
 * @throws Refusal 400 where the instance enforces the allowlist, in newer releases. Assumed: also
 * where the project has "all groups and projects" stored already.
 */
export function changeMode(gitlab: GitLab, { scope }: Project, inboundEnabled: boolean): void {
  const refused = !inboundEnabled && gitlab.enforcesAllowlist
  if (refused && isSince(gitlab.version, refusesOpeningSince)) {
    throw badRequest(
      'Job token scope cannot be disabled for this project because it is enforced for the instance.',
    )
  }
  scope.inboundEnabled = inboundEnabled
}

/**
 * The policy names that the server accepts: those of its release, and the extra ones of the world.
 */
export function offeredPolicies(
  gitlab: Pick<GitLab, 'version' | 'extraPolicies'>,
): ReadonlySet<string> {
  const offered = new Set(gitlab.extraPolicies)
  for (const { name, readSince, writeSince } of resourceOffers) {
    if (isSince(gitlab.version, readSince)) offered.add(`READ_${name}`)
    if (writeSince && isSince(gitlab.version, writeSince)) offered.add(`ADMIN_${name}`)
  }
  return offered
}

/** Whether the target exists and the caller may see it. */
export function canReadTarget({ gitlab, caller }: Session, { kind, id }: Target): boolean {
  if (kind === 'project') {
    const project = gitlab.projects.get(id)
    return project !== undefined && canReadProject(caller.user, project)
  }
  const group = gitlab.groups.get(id)
  return group !== undefined && canReadGroup(gitlab, caller.user, group)
}

export const findLink = ({ scope }: Project, { kind, id }: Target): Link | undefined =>
  scope[lists[kind]].find((link) => link.targetId === id)

/** The index at which a target belongs in a list sorted by id. */
export function placeOf(links: readonly Link[], targetId: number): number {
  const at = links.findIndex((link) => link.targetId >= targetId)
  return at < 0 ? links.length : at
}

/**
 * Adds an entry for an existing target. Checks, in this order, the target's visibility, the limit,
 * and the duplicate: the limit is a validation of the new link, while the duplicate fails only in
 * the database.
 * @throws Refusal 400 with GitLab's reason
 */
export function addLink(
  session: Session,
  project: Project,
  target: Target,
  wanted: Permissions,
): Link {
  const { gitlab } = session
  if (!canReadTarget(session, target)) {
    throw badRequest(
      `The target_${target.kind} that you are attempting to access does not exist or you don't have permission to perform this action`,
    )
  }
  // While the group's switch is off, GitLab drops the permissions without an error.
  const permissions = policiesEnabled(gitlab, project.group)
    ? wanted
    : { defaultPermissions: true, policies: [] }
  refuseInvalidLink(gitlab, project, target, permissions.policies)
  if (findLink(project, target)) {
    throw badRequest(`This ${target.kind} is already in the job token allowlist.`)
  }
  return store(session, project, target, permissions)
}

/**
 * Changes the permissions of an entry.
 *
 * Assumed, because no source describes it: with the group's switch off (18.0 to 18.2), fine-grained
 * permissions are refused and default permissions are accepted without effect.
 * @throws Refusal 400 with GitLab's reason
 */
export function changeLink(
  session: Session,
  project: Project,
  target: Target,
  permissions: Permissions,
): Link {
  const stored = findLink(project, target)
  if (!stored) throw badRequest('Unable to find a job token scope for the given project & target')
  refuseWhileOff(session.gitlab, project, permissions)
  if (isInvalid(permissions.policies)) throw badRequest(schemaProblem)
  return store(session, project, target, { ...stored, ...permissions })
}

/** @throws Refusal 400 when fine-grained permissions are wanted while the group's switch is off */
export function refuseWhileOff(
  gitlab: GitLab,
  project: Project,
  { defaultPermissions }: Permissions,
): void {
  if (!policiesEnabled(gitlab, project.group) && !defaultPermissions) {
    throw badRequest('Failed to update job token scope')
  }
}

/**
 * Removes an entry. As in GitLab, the caller need not be able to see its target.
 * @throws Refusal 400 with GitLab's reason
 */
export function removeLink(project: Project, target: Target): Link {
  refuseOwn(project, target)
  const link = findLink(project, target)
  if (!link) throw notInScope(target.kind)
  const list = lists[target.kind]
  project.scope[list] = project.scope[list].filter((other) => other !== link)
  return link
}

/**
 * Removes an outbound link, which belongs to the former setting "Limit access from this project".
 */
export function removeOutboundLink(project: Project, targetId: number): Link {
  refuseOwn(project, { kind: 'project', id: targetId })
  const link = project.scope.outboundLinks.find((other) => other.targetId === targetId)
  if (!link) throw notInScope('project')
  project.scope.outboundLinks = project.scope.outboundLinks.filter((other) => other !== link)
  return link
}

function refuseOwn(project: Project, { kind, id }: Target): void {
  if (kind === 'project' && id === project.id) {
    throw badRequest('Source project cannot be removed from the job token scope')
  }
}

export const notInScope = (kind: TargetKind) =>
  badRequest(`Target ${kind} is not in the job token scope`)

/** What another maintainer may do at any time: every third entry gets Read to Jobs, or loses it. */
export function changeEveryThird({ projects }: GitLab): void {
  const change = (link: Link, at: number): Link =>
    at % 3 === 1
      ? { ...link, defaultPermissions: false, policies: toggled(link.policies, 'READ_JOBS') }
      : link
  for (const { scope } of projects.values()) {
    scope.projectLinks = scope.projectLinks.map(change)
    scope.groupLinks = scope.groupLinks.map(change)
  }
}

const toggled = (policies: readonly string[], policy: string): string[] =>
  policies.includes(policy) ? policies.filter((each) => each !== policy) : [...policies, policy]

const schemaProblem = 'Job token policies must be a valid json schema'

/**
 * Whether GitLab's JSON schema rejects the list for a duplicate or a deprecated name
 * (`app/validators/json_schemas/ci_job_token_policies.json`, gitlabhq 017a6c12).
 */
const isInvalid = (policies: readonly string[]) =>
  new Set(policies).size < policies.length ||
  policies.some((policy) => deprecatedPolicies.includes(policy))

/**
 * Refuses a new link that GitLab's validations reject. Before 18.3, a project cannot list itself.
 */
function refuseInvalidLink(
  gitlab: GitLab,
  project: Project,
  { kind, id }: Target,
  policies: readonly string[],
): void {
  const problems: string[] = []
  if (kind === 'project' && id === project.id && !isSince(gitlab.version, '18.3')) {
    problems.push("Target project can't be the same as the source project")
  }
  if (project.scope[lists[kind]].length >= allowlistLimit) {
    problems.push(
      kind === 'project'
        ? 'Source project exceeds the allowable number of project links in this direction'
        : 'Source project exceeds the allowable number of group links',
    )
  }
  if (isInvalid(policies)) problems.push(schemaProblem)
  if (problems.length > 0) throw validationFailed(problems)
}

/** Inserts a link in the order of ids. A new link is added by the caller, now. */
function store(
  { gitlab, caller }: Session,
  project: Project,
  { kind, id }: Target,
  changed: Partial<Link> & Permissions,
): Link {
  const link = { addedBy: caller.user.id, addedAt: gitlab.now, ...changed, targetId: id }
  const list = lists[kind]
  const others = project.scope[list].filter(({ targetId }) => targetId !== id)
  project.scope[list] = others.toSpliced(placeOf(others, id), 0, link)
  return link
}
