/**
 * The state of the simulated GitLab. Everything here is plain data; operations change it in place.
 */
import type { OAuthState } from './oauth.ts'

/** GitLab's access levels. @see https://docs.gitlab.com/api/access_requests/ */
export const accessLevels = [5, 10, 15, 20, 30, 40, 50] as const
export type AccessLevel = (typeof accessLevels)[number]

export const guest = 10
export const reporter = 20
export const maintainer = 40
export const owner = 50

export type Visibility = 'private' | 'internal' | 'public'

/** The access level of one feature of a project. */
export type FeatureAccess = 'disabled' | 'private' | 'enabled' | 'public'

export const featureNames = [
  'builds',
  'repository',
  'releases',
  'environments',
  'container_registry',
  'package_registry',
] as const
export type FeatureName = (typeof featureNames)[number]

export type User = {
  readonly id: number
  readonly username: string
  readonly name: string
  readonly admin: boolean
  readonly avatarUrl: string | null
  /** Direct memberships by group or project id; inherited ones follow from the group tree. */
  readonly groupLevels: Map<number, AccessLevel>
  readonly projectLevels: Map<number, AccessLevel>
}

type Namespaced = {
  readonly id: number
  readonly name: string
  readonly path: string
  readonly fullPath: string
  /** The names of the ancestors and the group's own name, joined with ` / `. */
  readonly fullName: string
  readonly description: string
  readonly visibility: Visibility
  readonly avatarUrl: string | null
  /**
   * Replaces the address that GitLab would build, for worlds with hostile addresses; null for none.
   */
  readonly webUrl: string | null
  readonly createdAt: string
}

export type Group = Namespaced & {
  readonly parent: Group | null
  /** The switch of GitLab 17.11 to 18.2; later releases always have fine-grained permissions on. */
  jobTokenPoliciesEnabled: boolean
}

export type Project = Namespaced & {
  readonly group: Group
  readonly archived: boolean
  readonly lastActivityAt: string
  readonly features: Readonly<Record<FeatureName, FeatureAccess>>
  readonly scope: JobTokenScope
  /** Whether the project's own job tokens may push by Git. */
  pushAllowed: boolean
  /** Whether job tokens of allowlisted projects may push by Git (GitLab 19.0 and later). */
  crossProjectPushAllowed: boolean
}

/** One stored entry of an allowlist, identified by the owning project and `targetId`. */
export type Link = {
  readonly targetId: number
  readonly defaultPermissions: boolean
  readonly policies: readonly string[]
  /** The user who added the entry; null when that user is deleted. */
  readonly addedBy: number | null
  readonly addedAt: string
}

/** The last use of this project by job tokens of one origin project. */
export type Authorization = {
  /** The origin project. An id that the world does not have stands for a deleted project. */
  readonly originId: number
  readonly lastAuthorizedAt: string
  readonly policies: readonly string[]
}

/** The stored job token settings. Links are sorted by target id, as GitLab lists them. */
export type JobTokenScope = {
  /** The stored mode. The effective one is also true while the instance enforces the allowlist. */
  inboundEnabled: boolean
  outboundEnabled: boolean
  projectLinks: readonly Link[]
  groupLinks: readonly Link[]
  /** Links of the removed setting "Limit access from this project", which REST never lists. */
  outboundLinks: readonly Link[]
  authorizations: readonly Authorization[]
}

/** The roles that the demo can act as; each world assigns a user to each. */
export const roles = ['owner', 'maintainer', 'developer', 'guest', 'stranger', 'admin'] as const
export type Role = (typeof roles)[number]

/** A whole simulated GitLab. */
export type GitLab = {
  /** The version text, such as `18.3.0-ee`. */
  readonly version: string
  readonly enterprise: boolean
  /** Whether REST also serves fine-grained permissions, which stock GitLab does not do yet. */
  readonly servesPermissions: boolean
  /** Policies accepted besides those of the catalogue: a server may know more than its clients. */
  readonly extraPolicies: readonly string[]
  /** Address of its web pages, without a slash at the end. */
  readonly webRoot: string
  /** The host name of `webRoot`, for SSH addresses. */
  readonly webHost: string
  /** The clock in ISO 8601. It is fixed, so that tests can compare timestamps. */
  now: string
  enforcesAllowlist: boolean
  readonly users: ReadonlyMap<number, User>
  readonly groups: ReadonlyMap<number, Group>
  readonly projects: ReadonlyMap<number, Project>
  readonly groupsByPath: ReadonlyMap<string, Group>
  readonly projectsByPath: ReadonlyMap<string, Project>
  readonly roles: Readonly<Record<Role, User>>
  readonly oauth: OAuthState
}

/** The first release that lets allowlisted projects push. */
export const crossProjectPushSince = '19.0'

/** The first release with the authentication log, which GraphQL serves as well. */
export const authenticationLogSince = '17.6'

/** Whether `version` is `release` or newer; both start with `major.minor`. */
export function isSince(version: string, release: string): boolean {
  const order = (text: string) => {
    const [major = Number.NaN, minor = Number.NaN] = text.split('.').map(Number)
    return major * 1000 + minor
  }
  return order(version) >= order(release)
}

/** The target of a link. @throws Error when the world has no such target */
export function targetOf<Target>(targets: ReadonlyMap<number, Target>, id: number): Target {
  const target = targets.get(id)
  if (!target) throw new Error(`The world links to ${id}, which it does not have`)
  return target
}

/** The authorization log, the last use first. */
export const lastUsedFirst = ({ scope }: Project): readonly Authorization[] =>
  [...scope.authorizations].sort((a, b) =>
    a.lastAuthorizedAt === b.lastAuthorizedAt
      ? a.originId - b.originId
      : Date.parse(b.lastAuthorizedAt) - Date.parse(a.lastAuthorizedAt),
  )
