/**
 * The job token scope of a project in REST. Membership and mode are GitLab's own REST API. The
 * permissions of entries, `PUT` of an entry and the authorization log are the extension that the
 * console speaks, served when `servesPermissions` is set.
 *
 * Parameters are validated before the caller's rights, as in GitLab.
 *
 * Sources: https://docs.gitlab.com/api/project_job_token_scopes/ and GitLab's
 * `lib/api/project_job_token_scope.rb`, of which the version was not recorded.
 */
import {
  canAdminProject,
  canReadGroup,
  canReadProject,
  findAdministered,
  findProject,
  findWritable,
  type RestRequest,
  refuseArchived,
} from './access.ts'
import {
  addLink,
  canReadTarget,
  changeLink,
  changeMode,
  findLink,
  isListInForce,
  offeredPolicies,
  type Permissions,
  placeOf,
  refuseWhileOff,
  removeLink,
  type Target,
  type TargetKind,
} from './allowlist.ts'
import { basicGroupDto, policiesEnabled } from './groups.ts'
import { userDto } from './instance.ts'
import {
  authenticationLogSince,
  type GitLab,
  isSince,
  type Link,
  lastUsedFirst,
  type Project,
  targetOf,
} from './model.ts'
import { type Page, pageOf, readPaging } from './paging.ts'
import { idOf, Params } from './params.ts'
import { basicProjectDto } from './projects.ts'
import { forbidden, methodNotAllowed, notFound, unknownRoute } from './refusal.ts'

/** `GET …/job_token_scope`: the effective mode, which an enforcing instance overrides. */
export function readScope(request: RestRequest) {
  const project = findAdministered(request, idOf(request.input))
  return {
    inbound_enabled: isListInForce(request.gitlab, project),
    outbound_enabled: project.scope.outboundEnabled,
  }
}

/**
 * `PATCH …/job_token_scope`. While the instance enforces the allowlist, older releases accept the
 * change without effect, and newer ones refuse it.
 */
export function updateScope(request: RestRequest): void {
  const params = new Params(request.input)
  const enabled = params.boolean('enabled')
  params.refuseInvalid()
  changeMode(request.gitlab, findWritable(request, idOf(request.input)), enabled)
}

/**
 * `GET …/allowlist`. The project itself is always listed. Stock GitLab adds it to the stored
 * entries, so that a stored entry of its own appears as a duplicate; the extension lists it once.
 * Targets that the caller cannot read are listed, too.
 */
export function listProjectEntries(request: RestRequest): Page<unknown> {
  const { gitlab } = request
  const { user } = request.caller
  const { project, paging } = readList(request)
  const links = project.scope.projectLinks
  const at = placeOf(links, project.id)
  const listed =
    gitlab.servesPermissions && links[at]?.targetId === project.id
      ? links
      : [...links.slice(0, at), undefined, ...links.slice(at)]
  const extend = extension(gitlab, project)
  return pageOf(listed, paging, (link) => {
    const target = link ? targetOf(gitlab.projects, link.targetId) : project
    return extend(basicProjectDto(gitlab, user, target), link, () => canReadProject(user, target))
  })
}

/** `GET …/groups_allowlist`. */
export function listGroupEntries(request: RestRequest): Page<unknown> {
  const { gitlab } = request
  const { user } = request.caller
  const { project, paging } = readList(request)
  const extend = extension(gitlab, project)
  return pageOf(project.scope.groupLinks, paging, (link) => {
    const target = targetOf(gitlab.groups, link.targetId)
    const basic = basicGroupDto(gitlab, target)
    const item = gitlab.servesPermissions
      ? { ...basic, full_path: target.fullPath, avatar_url: target.avatarUrl }
      : basic
    return extend(item, link, () => canReadGroup(gitlab, user, target))
  })
}

function readList(request: RestRequest) {
  const params = new Params(request.input)
  const paging = readPaging(params)
  params.refuseInvalid()
  return { project: findAdministered(request, idOf(request.input)), paging }
}

/**
 * Adds the extension's fields to the items of a list; an item without a link is the project's own
 * unsaved entry. Reads the properties of the project once, because lists are long.
 */
function extension(gitlab: GitLab, project: Project) {
  // While the group's switch is off, GitLab answers as if only default permissions were stored.
  const fineGrained = policiesEnabled(gitlab, project.group)
  return (item: object, link: Link | undefined, accessible: () => boolean): object => {
    if (!gitlab.servesPermissions) return item
    const addedBy = link?.addedBy ? gitlab.users.get(link.addedBy) : undefined
    return Object.assign(item, {
      default_permissions: link && fineGrained ? link.defaultPermissions : true,
      job_token_policies: link && fineGrained ? link.policies : [],
      added_by: addedBy ? userDto(gitlab, addedBy) : null,
      added_at: link?.addedAt ?? null,
      accessible: accessible(),
    })
  }
}

/**
 * `POST …/allowlist` and `…/groups_allowlist`. Checks, in this order, the parameters, the caller's
 * rights, the target's existence, and the rules of the list.
 */
