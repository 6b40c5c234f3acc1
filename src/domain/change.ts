/**
 * A change of one entry of an allowlist: its difference, its inverse, and its effect on the jobs
 * that it concerns. Only the nearest entry decides: adding an entry can take away what a wider one
 * grants, and removing an entry can give it back.
 *
 * Sources: those of `decision.ts`.
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

/** An entry before and after a change; undefined where it is not listed. */
export type EntryChange = {
  /** The project that owns the list. */
  readonly projectId: number
  readonly target: Target
  readonly before: PermissionConfiguration | undefined
  readonly after: PermissionConfiguration | undefined
}

/** Whether a change concerns the entry of the project that owns the list. */
const isOfOwn = (change: Pick<EntryChange, 'projectId' | 'target'>): boolean =>
  isOwnProject(change, change.projectId)

const unrestricted: PermissionConfiguration = { defaultPermissions: true, policies: [] }

/** Identifies the entry of a change among all projects. */
export const changeKey = ({
  projectId,
  target,
}: Pick<EntryChange, 'projectId' | 'target'>): string => `${projectId} ${entryKey(target)}`

/** Whether two states of an entry are equal; undefined where it is not listed. */
export const sameEntry = (
  a: PermissionConfiguration | undefined,
  b: PermissionConfiguration | undefined,
): boolean => (a && b ? samePermissions(a, b) : a === b)

/**
 * Whether an entry is still as it was when the change was made. Without an entry, the own project's
 * jobs have default permissions: if somebody stores these in the meantime, nothing has changed.
 */
export function isAsSeen(change: EntryChange, now: PermissionConfiguration | undefined): boolean {
  const implied = isOfOwn(change) ? unrestricted : undefined
  return sameEntry(now ?? implied, change.before ?? implied)
}

/**
 * The stored state of a change's entry in a list; undefined where it is not listed. The own
 * project's implied row does not count as an entry.
 */
export const entryIn = (
  entries: readonly AllowlistEntry[],
  { projectId, target }: Pick<EntryChange, 'projectId' | 'target'>,
): PermissionConfiguration | undefined =>
  // Each change of a large set is looked for: no key is put together for each entry.
  entries.find(
    (entry) =>
      entry.target.id === target.id &&
      entry.target.kind === target.kind &&
      !isImplied(entry, projectId),
  )?.permissions

/**
 * The change that undoes a change. The own project's first entry cannot be removed: it is set to
 * default permissions, which have the same effect as no entry.
 */
export const inverseOf = (change: EntryChange): EntryChange => ({
  ...change,
  before: change.after,
  after: change.before ?? (isOfOwn(change) ? unrestricted : undefined),
})

/** A reason why undoing a change does not restore everything. */
export type Loss =
  /** The signed-in user cannot see the target, and so cannot add or edit its entry. */
  | 'hidden-target'
  /** The own project's entry cannot be removed; it stays, with default permissions. */
  | 'own-entry'
  /** The server no longer accepts some of the policies, or refuses a duplicate. */
  | 'refused-policies'
  /** The author and date are lost: undoing a removal adds a new entry. Not where it cannot be undone. */
  | 'added-by'

/**
 * What undoing a change does not restore.
 * @param accessible whether the signed-in user can see the target
 */
export function lossesOf(change: EntryChange, accessible: boolean): Loss[] {
  const { before, after } = change
  const losses: Loss[] = []
  if (before && !accessible) losses.push('hidden-target')
  if (!before && isOfOwn(change)) losses.push('own-entry')
  if (before && refusedPolicies(before.policies).length > 0) losses.push('refused-policies')
  if (before && !after && !losses.some(isFinal)) losses.push('added-by')
  return losses
}

/** Whether GitLab would not take the change that undoes another one. */
const isFinal = (loss: Loss): boolean => loss === 'hidden-target' || loss === 'refused-policies'

/**
 * Whether GitLab would take the change that undoes a change.
 * @param accessible whether the signed-in user can see the target
 */
