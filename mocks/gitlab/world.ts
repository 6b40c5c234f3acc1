import { keyOf } from './access.ts'
import type {
  AccessLevel,
  Authorization,
  FeatureAccess,
  FeatureName,
  GitLab,
  Group,
  Link,
  Project,
  Role,
  User,
  Visibility,
} from './model.ts'
import { createOAuthState } from './oauth.ts'

/** A starting state as scenarios describe it; values that are left out get GitLab's defaults. */
export type WorldSeed = {
  /** The version text, such as `18.3.0-ee`. */
  readonly version: string
  /** The fixed clock, in ISO 8601. */
  readonly startsAt: string
  readonly enforcesAllowlist?: boolean
  readonly extraPolicies?: readonly string[]
  readonly users: readonly UserSeed[]
  /** The username that plays each role. */
  readonly roles: Readonly<Record<Role, string>>
  /** Parents come before their subgroups. */
  readonly groups: readonly GroupSeed[]
  readonly projects: readonly ProjectSeed[]
  readonly members: readonly MemberSeed[]
}

export type UserSeed = {
  readonly id: number
  readonly username: string
  readonly name: string
  readonly admin?: boolean
}

export type GroupSeed = {
  readonly id: number
  /** The full path, from which the parent group follows. */
  readonly path: string
  readonly name?: string
  readonly description?: string
  readonly visibility: Visibility
  readonly avatarUrl?: string
  readonly webUrl?: string
  readonly createdAt?: string
  readonly jobTokenPoliciesEnabled?: boolean
}

export type ProjectSeed = Omit<GroupSeed, 'jobTokenPoliciesEnabled'> & {
  readonly archived?: boolean
  readonly lastActivityAt?: string
  readonly features?: Partial<Record<FeatureName, FeatureAccess>>
  readonly pushAllowed?: boolean
  readonly crossProjectPushAllowed?: boolean
  readonly scope?: ScopeSeed
}

export type ScopeSeed = {
  /** Whether only listed projects may come in; true by default. */
  readonly inboundEnabled?: boolean
  readonly outboundEnabled?: boolean
  readonly projects?: readonly LinkSeed[]
  readonly groups?: readonly LinkSeed[]
  readonly outbound?: readonly LinkSeed[]
  readonly authorizations?: readonly Authorization[]
}

export type LinkSeed = {
  readonly id: number
  /** Left out: default permissions. An empty list: fine-grained permissions that grant nothing. */
  readonly policies?: readonly string[]
  /** The username who added the entry; null when that user is deleted. */
  readonly by: string | null
  readonly at: string
}

/** A membership: exactly one of `group` and `project`, each an id. */
export type MemberSeed = { readonly user: string; readonly level: AccessLevel } & (
  | { readonly group: number }
  | { readonly project: number }
)

/** The parts of the state that depend on where the world is served. */
export type Surroundings = Pick<GitLab, 'webRoot' | 'servesPermissions'>

const longAgo = '2023-02-01T08:00:00.000Z'

