/**
 * The fields of GitLab's GraphQL: for each one a value, or a function of the field's arguments that
 * returns one. State and rules are shared with REST.
 * @see https://docs.gitlab.com/api/graphql/reference/
 */
import { canAdminProject, canReadGroup, canReadProject, keyOf, type Session } from './access.ts'
import {
  addLink,
  canReadTarget,
  changeLink,
  changeMode,
  isListInForce,
  notInScope,
  type Permissions,
  removeLink,
  removeOutboundLink,
  type Target,
  type TargetKind,
} from './allowlist.ts'
import { connectionOf, type Window } from './connection.ts'
import { policiesEnabled } from './groups.ts'
import { groupWebUrl, projectWebUrl } from './listing.ts'
import {
  type Authorization,
  type GitLab,
  type Group,
  isSince,
  type Link,
  lastUsedFirst,
  type Project,
  targetOf,
} from './model.ts'
import { badRequest, FieldError, notAvailable, nullForNonNull, Refusal } from './refusal.ts'

type WithInput<Input> = { readonly input: Input }

type Removal = {
  readonly projectPath: string
  readonly targetProjectPath: string
  readonly direction?: 'INBOUND' | 'OUTBOUND' | null
}

type Settings = {
  readonly fullPath: string
  readonly inboundJobTokenScopeEnabled?: boolean | null
  readonly jobTokenScopeEnabled?: boolean | null
  readonly pushRepositoryForJobTokenAllowed?: boolean | null
  readonly crossProjectPushForJobTokenAllowed?: boolean | null
}

type PolicyInput = {
  readonly projectPath: string
  readonly targetPath: string
  readonly defaultPermissions?: boolean | null
  readonly jobTokenPolicies?: readonly string[] | null
}

/** An entry with its kind and direction, which its fields need. */
type Entry = { readonly link: Link; readonly kind: TargetKind; readonly outbound?: boolean }

/** The default limit of rows per connection in GitLab's GraphQL. */
const maxRows = 100

/** Assumed: the first release that serves a whole allowlist (200 rows) at once. */
const wholeListsSince = '18.6'
const maxEntries = 200

/**
 * The fields of `Query` and `Mutation`.
 * @param onWrite called after each mutation that changed something
 */
export function graphqlRoot(session: Session, onWrite: () => void) {
  const { gitlab } = session

  /** Runs a mutation. Returns its payload, or the reason of a refusal in the payload's `errors`. */
  function mutate(change: () => object): object {
    try {
      const payload = change()
      onWrite()
      return { ...payload, errors: [] }
    } catch (error) {
      if (error instanceof Refusal && error.reason !== undefined) return { errors: [error.reason] }
      throw error
    }
  }

  const mutateEntry = (projectPath: string, change: (project: Project) => Entry): object => {
    const project = findWritable(session, projectPath)
    return mutate(() => ({
      ciJobTokenScopeAllowlistEntry: entryFields(session, project)(change(project)),
    }))
  }

  return {
    project: ({ fullPath }: { readonly fullPath: string }) => {
      const project = gitlab.projectsByPath.get(keyOf(fullPath))
      return project && canReadProject(session.caller.user, project)
        ? projectFields(session, project)
        : null
    },

    ciJobTokenScopeAddGroupOrProject: ({ input }: WithInput<PolicyInput>) =>
      mutateEntry(input.projectPath, (project) => {
        const target = findTarget(session, input.targetPath)
        if (!target) throw badRequest('The group or project does not exist.')
        const link = addLink(session, project, target, permissionsOf(input))
        return { link, kind: target.kind }
      }),

    ciJobTokenScopeUpdatePolicies: ({ input }: WithInput<PolicyInput>) =>
      mutateEntry(input.projectPath, (project) => {
        const target = findTarget(session, input.targetPath)
        if (!target) throw badRequest('The target does not exist')
        if (!canReadTarget(session, target)) {
          throw badRequest('You have insufficient permission to update this job token scope')
        }
        const link = changeLink(session, project, target, permissionsOf(input))
        return { link, kind: target.kind }
      }),

    ciJobTokenScopeRemoveProject: ({ input }: WithInput<Removal>) =>
      mutateEntry(input.projectPath, (project) => {
        const id = gitlab.projectsByPath.get(keyOf(input.targetProjectPath))?.id
        if (id === undefined) throw notInScope('project')
        return input.direction === 'INBOUND'
          ? { link: removeLink(project, { kind: 'project', id }), kind: 'project' }
          : { link: removeOutboundLink(project, id), kind: 'project', outbound: true }
      }),

    ciJobTokenScopeRemoveGroup: ({
      input,
    }: WithInput<{ readonly projectPath: string; readonly targetGroupPath: string }>) =>
      mutateEntry(input.projectPath, (project) => {
        const id = gitlab.groupsByPath.get(keyOf(input.targetGroupPath))?.id
        if (id === undefined) throw notInScope('group')
        return { link: removeLink(project, { kind: 'group', id }), kind: 'group' }
      }),

    projectCiCdSettingsUpdate: ({ input }: WithInput<Settings>) => {
      if (input.jobTokenScopeEnabled) {
        throw new FieldError('job_token_scope_enabled can only be set to false')
      }
      const project = findWritable(session, input.fullPath)
      return mutate(() => {
        changeSettings(gitlab, project, input)
        return { ciCdSettings: settingsFields(session, project) }
      })
    },
  }
}