export const canUndo = (change: EntryChange, accessible: boolean): boolean =>
  !lossesOf(change, accessible).some(isFinal)

/**
 * The policies of an entry that GitLab refuses to store: deprecated ones
 * (`lib/ci/job_token/policies.rb`, gitlabhq 017a6c12) and duplicates
 * (`app/validators/json_schemas/ci_job_token_policies.json`, gitlabhq 017a6c12). Names that the
 * console does not know are not among them: a newer GitLab may accept them.
 */
export const refusedPolicies = (policies: readonly string[]): string[] =>
  policies.filter(
    (policy, at) => deprecatedPolicies.includes(policy) || policies.indexOf(policy) < at,
  )

/** The kind of permissions of an entry; `absent` stands for no entry. */
export type Configuration = 'absent' | 'default' | 'fine-grained'

/** What a change modifies in the entry itself. */
export type Difference = {
  readonly configuration: { readonly before: Configuration; readonly after: Configuration }
  /** Resources whose scope changes between fine-grained permissions, in the panel's order. */
  readonly scopes: readonly {
    readonly resource: ResourceName
    readonly before: Scope
    readonly after: Scope
  }[]
  /** Policies that belong to no known resource. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** Every resource with every scope: a change may name some that this server does not offer. */
const everyResource: readonly OfferedResource[] = resourceOffers.map(({ name }) => ({
  name,
  scopes: ['none', 'read', 'read-write'],
}))

/** Describes a change as data. Scopes are compared between fine-grained permissions only. */
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

/** The state that, together with a change, determines its effect. */
export type Circumstances = {
  /** The list, with or without the entry that changes: its current state is not used. */
  readonly entries: readonly AllowlistEntry[]
  /** The project that owns the list. */
  readonly project: Pick<Target, 'id' | 'fullPath'>
  /** Whether the allowlist is in force, by the project's mode or by the instance's enforcement. */
  readonly inForce: boolean
  /** False while the group's switch of GitLab 17.11 to 18.2 is off. */
  readonly fineGrainedAllowed: boolean
  readonly version: Version
}

/** What jobs may do. `entry` stands for endpoints that require any entry, whatever it grants. */
export type Grants = {
  readonly entry: boolean
  /** Default permissions: they grant all policies, also those that the console does not know. */
  readonly everything: boolean
  /** Upper-case names, including implied ones; all known names where `everything` is true. */
  readonly policies: readonly string[]
}

/** The effect of a change on one group of jobs. */
export type Shift = {
  /** The entry that decides about these jobs, if any. */
  readonly before: AllowlistEntry | undefined
  readonly after: AllowlistEntry | undefined
  /** What they may do before and after. */
  readonly had: Grants
  readonly has: Grants
  readonly gained: Grants
  readonly lost: Grants
}

export type Effect = {
  /** Why the allowlist is not in force: then nothing is gained or lost. */
  readonly idle: 'mode-all' | undefined
  /** True where entries let jobs in but the group's switch disables fine-grained permissions. */
  readonly permissionsIdle: boolean
  /** The target's jobs; for a group, the jobs of its projects that have no nearer entry. */
  readonly callers: Shift
  /** The own project's jobs, where the target is a group above it that decides about them. */
  readonly own: Shift | undefined
  /** Nearer entries, for what is inside the target group, by path. They stay in effect. */
  readonly apart: readonly AllowlistEntry[]
}

/** Determines which jobs gain or lose what by a change. */
export function effectOf(change: EntryChange, circumstances: Circumstances): Effect {
  const [effect] = effectOfSet([change], circumstances)
  if (!effect) throw new Error('A change without an effect')
  return effect
}

/**
 * Determines which jobs gain or lose what by changes that are made together: before is the list with
 * none of them, after the list with all of them.
 * @param changes of different entries of one list
 * @returns the effect on the jobs that each change concerns, in the order of the changes
 */
export function effectOfSet(
  changes: readonly EntryChange[],
  circumstances: Circumstances,
): Effect[] {
  const { entries, project, inForce, version, fineGrainedAllowed } = circumstances
  const keys = new Set(changes.map(({ target }) => entryKey(target)))
  const others = entries.filter(
    (entry) => !keys.has(entryKey(entry.target)) && !isImplied(entry, project.id),
  )
  const changed = (state: 'before' | 'after') => [
    ...others,
    ...changes.flatMap(({ target, [state]: permissions }): AllowlistEntry[] =>
      permissions ? [{ target, permissions, addedBy: null, addedAt: '', accessible: true }] : [],
    ),
  ]
  const after = changed('after')
  const listBefore = indexEntries(changed('before'), project.id)
  const listAfter = indexEntries(after, project.id)

  function shiftFor(caller: Pick<Target, 'kind' | 'id' | 'fullPath'>): Shift {
    const isOwnJob = caller.kind === 'project' && caller.id === project.id
    const [entryBefore] = coveringEntries(listBefore, caller)
    const [entryAfter] = coveringEntries(listAfter, caller)
    const had = grantsOf(entryBefore, isOwnJob, circumstances)
    const has = grantsOf(entryAfter, isOwnJob, circumstances)
    return {
      before: entryBefore,
      after: entryAfter,
      had,
      has,
      gained: without(has, had),
      lost: without(had, has),
    }
  }

  const ownProject = { kind: 'project', ...project } as const
  return changes.map(({ target }) => {
    const key = entryKey(target)
    const holdsOwn = target.kind === 'group' && isInside(project.fullPath, target.fullPath)
    // A nearer entry decides about the own project's jobs instead.
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
          ? after
              .filter((entry) => isInside(entry.target.fullPath, target.fullPath))
              .sort((a, b) => (a.target.fullPath < b.target.fullPath ? -1 : 1))
          : [],
    }
  })
}

