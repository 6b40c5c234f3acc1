/**
 * The console's requests to a GitLab, by whichever API they are answered. Every call rejects with
 * `ApiError`, or with an `AbortError` when its signal is aborted. Ids are GitLab's numeric ids.
 * `once` names a write, a UUID that is the same for another try of it: where REST carries the
 * permissions extension it is sent as `Idempotency-Key`, and the server does that write only once.
 */
import type { AllowlistEntry, Target, TargetKind } from '../domain/allowlist.ts'
import type { Authorization } from '../domain/authentication-log.ts'
import type { PermissionConfiguration } from '../domain/permissions.ts'
import type { Reference } from '../domain/reference.ts'
import type { Version } from '../domain/version.ts'
import type { ApiError } from './api-error.ts'
import type { Cut } from './paging.ts'

/** One page of a list; the totals are unknown where GitLab leaves them out (above 10,000 rows). */
export type Page<Item> = {
  readonly items: Item[]
  readonly page: number
  readonly nextPage: number | undefined
  readonly total: number | undefined
  readonly totalPages: number | undefined
}

export type User = {
  readonly id: number
  readonly username: string
  readonly name: string
  readonly avatarUrl: string | null
  readonly isAdmin: boolean
}

export type Metadata = { readonly version: Version; readonly edition: 'enterprise' | 'community' }

/** Whether REST carries fine-grained permissions; detected, never asked. */
export type ServerKind = 'extended' | 'stock'

export type Visibility = 'private' | 'internal' | 'public'

/** A project as lists show it. */
export type ProjectSummary = Target & {
  readonly visibility: Visibility | undefined
  readonly archived: boolean
  /** ISO 8601. */
  readonly lastActivityAt: string | undefined
}

/** The project whose panel is open. */
export type Project = ProjectSummary & {
  /** The higher of the direct and the inherited access level; 0 for none. */
  readonly accessLevel: number
  readonly namespace: {
    readonly id: number
    readonly kind: 'group' | 'user'
    readonly fullPath: string
  }
  readonly push: PushSettings
}

/** Whether job tokens may push. A field is undefined where this server has no such setting. */
export type PushSettings = {
  /** The project's own jobs may push to its repository. */
  readonly own: boolean | undefined
  /** Jobs of allowlisted projects may push to it too (GitLab 19.0). */
  readonly crossProject: boolean | undefined
}

export type JobTokenScope = {
  /** The effective value: true whenever the instance enforces the allowlist. */
  readonly inboundEnabled: boolean
  /** The removed setting "Limit access from this project". */
  readonly outboundEnabled: boolean
}

/** Entries as the server lists them: unordered, the own project never, once or twice. */
export type EntryList = {
  readonly entries: readonly AllowlistEntry[]
  /** How many rows the server says there are; undefined where it does not say. */
  readonly total: number | undefined
  /** The number of rows that have arrived; `entries` may still hold fewer of them. */
  readonly loaded: number
  /**
   * Why the list stays incomplete: a target that is missing in `entries` may be listed all the
   * same.
   */
  readonly cut?: Cut | undefined
}

/** Groups and projects that a search found, each in the server's order. */
export type Targets = {
  readonly groups: readonly Target[]
  readonly projects: readonly Target[]
  /** Whether GitLab has found more than these. */
  readonly isCut: boolean
}

/**
 * The authentication log, as far as it has been read: the newest use first, one row for each project.
 * Only a log that is `whole` tells of a project that it used no token.
 */
export type AuthorizationLog = {
  readonly authorizations: readonly Authorization[]
  /** How many rows the server says there are; undefined where it does not say. */
  readonly total: number | undefined
} & (
  | { readonly extent: 'arriving' | 'whole' }
  /** Some rows could not be read, wherever they stand: perhaps all of them. */
  | { readonly extent: 'partly'; readonly failure: ApiError }
  /** The server has no log, or none that its API tells of. */
  | { readonly extent: 'not-offered' }
)

/** Names a group or project to look up. Without `kind` GitLab is asked for both kinds. */
export type TargetReference = Reference & { readonly kind?: TargetKind | undefined }

export type ProjectSearch = { readonly search: string; readonly page: number }

export type GitLabApi = {
  /** Server and user: the first part of every query key. */
  readonly id: string

  currentUser(signal: AbortSignal): Promise<User>
  metadata(signal: AbortSignal): Promise<Metadata>
  /**
   * The scopes of a personal access token, such as `read_api`. GitLab tells them of no other token.
   */
  tokenScopes(signal: AbortSignal): Promise<string[]>
  /** Undefined where this user administers no project: only an allowlist tells. */
  serverKind(signal: AbortSignal): Promise<ServerKind | undefined>
  /** Whether the instance enforces the allowlist. Administrators only: others get `forbidden`. */
  enforcesAllowlist(signal: AbortSignal): Promise<boolean>

  /** Projects where the user is Maintainer or Owner, latest activity first, 20 a page. */
  listProjects(search: ProjectSearch, signal: AbortSignal): Promise<Page<ProjectSummary>>
  project(reference: Reference, signal: AbortSignal): Promise<Project>
  /** All of the project's push settings; `Project.push` holds those that came with the project. */
  pushSettings(project: Project, signal: AbortSignal): Promise<PushSettings>
  /** Writes those settings that are given; undefined ones stay as they are. */
  updatePushSettings(project: Project, settings: PushSettings, once?: string): Promise<void>
  /** Whether the group allows fine-grained permissions; undefined where the server does not say. */
  fineGrainedAllowed(groupId: number, signal: AbortSignal): Promise<boolean | undefined>
  /** The group's switch; GitLab 17.11 to 18.2, Owners only. */
  setFineGrainedAllowed(groupId: number, allowed: boolean, once?: string): Promise<void>

  /** Up to ten groups and ten projects whose name or path holds the text. */
  searchTargets(search: string, signal: AbortSignal): Promise<Targets>
  /**
   * Finds the targets that a reference names for this user: none, a group, a project, or (by id)
   * both.
   */
  resolveTarget(reference: TargetReference, signal: AbortSignal): Promise<Target[]>

  jobTokenScope(projectId: number, signal: AbortSignal): Promise<JobTokenScope>
  setInboundEnabled(projectId: number, enabled: boolean, once?: string): Promise<void>

  /** Calls `onProgress` with the entries so far while the rest of the list is on its way. */
  listEntries(
    projectId: number,
    signal: AbortSignal,
    onProgress: (list: EntryList) => void,
  ): Promise<EntryList>
  addEntry(
    projectId: number,
    target: Target,
    permissions: PermissionConfiguration,
    once?: string,
  ): Promise<void>
  /** On the own project without a stored entry this creates one. */
  updateEntry(
    projectId: number,
    target: Target,
    permissions: PermissionConfiguration,
    once?: string,
  ): Promise<void>
  removeEntry(projectId: number, target: Target, once?: string): Promise<void>
  /**
   * Who used a job token here in the last 30 days. `onProgress` is told of the first rows before the
   * last have come, each time with those before. Where a later part fails, what was read is kept: the
   * call rejects only where nothing could be read.
   */
  listAuthorizations(
    projectId: number,
    signal: AbortSignal,
    onProgress: (log: AuthorizationLog) => void,
  ): Promise<AuthorizationLog>
}
