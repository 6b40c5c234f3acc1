/** The allowlist of a project: its entries, their order, and what may be done with each. */
import type { PermissionConfiguration } from './permissions.ts'
import { ownEntriesSince } from './releases.ts'
import { atLeast, type Version } from './version.ts'

/** What an entry names. GitLab numbers groups and projects separately, so `kind` is part of the key. */
export type TargetKind = 'project' | 'group'
export type Target = {
  readonly kind: TargetKind
  readonly id: number
  readonly fullPath: string
  readonly name: string
  readonly avatarUrl: string | null
  /** As the server sent it: not necessarily a safe link. */
  readonly webUrl: string
}

/** A GitLab user as far as an entry tells. */
export type AddedBy = { readonly username: string; readonly name: string; readonly webUrl: string }

/** One row of the allowlist. */
export type AllowlistEntry = {
  readonly target: Target
  readonly permissions: PermissionConfiguration
  readonly addedBy: AddedBy | null
  /** ISO 8601; null for the own project without a stored entry. */
  readonly addedAt: string | null
  /** Whether the signed-in user may read the target; a hidden one can be removed but not edited. */
  readonly accessible: boolean
}

/** Unique per group or project, and stable over reloads. A server may list one more than once. */
export const entryKey = ({ kind, id }: Pick<Target, 'kind' | 'id'>): string => `${kind}-${id}`

/** Whether what is named is the project whose allowlist it is. */
export const isOwnProject = (
  { target }: { readonly target: Pick<Target, 'kind' | 'id'> },
  projectId: number,
): boolean => target.kind === 'project' && target.id === projectId

/** Whether GitLab made the row up: the own project is on every list, also without a stored entry. */
export const isImplied = (entry: AllowlistEntry, projectId: number): boolean =>
  isOwnProject(entry, projectId) && entry.addedAt === null

export type Removal = { allowed: true } | { allowed: false; because: 'own-project' }

/**
 * A project always trusts its own job tokens; GitLab lists it but never lets it go.
 * https://docs.gitlab.com/api/project_job_token_scopes/
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
 * GitLab asks for read access to the target before it changes what the target may do; and before
 * 18.3 it takes no entry for the own project, whose jobs it always lets in.
 * @param version undefined while it is not known: then nothing is put down to it
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
 * The rows as the panel shows them: the own project first (a server may list it never, once, or twice:
 * as it is stored and as it always is), then all others by full path, groups and projects mixed. Of a
 * target that is listed more than once each row that differs is shown: which one counts is not known.
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

/** The rows of one target without repetitions, and without what only stands for a stored one. */
function distinct(rows: AllowlistEntry[]): AllowlistEntry[] {
  if (rows.length === 1) return rows
  const stored = rows.filter(({ addedAt }) => addedAt !== null)
  const telling = stored.length > 0 ? stored : rows
  return [...new Map(telling.map((row) => [JSON.stringify(row), row])).values()]
}

/** How many stored entries of each kind stand against GitLab's limit. */
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