/**
 * Finds a project whose settings the caller may change.
 * @throws FieldError when the project is missing, hidden, not theirs to change or archived, or when
 * the token may only read. Assumed: GitLab answers these cases alike.
 */
function findWritable({ gitlab, caller }: Session, fullPath: string): Project {
  const project = gitlab.projectsByPath.get(keyOf(fullPath))
  const writable =
    project && caller.scope === 'api' && canAdminProject(caller.user, project) && !project.archived
  if (!writable) throw notAvailable()
  return project
}

/**
 * Finds a target by its full path, visible or not. A group wins over a project with the same path.
 */
function findTarget({ gitlab }: Session, fullPath: string): Target | undefined {
  const group = gitlab.groupsByPath.get(keyOf(fullPath))
  if (group) return { kind: 'group', id: group.id }
  const project = gitlab.projectsByPath.get(keyOf(fullPath))
  return project && { kind: 'project', id: project.id }
}

const permissionsOf = ({ defaultPermissions, jobTokenPolicies }: PolicyInput): Permissions => ({
  defaultPermissions: defaultPermissions ?? true,
  policies: jobTokenPolicies ?? [],
})

/**
 * Changes several settings, or none if the mode is refused. Assumed: the refusal is the same as
 * that of REST.
 */
function changeSettings(gitlab: GitLab, project: Project, settings: Settings): void {
  const { scope } = project
  const inboundEnabled = settings.inboundJobTokenScopeEnabled ?? undefined
  if (inboundEnabled !== undefined) changeMode(gitlab, project, inboundEnabled)
  scope.outboundEnabled = settings.jobTokenScopeEnabled ?? scope.outboundEnabled
  project.pushAllowed = settings.pushRepositoryForJobTokenAllowed ?? project.pushAllowed
  project.crossProjectPushAllowed =
    settings.crossProjectPushForJobTokenAllowed ?? project.crossProjectPushAllowed
}

/** The fields of a project. Those about job tokens are null for callers below Maintainer. */
function projectFields(session: Session, project: Project) {
  const forAdmins =
    <Arguments extends readonly unknown[], Value>(read: (...given: Arguments) => Value) =>
    (...given: Arguments) =>
      canAdminProject(session.caller.user, project) ? read(...given) : null
  return {
    id: gid('Project', project.id),
    name: project.name,
    path: project.path,
    fullPath: project.fullPath,
    ciCdSettings: forAdmins(() => settingsFields(session, project)),
    ciJobTokenScopeAllowlist: forAdmins(() => allowlistFields(session, project)),
    ciJobTokenAuthLogs: forAdmins((window: Window) => authorizations(session, project, window)),
  }
}

const settingsFields = ({ gitlab }: Session, project: Project) => ({
  inboundJobTokenScopeEnabled: isListInForce(gitlab, project),
  jobTokenScopeEnabled: project.scope.outboundEnabled,
  pushRepositoryForJobTokenAllowed: project.pushAllowed,
  crossProjectPushForJobTokenAllowed: project.crossProjectPushAllowed,
})

