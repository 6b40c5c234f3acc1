/**
 * A change of one entry of an allowlist: what differs, how it is undone, and its effect, which is the
 * jobs of whom may do what before and after. The nearest entry alone decides, so that an entry can
 * take away what a wider one grants, and one that goes can give it back.
 *
 * Rules: as in `decision.ts`.
 */
import { type AllowlistEntry, entryKey, isImplied, isOwnProject, type Target } from './allowlist.ts'
import { coveringEntries, indexEntries, isInside } from './covering.ts'
import { deprecatedPolicies, type ResourceName, resourceOffers } from './permission-catalogue.ts'
import {
  type OfferedResource,
  type PermissionConfiguration,
  type Scope,
  samePermissions,
  toSelection,
} from './permissions.ts'
import { ownEntriesSince } from './releases.ts'
import { atLeast, type Version } from './version.ts'

/** One entry before and after; undefined: not listed. */
export type EntryChange = {
  /** Whose list it is. */
  readonly projectId: number
  readonly target: Target
  readonly before: PermissionConfiguration | undefined
  readonly after: PermissionConfiguration | undefined
}

/** Whether a change is of the entry of the project whose list it is. */
const isOfOwn = (change: Pick<EntryChange, 'projectId' | 'target'>): boolean =>
  isOwnProject(change, change.projectId)

const unrestricted: PermissionConfiguration = { defaultPermissions: true, policies: [] }

/** Unique per entry, over all projects. */
export const changeKey = ({ projectId, target }: EntryChange): string =>
  `${projectId} ${entryKey(target)}`

/** Whether an entry is as a change has it; undefined: not listed. */
export const sameEntry = (
  a: PermissionConfiguration | undefined,
  b: PermissionConfiguration | undefined,
): boolean => (a && b ? samePermissions(a, b) : a === b)

/**
 * Whether an entry is as a change has seen it. The own project's jobs are let in without an entry as
 * they are by default permissions: somebody else who stores these has changed nothing.
 */
export function isAsSeen(change: EntryChange, now: PermissionConfiguration | undefined): boolean {
  const implied = isOfOwn(change) ? unrestricted : undefined
  return sameEntry(now ?? implied, change.before ?? implied)
}

/**
 * What a list says about the entry of a change; undefined: not listed. The row that stands for the own
 * project without an entry of its own is none.
 */
export const entryIn = (
  entries: readonly AllowlistEntry[],
  { projectId, target }: Pick<EntryChange, 'projectId' | 'target'>,
): PermissionConfiguration | undefined =>
  entries.find(
    (entry) => entryKey(entry.target) === entryKey(target) && !isImplied(entry, projectId),
  )?.permissions

/**
 * The change that brings back what was there. The own project's entry cannot go: its first one is
 * undone by default permissions, with which GitLab answers as it does without an entry.
 */
export const inverseOf = (change: EntryChange): EntryChange => ({
  ...change,
  before: change.after,
  after: change.before ?? (isOfOwn(change) ? unrestricted : undefined),
})

/** Why undoing a change does not bring back all that was there. */
export type Loss =
  /** Only who can see a group or project can add it to a list, or change what it may do. */
  | 'hidden-target'
  /** The own project's first entry stays, with default permissions. */
  | 'own-entry'
  /** The server takes some of the policies no more, or refuses to take one twice. */
  | 'refused-policies'
  /** Who added it and when: the entry that is added again is a new one. */
  | 'added-by'

/**
 * What a change loses for good.
 * @param accessible whether the signed-in user can see the target
 */
export function lossesOf(change: EntryChange, accessible: boolean): Loss[] {
  const { before, after } = change
  const losses: Loss[] = []
  if (before && !accessible) losses.push('hidden-target')
  if (!before && isOfOwn(change)) losses.push('own-entry')
  if (before && refusedPolicies(before.policies).length > 0) losses.push('refused-policies')
  if (before && !after) losses.push('added-by')
  return losses
}

/**
 * The policies of an entry that GitLab refuses to store: those that it has given up
 * (`lib/ci/job_token/policies.rb`), and all but the first of one that is there twice
 * (`app/validators/json_schemas/ci_job_token_policies.json`). Of names that the console does not know
 * a newer GitLab may know more.
 */
export const refusedPolicies = (policies: readonly string[]): string[] =>
  policies.filter(
    (policy, at) => deprecatedPolicies.includes(policy) || policies.indexOf(policy) < at,
  )

/** How an entry grants; `absent` grants nothing. */
export type Configuration = 'absent' | 'default' | 'fine-grained'

/** What a change changes in the entry itself. */
export type Difference = {
  readonly configuration: { readonly before: Configuration; readonly after: Configuration }
  /** Resources whose scope differs between fine-grained permissions, in the order of the panel. */
  readonly scopes: readonly {
    readonly resource: ResourceName
    readonly before: Scope
    readonly after: Scope
  }[]
  /** Policies that no resource stands for. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** Every resource with every scope: a change may name what this server does not offer. */
const everyResource: readonly OfferedResource[] = resourceOffers.map(({ name }) => ({
  name,
  scopes: ['none', 'read', 'read-write'],
}))

/** Says in data what a change changes; what default permissions or no entry grant has no scopes. */
export function differenceOf({ before, after }: EntryChange): Difference {
  const was = selectionOf(before)
  const is = selectionOf(after)
  return {
    configuration: { before: configurationOf(before), after: configurationOf(after) },
    scopes: everyResource.flatMap(({ name }) => {
      const { [name]: before = 'none' } = was.scopes
      const { [name]: after = 'none' } = is.scopes
      return before === after ? [] : [{ resource: name, before, after }]
    }),
    added: is.other.filter((policy) => !was.other.includes(policy)),
    removed: was.other.filter((policy) => !is.other.includes(policy)),
  }
}

const selectionOf = (permissions: PermissionConfiguration | undefined) =>
  toSelection(permissions?.defaultPermissions === false ? permissions.policies : [], everyResource)

function configurationOf(permissions: PermissionConfiguration | undefined): Configuration {
  if (!permissions) return 'absent'
  return permissions.defaultPermissions ? 'default' : 'fine-grained'
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
    const isOwnJob = caller.kind === 'project' && caller.id === projectId
    const [entryBefore] = coveringEntries(listBefore, caller)
    const [entryAfter] = coveringEntries(listAfter, caller)
    const grantsBefore = grantsOf(entryBefore, isOwnJob, circumstances)
    const grantsAfter = grantsOf(entryAfter, isOwnJob, circumstances)
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

/** How a change moves what jobs may do: `mixed` for both at once. */
export type Direction = 'widens' | 'narrows' | 'mixed' | 'neither'

/** Says by its effect whether a change lets somebody in further, or less far. */
export function directionOf({ callers, own }: Effect): Direction {
  const shifts = own ? [callers, own] : [callers]
  const widens = shifts.some(({ gained }) => !isNothing(gained))
  const narrows = shifts.some(({ lost }) => !isNothing(lost))
  if (widens && narrows) return 'mixed'
  if (widens) return 'widens'
  return narrows ? 'narrows' : 'neither'
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
  isOwnJob: boolean,
  { inForce, fineGrainedAllowed, version }: Circumstances,
): Grants {
  if (!inForce) return everything
  // A project lets its own jobs in, where no entry says what they may do.
  if (isOwnJob && (!entry || !atLeast(version, ownEntriesSince))) return everything
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
