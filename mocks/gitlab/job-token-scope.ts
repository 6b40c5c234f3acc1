/**
 * Who may use a job token against a project. The membership part is GitLab's own REST API; the
 * permissions of entries, `PUT` of an entry and the authorization log are the extension that the
 * console speaks, served when `servesPermissions` is set.
 *
 * Parameters are checked before the caller's rights, as GitLab does.
 * @see https://docs.gitlab.com/api/project_job_token_scopes/
 */
import { allowlistLimit, resourceOffers } from '../../src/domain/permission-catalogue.ts'
import {
  type Call,
  canAdminProject,
  canReadGroup,
  canReadProject,
  findAdministered,
  findProject,
  findWritable,
  refuseArchived,
} from './access.ts'
import { basicGroupDto, policiesEnabled } from './groups.ts'
import { userDto } from './instance.ts'
import { type GitLab, isSince, type Link, type Project } from './model.ts'
import { type Page, pageOf, readPaging } from './paging.ts'
import { idOf, Params } from './params.ts'
import { basicProjectDto } from './projects.ts'
import {
  badRequest,
  forbidden,
  methodNotAllowed,
  notFound,
  unknownRoute,
  validationFailed,
} from './refusal.ts'

/** Which of the two lists: GitLab keeps projects and groups apart. */
export type TargetKind = 'project' | 'group'

const lists = { project: 'projectLinks', group: 'groupLinks' } as const

/** `GET …/job_token_scope`: an enforcing instance makes the list count whatever is stored. */
export function readScope(call: Call) {
  const { scope } = findAdministered(call, idOf(call.input))
  return {
    inbound_enabled: scope.inboundEnabled || call.gitlab.enforcesAllowlist,
    outbound_enabled: scope.outboundEnabled,
  }
}

/** `PATCH …/job_token_scope`: accepted, and without effect for now, while the instance enforces. */
export function updateScope(call: Call): void {
  const params = new Params(call.input)
  const enabled = params.boolean('enabled')
  params.refuseInvalid()
  findWritable(call, idOf(call.input)).scope.inboundEnabled = enabled
}

/**
 * `GET …/allowlist`. The project itself is always on its list. Stock GitLab adds it to the stored
 * entries, so that a stored self entry makes two; the extension lists it once. Targets that the
 * caller cannot read are listed like all others.
 */