/**
 * The stored entries. The project itself is listed only after its entry has been saved. The list of
 * projects includes outbound links: GitLab does not filter the direction here. Assumed: sorted by
 * the target's id.
 */
function allowlistFields(session: Session, project: Project) {
  const { scope } = project
  const list = (entries: readonly Entry[], window: Window) =>
    connectionOf(
      {
        rows: entries,
        keyOf: ({ link, outbound }) => [link.targetId, outbound ? 1 : 0],
        present: entryFields(session, project),
        maxRows: isSince(session.gitlab.version, wholeListsSince) ? maxEntries : maxRows,
      },
      window,
    )
  return {
    projectsAllowlist: (window: Window) =>
      list(
        [
          ...scope.projectLinks.map((link): Entry => ({ link, kind: 'project' })),
          ...scope.outboundLinks.map((link): Entry => ({ link, kind: 'project', outbound: true })),
        ].sort((a, b) => a.link.targetId - b.link.targetId),
        window,
      ),
    groupsAllowlist: (window: Window) =>
      list(
        scope.groupLinks.map((link) => ({ link, kind: 'group' })),
        window,
      ),
  }
}

/** Presents entries of one project. Reads the properties of the project once for all of them. */
function entryFields(session: Session, project: Project) {
  const { gitlab } = session
  // While the group's switch is off, GitLab answers as if only default permissions were stored.
  const fineGrained = policiesEnabled(gitlab, project.group)
  return ({ link, kind, outbound = false }: Entry) => {
    const addedBy = link.addedBy === null ? undefined : gitlab.users.get(link.addedBy)
    return {
      sourceProject: () => projectFields(session, project),
      target: () =>
        kind === 'project'
          ? accessibleProject(session, targetOf(gitlab.projects, link.targetId))
          : accessibleGroup(session, targetOf(gitlab.groups, link.targetId)),
      direction: outbound ? 'outbound' : 'inbound',
      defaultPermissions: fineGrained ? link.defaultPermissions : true,
      jobTokenPolicies: fineGrained ? link.policies : null,
      addedBy: addedBy
        ? {
            id: gid('User', addedBy.id),
            username: addedBy.username,
            name: addedBy.name,
            avatarUrl: addedBy.avatarUrl,
            webUrl: `${gitlab.webRoot}/${addedBy.username}`,
          }
        : null,
      createdAt: link.addedAt,
    }
  }
}

const accessibleProject = ({ gitlab, caller }: Session, project: Project) => ({
  __typename: 'CiJobTokenAccessibleProject',
  ...accessible('Project', project),
  ...(canReadProject(caller.user, project) && {
    avatarUrl: project.avatarUrl,
    webUrl: projectWebUrl(gitlab, project),
  }),
})

const accessibleGroup = ({ gitlab, caller }: Session, group: Group) => ({
  __typename: 'CiJobTokenAccessibleGroup',
  ...accessible('Group', group),
  ...(canReadGroup(gitlab, caller.user, group) && {
    avatarUrl: group.avatarUrl,
    webUrl: groupWebUrl(gitlab, group),
  }),
})

/** The target of an entry. GitLab shows its name and path even to callers who cannot see it. */
const accessible = (model: string, { id, name, path, fullPath }: Group | Project) => ({
  id: gid(model, id),
  name,
  path,
  fullPath,
  avatarUrl: null,
  webUrl: null,
})

const authorizations = (session: Session, project: Project, window: Window) =>
  connectionOf(
    {
      rows: lastUsedFirst(project),
      keyOf: ({ lastAuthorizedAt, originId }: Authorization) => [
        -Date.parse(lastAuthorizedAt),
        originId,
      ],
      present: ({ originId, lastAuthorizedAt }) => ({
        originProject: () => {
          const origin = session.gitlab.projects.get(originId)
          // GitLab filters deleted projects out, but only among the first 1,000 rows.
          if (!origin) throw nullForNonNull('CiJobTokenAuthLog.originProject')
          return accessibleProject(session, origin)
        },
        lastAuthorizedAt,
      }),
      maxRows,
    },
    window,
  )

const gid = (model: string, id: number) => `gid://gitlab/${model}/${id}`
