/**
 * Decides requests of CI/CD job tokens: the allowlist, its permissions, and the rights of the user
 * who started the job, in GitLab's order of checks and with its texts.
 *
 * Sources: https://docs.gitlab.com/ci/jobs/ci_job_token/ and GitLab's
 * - `app/models/ci/job_token/scope.rb`: gitlabhq 039951a8, and for entries that limit the project's
 *   own jobs (since 18.3) the description of merge request 192395;
 * - `app/models/ci/job_token/allowlist.rb` (the nearest entry): gitlabhq 800235cc;
 * - `app/policies/project_policy.rb`: GitLab 19.0;
 * - `lib/api/helpers.rb` (texts of refusals): gitlabhq d66adcb6, except that project paths are
 *   named here as before 19.1.
 */
import { canReadGroup, canReadProject, keyOf, projectLevel } from './access.ts'
import { findLink, isListInForce } from './allowlist.ts'
import { policiesEnabled } from './groups.ts'
import {
  type FeatureName,
  type GitLab,
  type Group,
  isSince,
  type Link,
  type Project,
  type User,
} from './model.ts'
import { forbidden, notFound, Refusal, unauthorized } from './refusal.ts'

/** One request to an endpoint that takes job tokens. */
export type JobRoute = {
  readonly method: string
  /** The path in the catalogue's spelling. */
  readonly path: string
  /** The required policies in upper case; empty where permissions do not control the endpoint. */
  readonly needs: readonly string[]
  readonly since?: string
  /** The decoded parameters of the path; an optional parameter that is absent is empty. */
  readonly params: Readonly<Record<string, string>>
}

/** The project and user of a job. Without a user, the job acts as a Developer of both projects. */
type Job = { readonly origin: Project; readonly user: User | undefined }

const developer = 30

/**
 * Answers a job's request. The mock has no jobs, packages and the like: an allowed request gets the
 * name of its endpoint as its answer. It appears in the accessed project's authentication log at
 * once; GitLab takes five minutes.
 * @param token `project-<id>`, or `project-<id>:<username>` for a user of the world
 * @returns the answer, and whether the authentication log changed
 * @throws Refusal with GitLab's status: 401 for an unknown token, 403 or 404 for a refused request
 */
export function callAsJob(gitlab: GitLab, token: string, route: JobRoute) {
  const job = findJob(gitlab, token)
  // Assumed: an endpoint that does not accept job tokens yet answers as to an anonymous request.
  if (!job || !isServed(gitlab, route)) throw unauthorized()
  const body = { endpoint: `${route.method} ${route.path}` }
  if (!namesProject(route)) {
    refuseGroup(gitlab, job, route)
    return { body, logged: false }
  }
  const project = projectOf(gitlab, route)
  const isRegistry = route.path.startsWith('/projects/:id/registry/')
  if (isRegistry && project !== job.origin) {
    throw forbidden(
      "This project's CI/CD job token cannot be used to authenticate with the container registry of a different project.",
    )
  }
  if (!project) throw notFound('Project')
  refuseOutsider(gitlab, job, project)
  refusePolicies(gitlab, job, project, route)
  refuseByRights(gitlab, job, project, route)
  const crossesOver = project !== job.origin && isInScope(gitlab, job.origin, project)
  return { body, logged: crossesOver && log(gitlab, job.origin, project, route.needs) }
}

function findJob(gitlab: GitLab, token: string): Job | undefined {
  const [, id, username] = /^project-(\d+)(?::(.+))?$/.exec(token) ?? []
  const origin = gitlab.projects.get(Number(id))
  const user = [...gitlab.users.values()].find((one) => one.username === username)
  return origin && (user || username === undefined) ? { origin, user } : undefined
}

const isServed = ({ version }: GitLab, { since }: JobRoute) =>
  since === undefined || isSince(version, since)

/**
 * Whether the request is about one project. Permissions belong to a project: an endpoint that
 * requires some is about one, even where its path does not name it.
 */
const namesProject = ({ path, needs }: JobRoute) =>
  path.startsWith('/projects/') || needs.length > 0

