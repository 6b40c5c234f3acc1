/** The allowlist of a project: its entries, their order, and which can be edited or removed. */
import type { PermissionConfiguration } from './permissions.ts'
import { ownEntriesSince } from './releases.ts'
import { atLeast, type Version } from './version.ts'

/** The group or project of an entry. The two are numbered separately: `kind` is part of the key. */
export type TargetKind = 'project' | 'group'
export type Target = {
  readonly kind: TargetKind
  readonly id: number
  readonly fullPath: string
  readonly name: string
  readonly avatarUrl: string | null
  /** As the server sent it: it may not be a safe link. */
  readonly webUrl: string
}

/** The GitLab user who added an entry, with the fields that an entry contains. */
export type AddedBy = { readonly username: string; readonly name: string; readonly webUrl: string }

/** One row of the allowlist. */
export type AllowlistEntry = {
  readonly target: Target
  readonly permissions: PermissionConfiguration
  readonly addedBy: AddedBy | null
  /** ISO 8601; null for the own project's row while it has no stored entry. */
  readonly addedAt: string | null
  /** Whether the signed-in user may read the target; else the entry can only be removed. */
  readonly accessible: boolean
}

/** Identifies a group or project, also after a reload. A server may list one repeatedly. */
export const entryKey = ({ kind, id }: Pick<Target, 'kind' | 'id'>): string => `${kind}-${id}`

/** Whether the target is the project that owns the allowlist. */
export const isOwnProject = (
  { target }: { readonly target: Pick<Target, 'kind' | 'id'> },
  projectId: number,
): boolean => target.kind === 'project' && target.id === projectId

/** Whether the row stands for no stored entry: GitLab always lists the own project itself. */
export const isImplied = (entry: AllowlistEntry, projectId: number): boolean =>
  isOwnProject(entry, projectId) && entry.addedAt === null

export type Removal = { allowed: true } | { allowed: false; because: 'own-project' }

/**
 * Whether an entry can be removed. The own project's entry cannot: GitLab always lists the project
 * itself. https://docs.gitlab.com/api/project_job_token_scopes/
 */
export function removal(entry: AllowlistEntry, projectId: number): Removal {
  return isOwnProject(entry, projectId)
    ? { allowed: false, because: 'own-project' }
    : { allowed: true }
}

export type Editing =
  | { allowed: true }
  | { allowed: false; because: 'hidden-target' | 'own-always-allowed' }

/**
 * Whether an entry can be edited. GitLab requires read access to the target; before 18.3 it stores
 * no entry for the own project, whose jobs it always lets in.
 * @param version undefined while the version is not known: then it does not limit editing
 */
export function editing(
  entry: AllowlistEntry,
  { projectId, version }: { projectId: number; version: Version | undefined },
): Editing {
  if (!entry.accessible) return { allowed: false, because: 'hidden-target' }
  return version && !atLeast(version, ownEntriesSince) && isImplied(entry, projectId)
    ? { allowed: false, because: 'own-always-allowed' }
    : { allowed: true }
}

const byPath = new Intl.Collator('en', { numeric: true })

/**
 * Sorts the rows for the panel: the own project first, then all others by full path, groups and
 * projects mixed. A server may list the own project never, once, or twice (as a stored entry and as
 * the row that is always there). Of a repeated target, all rows that differ are shown, because it
 * is not known which of them GitLab applies.
 */
export function arrange(entries: readonly AllowlistEntry[], own: Target): AllowlistEntry[] {
  const byTarget = new Map<string, AllowlistEntry[]>()
  for (const entry of entries) {
    const key = entryKey(entry.target)
    const rows = byTarget.get(key)
    if (rows) rows.push(entry)
    else byTarget.set(key, [entry])
  }
  const ownRows = byTarget.get(entryKey(own)) ?? [
    {
      target: own,
      permissions: { defaultPermissions: true, policies: [] },
      addedBy: null,
      addedAt: null,
      accessible: true,
    },
  ]
  byTarget.delete(entryKey(own))
  const others = [...byTarget.values()]
    .flatMap(distinct)
    .sort((a, b) => byPath.compare(a.target.fullPath, b.target.fullPath))
  return [...distinct(ownRows), ...others]
}

/** The rows of one target without duplicates, and without an implied row beside a stored one. */
function distinct(rows: AllowlistEntry[]): AllowlistEntry[] {
  if (rows.length === 1) return rows
  const stored = rows.filter(({ addedAt }) => addedAt !== null)
  const telling = stored.length > 0 ? stored : rows
  return [...new Map(telling.map((row) => [JSON.stringify(row), row])).values()]
}

/** How many stored entries of each kind count towards GitLab's limits. */
export function countStored(
  entries: readonly AllowlistEntry[],
  projectId: number,
): Record<TargetKind, number> {
  const counts = { project: 0, group: 0 }
  for (const entry of entries) {
    if (!isImplied(entry, projectId)) counts[entry.target.kind] += 1
  }
  return counts
}
