/**
 * Which entry stands where: GitLab asks the nearest entry alone, a project's own before that of its
 * closest group, and the others count for nothing.
 *
 * Source: `app/models/ci/job_token/allowlist.rb` of GitLab 18.3.
 */
import {
  type AllowlistEntry,
  entryKey,
  isImplied,
  ownEntriesSince,
  type Target,
} from './allowlist.ts'
import { atLeast, type Version } from './version.ts'

/** GitLab tells paths apart whatever their case. */
export const foldPath = (fullPath: string): string => fullPath.toLowerCase()

/** The full paths of the groups that a path stands in, folded, the closest first. */
export function ancestorsOf(fullPath: string): string[] {
  const parts = foldPath(fullPath).split('/')
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('/'))
}

/** Whether something of this path stands in the group of that path. */
export const isInside = (fullPath: string, group: string): boolean =>
  foldPath(fullPath).startsWith(`${foldPath(group)}/`)

/**
 * The entries that cover a target, the nearest first: its own entry, then those of the groups that
 * it stands in.
 * @param entries a list, of which the row that GitLab makes up for the own project is no entry
 * @param projectId the project whose list it is
 */
export function covering(
  entries: readonly AllowlistEntry[],
  target: Pick<Target, 'kind' | 'id' | 'fullPath'>,
  projectId: number,
): AllowlistEntry[] {
  const own = entryKey(target)
  const ancestors = new Map(ancestorsOf(target.fullPath).map((path, index) => [path, index + 1]))
  const distance = (entry: AllowlistEntry): number | undefined => {
    if (entryKey(entry.target) === own) return 0
    return entry.target.kind === 'group'
      ? ancestors.get(foldPath(entry.target.fullPath))
      : undefined
  }
  return entries
    .flatMap((entry) => {
      const far = isImplied(entry, projectId) ? undefined : distance(entry)
      return far === undefined ? [] : [{ entry, far }]
    })
    .sort((a, b) => a.far - b.far)
    .map(({ entry }) => entry)
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
  const [entry] = covering(entries, own, own.id)
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
  const stored = entries.filter((entry) => !isImplied(entry, projectId))
  const groups = new Map(
    stored.flatMap((entry) =>
      entry.target.kind === 'group' ? [[foldPath(entry.target.fullPath), entry] as const] : [],
    ),
  )
  const found = new Map<string, { before: AllowlistEntry | undefined; behind: AllowlistEntry[] }>()
  const at = (entry: AllowlistEntry) => {
    const key = entryKey(entry.target)
    const known = found.get(key) ?? { before: undefined, behind: [] }
    found.set(key, known)
    return known
  }
  for (const entry of stored) {
    for (const path of ancestorsOf(entry.target.fullPath)) {
      const group = groups.get(path)
      if (!group) continue
      at(entry).before = group
      at(group).behind.push(entry)
      break
    }
  }
  return found
}