/** The direction of a change; `mixed` where it both grants and takes away. */
export type Direction = 'widens' | 'narrows' | 'mixed' | 'neither'

/** The direction of a change, derived from its effect. */
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

/** The grants of the nearest entry, or of having no entry. */
function grantsOf(
  entry: AllowlistEntry | undefined,
  isOwnJob: boolean,
  { inForce, fineGrainedAllowed, version }: Circumstances,
): Grants {
  if (!inForce) return everything
  // The own project's jobs are let in where no entry limits them.
  if (isOwnJob && (!entry || !atLeast(version, ownEntriesSince))) return everything
  if (!entry) return nothing
  if (!fineGrainedAllowed || entry.permissions.defaultPermissions) return everything
  return { entry: true, everything: false, policies: expand(entry.permissions.policies) }
}

/**
 * Adds implied policies: `ADMIN_X` includes `READ_X` (`expanded_job_token_policies.rb` in GitLab's
 * `app/models/concerns/ci/job_token/`, gitlabhq 35b6ac04).
 */
const expand = (policies: readonly string[]): string[] => [
  ...new Set(policies.flatMap((policy) => [policy.replace(/^ADMIN_/, 'READ_'), policy])),
]

/** The grants of `some` that `others` does not have. */
function without(some: Grants, others: Grants): Grants {
  return {
    entry: some.entry && !others.entry,
    everything: some.everything && !others.everything,
    policies: others.everything
      ? []
      : some.policies.filter((policy) => !others.policies.includes(policy)),
  }
}

/** Whether nothing is granted. */
export const isNothing = ({ entry, everything, policies }: Grants): boolean =>
  !entry && !everything && policies.length === 0

/** Whether `some` grants everything that `other` does. */
export function includes(some: PermissionConfiguration, other: PermissionConfiguration): boolean {
  if (some.defaultPermissions) return true
  if (other.defaultPermissions) return false
  const granted = expand(some.policies)
  return other.policies.every((policy) => granted.includes(policy))
}
