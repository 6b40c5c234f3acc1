/**
 * Which entries of an allowlist cover a project or a group: its own entry, and those of its
 * ancestor groups. The nearest one alone decides; the others are ignored.
 * https://docs.gitlab.com/ci/jobs/ci_job_token/ and GitLab's `app/models/ci/job_token/allowlist.rb`
 * (gitlabhq 800235cc).
 */
import {
  type AllowlistEntry,
  entryKey,
  isImplied,
  type Target,
  type TargetKind,
} from './allowlist.ts'
import { ownEntriesSince } from './releases.ts'
import { atLeast, type Version } from './version.ts'

/**
 * A project or group to look up, a project by default. A project without an id is looked up by its
 * path; the groups above it are found only by its path.
 */
export type Covered = {
  readonly kind?: TargetKind
  readonly id?: number | undefined
  readonly fullPath?: string | undefined
}

/** An allowlist, indexed for many look-ups. */
export type EntryIndex = {
  /** The stored entries, without the own project's implied row. */
  readonly projects: readonly AllowlistEntry[]
  readonly groups: readonly AllowlistEntry[]
  readonly projectsById: ReadonlyMap<number, AllowlistEntry>
  readonly projectsByPath: ReadonlyMap<string, AllowlistEntry>
  readonly groupsByPath: ReadonlyMap<string, AllowlistEntry>
}

/** Lower-cases a path: GitLab compares paths without regard to case. */
export const foldPath = (fullPath: string): string => fullPath.toLowerCase()

/** The full paths of the groups above a path, in lower case, the closest first. */
export function ancestorsOf(fullPath: string): string[] {
  const parts = foldPath(fullPath).split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'))
}

/** Whether a path is inside a group. */
export const isInside = (fullPath: string, group: string): boolean =>
  foldPath(fullPath).startsWith(`${foldPath(group)}/`)

/** @param projectId the project that owns the allowlist */
export function indexEntries(entries: readonly AllowlistEntry[], projectId: number): EntryIndex {
  const stored = entries.filter((entry) => !isImplied(entry, projectId))
  const projects = stored.filter(({ target }) => target.kind === 'project')
  const groups = stored.filter(({ target }) => target.kind === 'group')
  return {
    projects,
    groups,
    projectsById: new Map(projects.map((entry) => [entry.target.id, entry])),
    projectsByPath: byPath(projects),
    groupsByPath: byPath(groups),
  }
}

const byPath = (entries: readonly AllowlistEntry[]) =>
  new Map(entries.map((entry) => [foldPath(entry.target.fullPath), entry]))

/** The entries that certainly cover a project or group, the nearest first. */
export function coveringEntries(index: EntryIndex, covered: Covered): AllowlistEntry[] {
  const own = ownEntryOf(index, covered)
  const groups = ancestorsOf(covered.fullPath ?? '').flatMap(
    (path) => index.groupsByPath.get(path) ?? [],
  )
  return own ? [own, ...groups] : groups
}

function ownEntryOf(index: EntryIndex, { kind, id, fullPath }: Covered) {
  const path = fullPath && foldPath(fullPath)
  if (kind === 'group') return path ? index.groupsByPath.get(path) : undefined
  // By id where there is one: another project may have had this path before.
  if (id !== undefined) return index.projectsById.get(id)
  return path ? index.projectsByPath.get(path) : undefined
}

/** What decides about the own project's jobs while it has no stored entry. */
export type OwnRule =
  /** Before 18.3, the jobs are always let in. */
  | { readonly kind: 'always' }
  /** No entry limits the jobs: no group above the project is listed. */
  | { readonly kind: 'free' }
  | { readonly kind: 'ancestor'; readonly entry: AllowlistEntry }

/** @param own the project that owns the list; it must not have a stored entry */
export function ownRule(
  entries: readonly AllowlistEntry[],
  own: Pick<Target, 'kind' | 'id' | 'fullPath'>,
  version: Version,
): OwnRule {
  if (!atLeast(version, ownEntriesSince)) return { kind: 'always' }
  const [entry] = coveringEntries(indexEntries(entries, own.id), own)
  return entry ? { kind: 'ancestor', entry } : { kind: 'free' }
}

/** How one entry relates to the other entries of its list. */
export type Standing = {
  /** The next-nearest entry, which would decide about the target if this one were removed. */
  readonly before: AllowlistEntry | undefined
  /** The entries whose next-nearest is this one: they decide about their targets instead. */
  readonly behind: readonly AllowlistEntry[]
}

/**
 * The standing of each entry that has another one before or behind it, by `entryKey`. Computed in
 * one pass, because lists are long.
 */
export function standings(
  entries: readonly AllowlistEntry[],
  projectId: number,
): ReadonlyMap<string, Standing> {
  const { projects, groups, groupsByPath } = indexEntries(entries, projectId)
  const found = new Map<string, { before: AllowlistEntry | undefined; behind: AllowlistEntry[] }>()
  const at = (entry: AllowlistEntry) => {
    const key = entryKey(entry.target)
    const known = found.get(key) ?? { before: undefined, behind: [] }
    found.set(key, known)
    return known
  }
  for (const entry of [...groups, ...projects]) {
    for (const path of ancestorsOf(entry.target.fullPath)) {
      const group = groupsByPath.get(path)
      if (!group) continue
      const standing = at(entry)
      // Of a repeated target, one row is enough.
      if (!standing.before) at(group).behind.push(entry)
      standing.before = group
      break
    }
  }
  return found
}