function refuseGroup(gitlab: GitLab, { user }: Job, { path, params }: JobRoute): void {
  if (!/^\/groups?\//.test(path)) return
  const id = params.id ?? ''
  const group = /^\d+$/.test(id)
    ? gitlab.groups.get(Number(id))
    : gitlab.groupsByPath.get(keyOf(id))
  if (!group || (user && !canReadGroup(gitlab, user, group))) throw notFound('Group')
}

/**
 * The project of a request. Instance-wide Maven and Conan paths contain it in the name of the
 * package.
 * @throws Refusal 404 where only a package or job would tell the project: the mock has none
 */
function projectOf(gitlab: GitLab, { path, params }: JobRoute): Project | undefined {
  if (path.startsWith('/projects/')) {
    const id = params.id ?? ''
    return /^\d+$/.test(id) ? gitlab.projects.get(Number(id)) : gitlab.projectsByPath.get(keyOf(id))
  }
  if (path.startsWith('/packages/conan/')) {
    return gitlab.projectsByPath.get(keyOf((params.package_username ?? '').replaceAll('+', '/')))
  }
  if (path.startsWith('/packages/maven/')) {
    const segments = (params.path ?? '').split('/')
    for (let end = segments.length; end > 1; end--) {
      const project = gitlab.projectsByPath.get(keyOf(segments.slice(0, end).join('/')))
      if (project) return project
    }
  }
  throw new Refusal(404, { message: '404 Not Found' })
}

/**
 * Whether the accessed project's inbound allowlist and the origin's outbound allowlist both let the
 * origin's jobs in. The outbound one is left over from a setting that GitLab 18.0 removed.
 */
function isInScope(gitlab: GitLab, origin: Project, project: Project): boolean {
  if (origin === project) return true
  const mayGo =
    !origin.scope.outboundEnabled ||
    project.visibility !== 'private' ||
    origin.scope.outboundLinks.some(({ targetId }) => targetId === project.id)
  return mayGo && (!isListInForce(gitlab, project) || nearestLink(project, origin) !== undefined)
}

/**
 * The entry that decides: the origin's own one, or else that of its closest listed ancestor group.
 */
function nearestLink(project: Project, origin: Project): Link | undefined {
  const link = findLink(project, { kind: 'project', id: origin.id })
  if (link) return link
  for (let group: Group | null = origin.group; group; group = group.parent) {
    const groupLink = findLink(project, { kind: 'group', id: group.id })
    if (groupLink) return groupLink
  }
  return undefined
}

/**
 * Refuses an origin that is not in scope, unless the project's package registry is open to
 * everybody. A user who may not read the project gets the same refusal.
 */
function refuseOutsider(gitlab: GitLab, { origin, user }: Job, project: Project): void {
  const sees = isInScope(gitlab, origin, project)
    ? !user || canReadProject(user, project)
    : isOpen(project, 'package_registry')
  if (sees) return
  throw forbidden(
    `Authentication by CI/CD job token not allowed from ${origin.path} to ${project.path}.`,
  )
}

const isOpen = ({ visibility, features }: Project, feature: FeatureName) =>
  visibility !== 'private' && ['enabled', 'public'].includes(features[feature])

/** Checks the entry's policies. A refusal names all required ones, not only the missing ones. */
function refusePolicies(
  gitlab: GitLab,
  { origin }: Job,
  project: Project,
  { needs }: JobRoute,
): void {
  const counts = isListInForce(gitlab, project) && policiesEnabled(gitlab, project.group)
  if (needs.length === 0 || !counts) return
  const link = nearestLink(project, origin)
  if (origin === project && (!link || !isSince(gitlab.version, '18.3'))) return
  if (link?.defaultPermissions) return
  const granted = new Set(link?.policies)
  for (const policy of link?.policies ?? []) granted.add(policy.replace('ADMIN_', 'READ_'))
  if (link && needs.every((policy) => granted.has(policy))) return
  if (isPublicRead(project, needs)) return
  const names = needs.map((policy) => policy.toLowerCase())
  const required = names.length === 1 ? 'permission is required' : 'permissions are required'
  throw forbidden(
    `Insufficient permissions to access this resource in project ${project.path}. The following token ${required}: ${sentence(names)}.`,
  )
}

/** Joins words as Rails' `to_sentence` does. */
const sentence = (words: readonly string[]) =>
  words.length < 3 ? words.join(' and ') : `${words.slice(0, -1).join(', ')}, and ${words.at(-1)}`

/**
 * The features that must be public for everybody to be allowed a read.
 *
 * Assumed for whole resources: GitLab declares this per endpoint
 * (`allow_public_access_for_enabled_project_features`). Features that the mock does not keep, such
 * as issues, open nothing.
 */
const publicFeatures: Readonly<Record<string, readonly FeatureName[]>> = {
  READ_BADGES: ['repository'],
  READ_DEPLOYMENTS: ['environments'],
  READ_ENVIRONMENTS: ['environments'],
  READ_JOBS: ['repository', 'builds'],
  READ_PACKAGES: ['package_registry'],
  READ_PIPELINES: ['repository', 'builds'],
  READ_RELEASES: ['repository', 'releases'],
  READ_REPOSITORIES: ['repository'],
}

const isPublicRead = (project: Project, needs: readonly string[]) =>
  needs.every((policy) => {
    const features = publicFeatures[policy]
    return features?.every((feature) => isOpen(project, feature)) ?? false
  })

/**
 * Checks the rights of the job's user, who counts as a visitor where the token is not in scope.
 *
 * Assumed: whoever sees a project may read all of it, and a Developer may change all of it; GitLab
 * distinguishes more roles per endpoint.
 */
function refuseByRights(
  gitlab: GitLab,
  { origin, user }: Job,
  project: Project,
  { method, needs }: JobRoute,
): void {
  const writes = needs.length > 0 ? needs.some(isWrite) : method !== 'GET'
  const visits = !isInScope(gitlab, origin, project)
  if (visits && (writes || !isPublicRead(project, needs))) throw forbidden()
  if (!writes) return
  if (project.archived) throw forbidden()
  if (user && !user.admin && projectLevel(user, project) < developer) throw forbidden()
}

const isWrite = (policy: string) => policy.startsWith('ADMIN_')

/** Records a use in the log: one row per origin project, with all policies required so far. */
function log(gitlab: GitLab, origin: Project, project: Project, needs: readonly string[]): boolean {
  const { scope } = project
  const before = scope.authorizations.find(({ originId }) => originId === origin.id)
  const policies = [...new Set([...(before?.policies ?? []), ...needs])]
  const isNew = before?.lastAuthorizedAt !== gitlab.now || policies.length > before.policies.length
  if (!isNew) return false
  scope.authorizations = [
    ...scope.authorizations.filter((row) => row !== before),
    { originId: origin.id, lastAuthorizedAt: gitlab.now, policies },
  ]
  return true
}
