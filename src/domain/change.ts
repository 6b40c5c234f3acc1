/**
 * A change of one entry of an allowlist, and its effect: the jobs of whom may do what, before and
 * after. The nearest entry alone decides, so that an entry can take away what a wider one grants, and
 * one that goes can give it back.
 *
 * Rules: as in `decision.ts`.
 */
import {
  type AllowlistEntry,
  entryKey,
  isImplied,
  ownEntriesSince,
  type Target,
} from './allowlist.ts'
import { coveringEntries, indexEntries, isInside } from './covering.ts'
import { resourceOffers } from './permission-catalogue.ts'
import type { PermissionConfiguration } from './permissions.ts'
import { atLeast, type Version } from './version.ts'

/** One entry before and after; undefined: not listed. */
export type EntryChange = {
  /** Whose list it is. */
  readonly projectId: number
  readonly target: Target
  readonly before: PermissionConfiguration | undefined
  readonly after: PermissionConfiguration | undefined
}

/** What the effect of a change hangs on besides the change. */
export type Circumstances = {
  /** The list as it is, or without the entry in question; whatever it says of that is not looked at. */
  readonly entries: readonly AllowlistEntry[]
  /** The project whose list it is. */
  readonly project: Pick<Target, 'id' | 'fullPath'>
  /** Whether the list decides who gets in: by the project's mode or by the instance. */
  readonly inForce: boolean
  /** False while the group's switch of GitLab 17.11 to 18.2 is off. */
  readonly fineGrainedAllowed: boolean
  readonly version: Version
}

/** What jobs may do; `entry` stands for endpoints that ask for an entry, whatever it grants. */
export type Grants = {
  readonly entry: boolean
  /** All that default permissions grant, policies that the console does not know included. */
  readonly everything: boolean
  /** Upper-case names; what another one includes is named, too. All known ones with `everything`. */
  readonly policies: readonly string[]
}

/** How a change meets some jobs. */
export type Shift = {
  /** The entry that decides for them, if any does. */
  readonly before: AllowlistEntry | undefined
  readonly after: AllowlistEntry | undefined
  readonly gained: Grants
  readonly lost: Grants
}

export type Effect = {
  /** Why entries do not count at present: then nothing is gained or lost. */
  readonly idle: 'mode-all' | undefined
  /** Entries let in and no more: the group's switch keeps permissions from counting. */
  readonly permissionsIdle: boolean
  /** The jobs of the target; of a group: those of its projects that no nearer entry names. */
  readonly callers: Shift
  /** The own project's jobs, where the target is a group that it stands in, and decides for them. */
  readonly own: Shift | undefined
  /** Entries for what stands in the target group: they keep counting, by path. */
  readonly apart: readonly AllowlistEntry[]
}

/** Says what the jobs of whom gain and lose by a change. */
export function effectOf(change: EntryChange, circumstances: Circumstances): Effect {
  const { target, before, after, projectId } = change
  const { entries, project, inForce, version, fineGrainedAllowed } = circumstances
  const key = entryKey(target)
  const others = entries.filter(
    (entry) => entryKey(entry.target) !== key && !isImplied(entry, projectId),
  )
  const changed = (permissions: PermissionConfiguration | undefined): AllowlistEntry[] =>
    permissions ? [{ target, permissions, addedBy: null, addedAt: '', accessible: true }] : []
  const listBefore = indexEntries([...others, ...changed(before)], projectId)
  const listAfter = indexEntries([...others, ...changed(after)], projectId)

  function shiftFor(caller: Pick<Target, 'kind' | 'id' | 'fullPath'>): Shift {
    const isOwn = caller.kind === 'project' && caller.id === projectId
    const [entryBefore] = coveringEntries(listBefore, caller)
    const [entryAfter] = coveringEntries(listAfter, caller)
    const grantsBefore = grantsOf(entryBefore, isOwn, circumstances)
    const grantsAfter = grantsOf(entryAfter, isOwn, circumstances)
    return {
      before: entryBefore,
      after: entryAfter,
      gained: without(grantsAfter, grantsBefore),
      lost: without(grantsBefore, grantsAfter),
    }
  }

  const ownProject = { kind: 'project', ...project } as const
  const holdsOwn = target.kind === 'group' && isInside(project.fullPath, target.fullPath)
  // A nearer entry keeps deciding for the own project's jobs.
  const decidesOwn =
    holdsOwn &&
    atLeast(version, ownEntriesSince) &&
    [listBefore, listAfter].some(
      (list) => entryKey(coveringEntries(list, ownProject)[0]?.target ?? ownProject) === key,
    )
  return {
    idle: inForce ? undefined : 'mode-all',
    permissionsIdle: !fineGrainedAllowed,
    callers: shiftFor(target),
    own: decidesOwn ? shiftFor(ownProject) : undefined,
    apart:
      target.kind === 'group'
        ? others
            .filter((entry) => isInside(entry.target.fullPath, target.fullPath))
            .sort((a, b) => (a.target.fullPath < b.target.fullPath ? -1 : 1))
        : [],
  }
}

const allPolicies: readonly string[] = resourceOffers.flatMap(({ name }) => [
  `READ_${name}`,
  `ADMIN_${name}`,
])

const everything: Grants = { entry: true, everything: true, policies: allPolicies }
const nothing: Grants = { entry: false, everything: false, policies: [] }

/** What the nearest entry grants, or the lack of one. */
function grantsOf(
  entry: AllowlistEntry | undefined,
  isOwn: boolean,
  { inForce, fineGrainedAllowed, version }: Circumstances,
): Grants {
  if (!inForce) return everything
  // A project lets its own jobs in, where no entry says what they may do.
  if (isOwn && (!entry || !atLeast(version, ownEntriesSince))) return everything
  if (!entry) return nothing
  if (!fineGrainedAllowed || entry.permissions.defaultPermissions) return everything
  return { entry: true, everything: false, policies: expand(entry.permissions.policies) }
}

/** With what is included: `ADMIN_X` includes `READ_X` (GitLab's `ExpandedJobTokenPolicies`). */
const expand = (policies: readonly string[]): string[] => [
  ...new Set(policies.flatMap((policy) => [policy.replace(/^ADMIN_/, 'READ_'), policy])),
]

/** What `some` has and `others` lacks. */
function without(some: Grants, others: Grants): Grants {
  return {
    entry: some.entry && !others.entry,
    everything: some.everything && !others.everything,
    policies: others.everything
      ? []
      : some.policies.filter((policy) => !others.policies.includes(policy)),
  }
}

/** Whether there is nothing of it. */
export const isNothing = ({ entry, everything, policies }: Grants): boolean =>
  !entry && !everything && policies.length === 0

/** Whether `some` grants all that `other` does. */
export function includes(some: PermissionConfiguration, other: PermissionConfiguration): boolean {
  if (some.defaultPermissions) return true
  if (other.defaultPermissions) return false
  const granted = expand(some.policies)
  return other.policies.every((policy) => granted.includes(policy))
}