export function addEntry(request: RestRequest, kind: TargetKind) {
  const { gitlab, input } = request
  const params = new Params(input)
  const { projectId, target } = readPair(params, kind)
  const extended = gitlab.servesPermissions
  const wanted = {
    defaultPermissions: extended ? (params.optionalBoolean('default_permissions') ?? true) : true,
    policies: extended ? params.optionalList('job_token_policies', offers(gitlab)) : [],
  }
  params.refuseInvalid()

  const project = findWritable(request, projectId)
  const targets = gitlab[kind === 'project' ? 'projects' : 'groups']
  if (!targets.has(target.id)) throw notFound(`target_${kind}_id not found`)
  const link = addLink(request, project, target, wanted)
  return { ...pairDto(project, target), ...(extended && configurationDto(link)) }
}

/**
 * `PUT …/allowlist/:target_project_id` and `…/groups_allowlist/:target_group_id`, part of the
 * extension. The caller must be able to read the target; a missing and a hidden target get the same
 * 404, which is the one that `DELETE` gives for a missing one. The first save of the project's own
 * entry creates it, within the limit.
 */
export function updateEntry(request: RestRequest, kind: TargetKind) {
  const { gitlab, input } = request
  if (!gitlab.servesPermissions) throw methodNotAllowed()
  const params = new Params(input)
  const { projectId, target } = readPair(params, kind)
  const permissions = {
    defaultPermissions: params.boolean('default_permissions'),
    policies: params.list('job_token_policies', offers(gitlab)),
  }
  params.refuseInvalid()

  const project = findWritable(request, projectId)
  if (!canReadTarget(request, target)) throw missingTarget(kind)
  const isOwn = kind === 'project' && target.id === project.id
  const link =
    isOwn && !findLink(project, target)
      ? addOwnLink(request, project, target, permissions)
      : changeLink(request, project, target, permissions)
  return { ...pairDto(project, target), ...configurationDto(link) }
}

function addOwnLink(
  request: RestRequest,
  project: Project,
  target: Target,
  permissions: Permissions,
): Link {
  refuseWhileOff(request.gitlab, project, permissions)
  return addLink(request, project, target, permissions)
}

/**
 * `DELETE …/allowlist/:target_project_id` and `…/groups_allowlist/:target_group_id`. The target is
 * looked up before the caller's rights are checked. Hidden projects are not found, so that REST
 * cannot remove their entries.
 */
export function removeEntry(request: RestRequest, kind: TargetKind): void {
  const params = new Params(request.input)
  const { projectId, target } = readPair(params, kind)
  params.refuseInvalid()

  if (kind === 'project') findProject(request, target.id)
  else if (!request.gitlab.groups.has(target.id)) throw missingTarget('group')
  const project = findProject(request, projectId)
  if (!canAdminProject(request.caller.user, project)) {
    throw forbidden('Insufficient permissions to modify the job token scope')
  }
  refuseArchived(project)
  removeLink(project, target)
}

/**
 * `GET …/job_token_scope/authorizations`, part of the extension: one row per origin project, the
 * last used one first. The name and path of a project are shown even to callers who cannot see it,
 * as in GraphQL; a deleted project has neither.
 * @see https://docs.gitlab.com/ci/jobs/ci_job_token/#job-token-authentication-log
 */
export function listAuthorizations(request: RestRequest): Page<unknown> {
  const { gitlab } = request
  if (!gitlab.servesPermissions || !isSince(gitlab.version, authenticationLogSince)) {
    throw unknownRoute()
  }
  const { project, paging } = readList(request)
  return pageOf(lastUsedFirst(project), paging, ({ originId, lastAuthorizedAt, policies }) => {
    const { user } = request.caller
    const found = gitlab.projects.get(originId)
    const origin = found && basicProjectDto(gitlab, user, found)
    const isVisible = found && canReadProject(user, found)
    return {
      origin_project: origin
        ? {
            id: origin.id,
            name: origin.name,
            path_with_namespace: origin.path_with_namespace,
            avatar_url: isVisible ? origin.avatar_url : null,
            web_url: isVisible ? origin.web_url : null,
          }
        : null,
      last_authorized_at: lastAuthorizedAt,
      job_token_policies: policies,
    }
  })
}

/** The two ids in an entry's address. GitLab declares both as integers: a path is invalid. */
const readPair = (params: Params, kind: TargetKind) => ({
  projectId: params.integer('id'),
  target: { kind, id: params.integer(`target_${kind}_id`) },
})

function offers(gitlab: GitLab): (policy: string) => boolean {
  const offered = offeredPolicies(gitlab)
  return (policy) => offered.has(policy)
}

const missingTarget = (kind: TargetKind) =>
  notFound(kind === 'project' ? 'Project' : 'target_group_id not found')

const pairDto = (project: Project, { kind, id }: Target) => ({
  source_project_id: project.id,
  [`target_${kind}_id`]: id,
})

const configurationDto = (link: Link) => ({
  default_permissions: link.defaultPermissions,
  job_token_policies: link.policies,
})
