import type { TargetReference } from '../../api/gitlab-api.ts'
import {
  type AllowlistEntry,
  countStored,
  entryKey,
  isOwnProject,
  type Target,
} from '../../domain/allowlist.ts'
import { allowlistLimit } from '../../domain/permission-catalogue.ts'

/** What the field "Group or project" names at this moment. */
export type Finding =
  | { state: 'empty' }
  /** Neither a path nor an id nor an address. */
  | { state: 'unreadable' }
  /** More than GitLab could hold: not to be sent. */
  | { state: 'too-long' }
  | { state: 'foreign'; host: string }
  | { state: 'searching' }
  /** Not there, or not for this user to see: GitLab does not say which. */
  | { state: 'missing' }
  /** Groups and projects are numbered separately: an id can name one of each. */
  | { state: 'ambiguous'; targets: readonly Target[] }
  | { state: 'failed'; error: Error }
  | { state: 'found'; target: Target }
  | { state: 'listed'; entry: AllowlistEntry; own: boolean }
  | { state: 'full'; target: Target }

/**
 * The target that a reference names for certain. A path names one thing, in whatever case it is
 * written; an id may name a group and a project, unless its kind is said.
 */
export function knownTarget(
  targets: readonly Target[],
  reference: TargetReference,
): Target | undefined {
  const { kind } = reference
  if ('id' in reference) {
    return kind && targets.find((target) => target.kind === kind && target.id === reference.id)
  }
  const path = reference.path.toLowerCase()
  return targets.find(({ fullPath }) => fullPath.toLowerCase() === path)
}

/**
 * Whether what was found can be added to an allowlist.
 * @param rows the panel's rows, the own project among them
 */
export function judge(
  targets: readonly Target[],
  rows: readonly AllowlistEntry[],
  projectId: number,
): Finding {
  const [target, second] = targets
  if (!target) return { state: 'missing' }
  if (second) return { state: 'ambiguous', targets }
  const entry = rows.find((row) => entryKey(row.target) === entryKey(target))
  if (entry) return { state: 'listed', entry, own: isOwnProject(entry, projectId) }
  if (countStored(rows, projectId)[target.kind] >= allowlistLimit) {
    return { state: 'full', target }
  }
  return { state: 'found', target }
}

/** The one group or project that a text names, whether it can be added or not. */
export function namedBy(finding: Finding): Target | undefined {
  switch (finding.state) {
    case 'found':
    case 'full':
      return finding.target
    case 'listed':
      return finding.entry.target
    default:
      return undefined
  }
}
