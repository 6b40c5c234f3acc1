/**
 * The rules of a project's allowlist, whichever of GitLab's APIs asks. What they refuse, REST
 * answers as it is and GraphQL by its reason alone.
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

/** Which of the two lists: GitLab keeps projects and groups apart. */
export type TargetKind = 'project' | 'group'

/** Whom an entry lets in. */
export type Target = { readonly kind: TargetKind; readonly id: number }

export type Permissions = Pick<Link, 'defaultPermissions' | 'policies'>

const lists = { project: 'projectLinks', group: 'groupLinks' } as const

/** An enforcing instance makes the list count whatever is stored. */
export const isListInForce = (gitlab: GitLab, { scope }: Project): boolean =>
  scope.inboundEnabled || gitlab.enforcesAllowlist

/**
 * The first release that refuses to take a project off the allowlist while the instance enforces it.
 * Measured by others: 18.11, 19.0 and 19.4 refuse, 17.11 took the write and kept its value. Assumed:
 * the change came with 18.11; in which release between these two it did is not known.
 */
const refusesOpeningSince = '18.11'

/**
 * Stores the mode of a project.
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

/** The policy names that the server takes: those its release offers, and the world's extra ones. */
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

/** Whether the target is there and the caller may see it. */
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

/** Where an entry of this target belongs in a list sorted by id. */
export function placeOf(links: readonly Link[], targetId: number): number {
  const at = links.findIndex((link) => link.targetId >= targetId)
  return at < 0 ? links.length : at
}

/**
 * Adds an existing target. Looks, in this order, at its visibility, the limit, and the duplicate:
 * the limit is a validation of the new link, the duplicate only fails at the database.
 * @throws Refusal 400 with GitLab's reason.
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
  // GitLab drops the permissions in silence while the group's switch is off.
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
 * Changes what an entry grants.
 *
 * Assumed, where GitLab says nothing: with the group's switch off (18.0 to 18.2), fine-grained
 * permissions are refused and default ones are accepted without effect.
 * @throws Refusal 400 with GitLab's reason.
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

/** @throws Refusal 400 when the group's switch does not let the project use these permissions. */
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
 * Takes an entry away; whether the caller can see its target is not looked at.
 * @throws Refusal 400 with GitLab's reason.
 */
export function removeLink(project: Project, target: Target): Link {
  refuseOwn(project, target)
  const link = findLink(project, target)
  if (!link) throw notInScope(target.kind)
  const list = lists[target.kind]
  project.scope[list] = project.scope[list].filter((other) => other !== link)
  return link
}

/** As `removeLink`, for the links of the removed "limit access from this project" setting. */
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

const schemaProblem = 'Job token policies must be a valid json schema'

/** GitLab's JSON schema takes each name once, and no name that it has given up. */
const isInvalid = (policies: readonly string[]) =>
  new Set(policies).size < policies.length ||
  policies.some((policy) => deprecatedPolicies.includes(policy))

/** The validations of a new link; projects could not list themselves before 18.3. */
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

/** Puts a link into its place by id; a new one is the caller's, made now. */
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