/** Builds the state that a seed describes. @throws Error when the seed contradicts itself. */
export function createGitLab(seed: WorldSeed, surroundings: Surroundings): GitLab {
  const users = new Map(seed.users.map((user) => [user.username, createUser(user)]))
  const userNamed = (username: string) => found(users.get(username), `user ${username}`)

  const groups = new Map<number, Group>()
  const groupsByPath = new Map<string, Group>()
  const parentOf = (path: string) => groupsByPath.get(keyOf(path.slice(0, path.lastIndexOf('/'))))
  for (const group of seed.groups) {
    const parent = group.path.includes('/') ? found(parentOf(group.path), group.path) : null
    const created = createGroup(group, parent)
    groups.set(created.id, created)
    groupsByPath.set(keyOf(created.fullPath), created)
  }

  const createLink = (link: LinkSeed): Link => ({
    targetId: link.id,
    defaultPermissions: link.policies === undefined,
    policies: link.policies ?? [],
    addedBy: link.by === null ? null : userNamed(link.by).id,
    addedAt: link.at,
  })
  const createLinks = (links: readonly LinkSeed[] = []) =>
    links.map(createLink).sort((a, b) => a.targetId - b.targetId)

  const projects = new Map<number, Project>()
  const projectsByPath = new Map<string, Project>()
  for (const project of seed.projects) {
    const created = createProject(project, found(parentOf(project.path), project.path), createLinks)
    projects.set(created.id, created)
    projectsByPath.set(keyOf(created.fullPath), created)
  }

  for (const member of seed.members) {
    const user = userNamed(member.user)
    if ('group' in member) user.groupLevels.set(member.group, member.level)
    else user.projectLevels.set(member.project, member.level)
  }

  return {
    version: seed.version,
    enterprise: seed.version.endsWith('-ee'),
    ...surroundings,
    webHost: new URL(surroundings.webRoot).hostname,
    extraPolicies: seed.extraPolicies ?? [],
    now: seed.startsAt,
    enforcesAllowlist: seed.enforcesAllowlist ?? false,
    users: new Map([...users.values()].map((user) => [user.id, user])),
    groups,
    projects,
    groupsByPath,
    projectsByPath,
    roles: {
      owner: userNamed(seed.roles.owner),
      maintainer: userNamed(seed.roles.maintainer),
      developer: userNamed(seed.roles.developer),
      guest: userNamed(seed.roles.guest),
      stranger: userNamed(seed.roles.stranger),
      admin: userNamed(seed.roles.admin),
    },
    oauth: createOAuthState(),
  }
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The world has no place for ${what}`)
  return value
}

function createUser(seed: UserSeed): User {
  return {
    id: seed.id,
    username: seed.username,
    name: seed.name,
    admin: seed.admin ?? false,
    avatarUrl: null,
    groupLevels: new Map(),
    projectLevels: new Map(),
  }
}

function createNamespaced(seed: GroupSeed | ProjectSeed, parent: Group | null) {
  const path = seed.path.slice(seed.path.lastIndexOf('/') + 1)
  const name = seed.name ?? path
  return {
    id: seed.id,
    name,
    path,
    fullPath: seed.path,
    fullName: parent ? `${parent.fullName} / ${name}` : name,
    description: seed.description ?? '',
    visibility: seed.visibility,
    avatarUrl: seed.avatarUrl ?? null,
    webUrl: seed.webUrl ?? null,
    createdAt: seed.createdAt ?? longAgo,
  }
}

const createGroup = (seed: GroupSeed, parent: Group | null): Group => ({
  ...createNamespaced(seed, parent),
  parent,
  jobTokenPoliciesEnabled: seed.jobTokenPoliciesEnabled ?? false,
})

const usualFeatures: Project['features'] = {
  builds: 'enabled',
  repository: 'enabled',
  releases: 'enabled',
  environments: 'enabled',
  container_registry: 'enabled',
  package_registry: 'enabled',
}

function createProject(
  seed: ProjectSeed,
  group: Group,
  createLinks: (links: readonly LinkSeed[] | undefined) => readonly Link[],
): Project {
  const scope = seed.scope ?? {}
  return {
    ...createNamespaced(seed, group),
    group,
    archived: seed.archived ?? false,
    lastActivityAt: seed.lastActivityAt ?? seed.createdAt ?? longAgo,
    features: seed.features ? { ...usualFeatures, ...seed.features } : usualFeatures,
    pushAllowed: seed.pushAllowed ?? false,
    crossProjectPushAllowed: seed.crossProjectPushAllowed ?? false,
    scope: {
      inboundEnabled: scope.inboundEnabled ?? true,
      outboundEnabled: scope.outboundEnabled ?? false,
      projectLinks: createLinks(scope.projects),
      groupLinks: createLinks(scope.groups),
      outboundLinks: createLinks(scope.outbound),
      authorizations: scope.authorizations ?? [],
    },
  }
}