export function listProjectEntries(call: Call): Page<unknown> {
  const { gitlab } = call
  const { user } = call.caller
  const { project, paging } = readList(call)
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
export function listGroupEntries(call: Call): Page<unknown> {
  const { gitlab } = call
  const { user } = call.caller
  const { project, paging } = readList(call)
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

function readList(call: Call) {
  const params = new Params(call.input)
  const paging = readPaging(params)
  params.refuseInvalid()
  return { project: findAdministered(call, idOf(call.input)), paging }
}

function targetOf<Target>(targets: ReadonlyMap<number, Target>, id: number): Target {
  const target = targets.get(id)
  if (!target) throw new Error(`The world links to ${id}, which it does not have`)
  return target
}

/**
 * Adds the extension's part to items of a list; without a link, that of the project's own unsaved
 * entry. Asks once per list what holds for all its items: lists are long.
 */
function extension(gitlab: GitLab, project: Project) {
  // Where the group's switch is off, GitLab answers as if nothing fine-grained were stored.
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
 * `POST …/allowlist` and `…/groups_allowlist`. Looks, in this order, at the parameters, the
 * caller's rights, the target's existence, its visibility, the limit, and the duplicate: the limit
 * is a validation of the new link, the duplicate only fails at the database.
 */
export function addEntry(call: Call, kind: TargetKind) {
  const { gitlab, input } = call
  const params = new Params(input)
  const { projectId, targetId } = readPair(params, kind)
  const extended = gitlab.servesPermissions
  const wanted = {
    defaultPermissions: extended ? (params.optionalBoolean('default_permissions') ?? true) : true,
    policies: extended ? params.optionalList('job_token_policies', offers(gitlab)) : [],
  }
  params.refuseInvalid()

  const project = findWritable(call, projectId)
  const target = gitlab[kind === 'project' ? 'projects' : 'groups'].get(targetId)
  if (!target) throw notFound(`target_${kind}_id not found`)
  if (!canReadTarget(call, kind, targetId)) {
    throw badRequest(
      `The target_${kind} that you are attempting to access does not exist or you don't have permission to perform this action`,
    )
  }
  // GitLab drops the permissions in silence while the group's switch is off.
  const permissions = policiesEnabled(gitlab, project.group)
    ? wanted
    : { defaultPermissions: true, policies: [] }
  refuseInvalidLink(gitlab, project, kind, targetId, permissions.policies)
  const links = project.scope[lists[kind]]
  if (linkTo(links, targetId)) {
    throw badRequest(`This ${kind} is already in the job token allowlist.`)
  }
  const link = store(call, project, kind, { targetId, ...permissions })
  return { ...pairDto(project, kind, targetId), ...(extended && configurationDto(link)) }
}

/**
 * `PUT …/allowlist/:target_project_id` and `…/groups_allowlist/:target_group_id`, of the extension.
 * The target must be readable: a missing and a hidden one get the 404 that `DELETE` gives a missing
 * one. The project's own entry is created by its first save, within the limit.
 *
 * Assumed, where GitLab says nothing: with the group's switch off (18.0 to 18.2), fine-grained
 * permissions are refused and default ones are accepted without effect.
 */
export function updateEntry(call: Call, kind: TargetKind) {
  const { gitlab, input } = call
  if (!gitlab.servesPermissions) throw methodNotAllowed()
  const params = new Params(input)
  const { projectId, targetId } = readPair(params, kind)
  const defaultPermissions = params.boolean('default_permissions')
  const policies = params.list('job_token_policies', offers(gitlab))
  params.refuseInvalid()

  const project = findWritable(call, projectId)
  if (!canReadTarget(call, kind, targetId)) throw missingTarget(kind)
  const stored = linkTo(project.scope[lists[kind]], targetId)
  const own = kind === 'project' && targetId === project.id
  if (!stored && !own) {
    throw badRequest('Unable to find a job token scope for the given project & target')
  }
  if (!policiesEnabled(gitlab, project.group) && !defaultPermissions) {
    throw badRequest('Failed to update job token scope')
  }
  if (!stored) refuseInvalidLink(gitlab, project, kind, targetId, policies)
  else if (hasDuplicates(policies)) throw badRequest(schemaProblem)
  const link = store(call, project, kind, { ...stored, targetId, defaultPermissions, policies })
  return { ...pairDto(project, kind, targetId), ...configurationDto(link) }
}

/**
 * `DELETE …/allowlist/:target_project_id` and `…/groups_allowlist/:target_group_id`. The target is
 * looked up before the caller's rights, projects through what the caller can see: REST cannot
 * remove a hidden project.
 */
export function removeEntry(call: Call, kind: TargetKind): void {
  const params = new Params(call.input)
  const { projectId, targetId } = readPair(params, kind)
  params.refuseInvalid()

  if (kind === 'project') findProject(call, targetId)
  else if (!call.gitlab.groups.has(targetId)) throw missingTarget('group')
  const project = findProject(call, projectId)
  if (!canAdminProject(call.caller.user, project)) {
    throw forbidden('Insufficient permissions to modify the job token scope')
  }
  refuseArchived(project)
  if (kind === 'project' && targetId === project.id) {
    throw badRequest('Source project cannot be removed from the job token scope')
  }
  const list = lists[kind]
  const links = project.scope[list]
  if (!linkTo(links, targetId)) {
    throw badRequest(`Target ${kind} is not in the job token scope`)
  }
  project.scope[list] = links.filter((link) => link.targetId !== targetId)
}

/**
 * `GET …/job_token_scope/authorizations`, of the extension: one row per origin project, the last
 * used first.
 * @see https://docs.gitlab.com/ci/jobs/ci_job_token/#job-token-authentication-log
 */
export function listAuthorizations(call: Call): Page<unknown> {
  const { gitlab } = call
  if (!gitlab.servesPermissions) throw unknownRoute()
  const { project, paging } = readList(call)
  const rows = [...project.scope.authorizations].sort((a, b) =>
    a.lastAuthorizedAt < b.lastAuthorizedAt ? 1 : -1,
  )
  return pageOf(rows, paging, ({ originId, lastAuthorizedAt, policies }) => {
    const origin = basicProjectDto(gitlab, call.caller.user, targetOf(gitlab.projects, originId))
    return {
      origin_project: {
        id: origin.id,
        name: origin.name,
        path_with_namespace: origin.path_with_namespace,
        avatar_url: origin.avatar_url,
        web_url: origin.web_url,
      },
      last_authorized_at: lastAuthorizedAt,
      job_token_policies: policies,
    }
  })
}

/** Writes of entries take both ids as integers: a full path in the address is invalid. */
const readPair = (params: Params, kind: TargetKind) => ({
  projectId: params.integer('id'),
  targetId: params.integer(`target_${kind}_id`),
})

/** Which policy names the server takes: those its release offers, and the world's extra ones. */
function offers(gitlab: GitLab): (policy: string) => boolean {
  const known = new Set(gitlab.extraPolicies)
  for (const { name, readSince, writeSince } of resourceOffers) {
    if (isSince(gitlab.version, readSince)) known.add(`READ_${name}`)
    if (writeSince && isSince(gitlab.version, writeSince)) known.add(`ADMIN_${name}`)
  }
  return (policy) => known.has(policy)
}

function canReadTarget({ gitlab, caller }: Call, kind: TargetKind, id: number): boolean {
  if (kind === 'project') {
    const project = gitlab.projects.get(id)
    return project !== undefined && canReadProject(caller.user, project)
  }
  const group = gitlab.groups.get(id)
  return group !== undefined && canReadGroup(gitlab, caller.user, group)
}

const missingTarget = (kind: TargetKind) =>
  notFound(kind === 'project' ? 'Project' : 'target_group_id not found')

const linkTo = (links: readonly Link[], targetId: number) =>
  links.find((link) => link.targetId === targetId)

/** Where an entry of this target belongs in a list sorted by id. */
function placeOf(links: readonly Link[], targetId: number): number {
  const at = links.findIndex((link) => link.targetId >= targetId)
  return at < 0 ? links.length : at
}

const schemaProblem = 'Job token policies must be a valid json schema'

const hasDuplicates = (policies: readonly string[]) => new Set(policies).size < policies.length

/** The validations of a new link; projects could not list themselves before 18.3. */
function refuseInvalidLink(
  gitlab: GitLab,
  project: Project,
  kind: TargetKind,
  targetId: number,
  policies: readonly string[],
): void {
  const problems: string[] = []
  if (kind === 'project' && targetId === project.id && !isSince(gitlab.version, '18.3')) {
    problems.push("Target project can't be the same as the source project")
  }
  if (project.scope[lists[kind]].length >= allowlistLimit) {
    problems.push(
      kind === 'project'
        ? 'Source project exceeds the allowable number of project links in this direction'
        : 'Source project exceeds the allowable number of group links',
    )
  }
  if (hasDuplicates(policies)) problems.push(schemaProblem)
  if (problems.length > 0) throw validationFailed(problems)
}

/** Puts a link into its place by id; a new one is the caller's, made now. */
function store(
  { gitlab, caller }: Call,
  project: Project,
  kind: TargetKind,
  changed: Partial<Link> & Omit<Link, 'addedBy' | 'addedAt'>,
): Link {
  const link = { addedBy: caller.user.id, addedAt: gitlab.now, ...changed }
  const list = lists[kind]
  const others = project.scope[list].filter(({ targetId }) => targetId !== link.targetId)
  project.scope[list] = others.toSpliced(placeOf(others, link.targetId), 0, link)
  return link
}

const pairDto = (project: Project, kind: TargetKind, targetId: number) => ({
  source_project_id: project.id,
  [`target_${kind}_id`]: targetId,
})

const configurationDto = (link: Link) => ({
  default_permissions: link.defaultPermissions,
  job_token_policies: link.policies,
})
