/**
 * Projects in GitLab's REST API.
 * @see https://docs.gitlab.com/api/projects/
 */
import {
  canReadProject,
  findProject,
  findWritable,
  groupLevel,
  projectLevel,
  type RestRequest,
} from './access.ts'
import {
  namespaceDto,
  projectWebUrl,
  readMinLevel,
  searchable,
  searchRank,
  sortBy,
} from './listing.ts'
import {
  crossProjectPushSince,
  featureNames,
  type GitLab,
  guest,
  isSince,
  type Project,
  reporter,
  type User,
} from './model.ts'
import { type Page, pageOf, readPaging } from './paging.ts'
import { idOf, Params } from './params.ts'

/** GitLab's "basic project details": an item of the allowlist, and of lists with `simple=true`. */
export function basicProjectDto(gitlab: GitLab, user: User, project: Project) {
  const webUrl = projectWebUrl(gitlab, project)
  return {
    id: project.id,
    description: project.description,
    name: project.name,
    name_with_namespace: project.fullName,
    path: project.path,
    path_with_namespace: project.fullPath,
    created_at: project.createdAt,
    tag_list: [],
    topics: [],
    ssh_url_to_repo: `git@${gitlab.webHost}:${project.fullPath}.git`,
    http_url_to_repo: `${gitlab.webRoot}/${project.fullPath}.git`,
    web_url: webUrl,
    avatar_url: project.avatarUrl,
    star_count: 0,
    last_activity_at: project.lastActivityAt,
    namespace: namespaceDto(gitlab, project.group),
    ...(canReadCode(user, project) && {
      default_branch: 'main',
      readme_url: `${webUrl}/-/blob/main/README.md`,
      forks_count: 0,
    }),
  }
}

/** Private code is for Reporters and above. @see https://docs.gitlab.com/user/permissions/ */
function canReadCode(user: User, project: Project): boolean {
  const level = projectLevel(user, project)
  switch (project.features.repository) {
    case 'disabled':
      return false
    case 'private':
      return user.admin || level >= guest
    default:
      return project.visibility !== 'private' || user.admin || level >= reporter
  }
}

/** The full details of `GET /projects/:id` and of lists without `simple`. */
function projectDto(gitlab: GitLab, user: User, project: Project) {
  const features = featureNames.map((name) => [`${name}_access_level`, project.features[name]])
  return {
    ...basicProjectDto(gitlab, user, project),
    visibility: project.visibility,
    archived: project.archived,
    creator_id: 1,
    ...Object.fromEntries(features),
    ci_job_token_scope_enabled: project.scope.outboundEnabled,
    ci_push_repository_for_job_token_allowed: project.pushAllowed,
    ...(hasCrossProjectPush(gitlab) && {
      ci_cross_project_push_for_job_token_allowed: project.crossProjectPushAllowed,
    }),
    permissions: {
      project_access: accessDto(user.projectLevels.get(project.id)),
      group_access: accessDto(groupLevel(user, project.group)),
    },
  }
}

const accessDto = (level: number | undefined) =>
  level ? { access_level: level, notification_level: 3 } : null

/** Whether REST has the setting for cross-project push; on stock GitLab it has not. */
const hasCrossProjectPush = (gitlab: GitLab) =>
  gitlab.servesPermissions && isSince(gitlab.version, crossProjectPushSince)

const orders = ['id', 'name', 'path', 'last_activity_at', 'created_at', 'similarity'] as const

/**
 * `GET /projects`: the projects that the caller may see, filtered by membership, level, archive and
 * search. Without `order_by` the newest come first, as in GitLab.
 */
export function listProjects(request: RestRequest): Page<unknown> {
  const params = new Params(request.input)
  const paging = readPaging(params)
  const search = params.optionalText('search')
  const searchNamespaces = params.optionalBoolean('search_namespaces') ?? false
  const membership = params.optionalBoolean('membership') ?? false
  const minLevel = readMinLevel(params)
  const archived = params.optionalBoolean('archived')
  const simple = params.optionalBoolean('simple') ?? false
  const order = params.optionalChoice('order_by', orders) ?? 'created_at'
  const direction = params.optionalChoice('sort', ['asc', 'desc']) ?? 'desc'
  params.refuseInvalid()

  const { gitlab } = request
  const { user } = request.caller
  const wanted = Math.max(membership ? 1 : 0, minLevel)
  const rows = [...gitlab.projects.values()].filter(
    (project) =>
      canReadProject(user, project) &&
      (wanted === 0 || projectLevel(user, project) >= wanted) &&
      (archived === undefined || project.archived === archived) &&
      (!search || searchable(search, project, searchNamespaces)),
  )
  const keys = {
    id: () => 0,
    name: (project: Project) => project.name.toLowerCase(),
    path: (project: Project) => project.path.toLowerCase(),
    last_activity_at: (project: Project) => project.lastActivityAt,
    created_at: (project: Project) => project.createdAt,
    similarity: (project: Project) => (search ? searchRank(search, project) : project.createdAt),
  }
  const present = simple ? basicProjectDto : projectDto
  return pageOf(sortBy(rows, keys[order], direction), paging, (project) =>
    present(gitlab, user, project),
  )
}

/** `GET /projects/:id`, by id or full path. */
export function readProject(request: RestRequest) {
  return projectDto(request.gitlab, request.caller.user, findProject(request, idOf(request.input)))
}

/** `PUT /projects/:id`: changes only the settings about job tokens. */
export function updateProject(request: RestRequest) {
  const { gitlab, caller, input } = request
  const params = new Params(input)
  const names = ['ci_push_repository_for_job_token_allowed']
  if (hasCrossProjectPush(gitlab)) names.push('ci_cross_project_push_for_job_token_allowed')
  const [push, crossProjectPush] = names.map((name) => params.optionalBoolean(name))
  if (!names.some((name) => params.has(name))) {
    params.problem(`${names.join(', ')} are missing, at least one parameter must be provided`)
  }
  params.refuseInvalid()

  const project = findWritable(request, idOf(input))
  if (push !== undefined) project.pushAllowed = push
  if (crossProjectPush !== undefined) project.crossProjectPushAllowed = crossProjectPush
  return projectDto(gitlab, caller.user, project)
}
