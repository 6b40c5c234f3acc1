/**
 * Which entries of an allowlist cover a project or a group: its own entry, and those of its ancestor
 * groups. The nearest of them alone decides; the others do not count.
 * https://docs.gitlab.com/ci/jobs/ci_job_token/ and GitLab's `app/models/ci/job_token/allowlist.rb`
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
 * A project, unless it says otherwise, as far as it is known: without an id it is found by its path,
 * without a path no group is.
 */
export type Covered = {
  readonly kind?: TargetKind
  readonly id?: number | undefined
  readonly fullPath?: string | undefined
}

/** An allowlist, prepared to be asked about many projects. */
export type EntryIndex = {
  /** The stored entries: the row that GitLab makes up for the own project is none. */
  readonly projects: readonly AllowlistEntry[]
  readonly groups: readonly AllowlistEntry[]
  readonly projectsById: ReadonlyMap<number, AllowlistEntry>
  readonly projectsByPath: ReadonlyMap<string, AllowlistEntry>
  readonly groupsByPath: ReadonlyMap<string, AllowlistEntry>
}

/** GitLab compares paths without regard to case. */
export const foldPath = (fullPath: string): string => fullPath.toLowerCase()

/** The full paths of the groups that a path stands in, folded, the closest first. */
export function ancestorsOf(fullPath: string): string[] {
  const parts = foldPath(fullPath).split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'))
}

/** Whether something of this path stands in the group of that path. */
export const isInside = (fullPath: string, group: string): boolean =>
  foldPath(fullPath).startsWith(`${foldPath(group)}/`)

/** @param projectId the project whose allowlist it is */
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

/** The entries that surely cover it, the nearest first. */
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
  // A project may have moved to where another one was: the id says which it is.
  if (id !== undefined) return index.projectsById.get(id)
  return path ? index.projectsByPath.get(path) : undefined
}

/** What decides about the own project's jobs where its row is not stored. */
export type OwnRule =
  /** Before 18.3: they are always let in. */
  | { readonly kind: 'always' }
  /** Nothing limits them: no group above the project is listed. */
  | { readonly kind: 'free' }
  | { readonly kind: 'ancestor'; readonly entry: AllowlistEntry }

/** @param own the project whose list it is; its row must not be stored */
export function ownRule(
  entries: readonly AllowlistEntry[],
  own: Pick<Target, 'kind' | 'id' | 'fullPath'>,
  version: Version,
): OwnRule {
  if (!atLeast(version, ownEntriesSince)) return { kind: 'always' }
  const [entry] = coveringEntries(indexEntries(entries, own.id), own)
  return entry ? { kind: 'ancestor', entry } : { kind: 'free' }
}

/** Where one entry stands among the others of its list. */
export type Standing = {
  /** The entry that would count for its target if it were not there. */
  readonly before: AllowlistEntry | undefined
  /** The entries that stand right before it: it does not count for what they name. */
  readonly behind: readonly AllowlistEntry[]
}

/**
 * The standing of each entry that stands before or behind another, by its key. Takes one pass:
 * lists are long.
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
      // Of a target that is listed twice one row is enough.
      if (!standing.before) at(group).behind.push(entry)
      standing.before = group
      break
    }
  }
  return found
}
