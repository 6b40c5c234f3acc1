/**
 * One action applied to many entries: the changes that it makes, and what it leaves out for which
 * reason. Nothing is sent from here; the changes are reviewed first.
 */
import { type AllowlistEntry, editing, entryKey, isImplied, removal } from './allowlist.ts'
import { type EntryChange, includes, lossesOf, refusedPolicies } from './change.ts'
import { deprecatedPolicies, type ResourceName } from './permission-catalogue.ts'
import {
  fromSelection,
  type OfferedResource,
  offeredResources,
  type PermissionConfiguration,
  policyFor,
  type Scope,
  samePermissions,
  toSelection,
} from './permissions.ts'
import type { Preset } from './presets.ts'
import type { Version } from './version.ts'

/** What to do with each entry of a selection. */
export type BulkAction =
  /**
   * Sets one resource's scope where it is lower, where it is higher, or in any case. Where the
   * resource has no write scope, "Read and write" ends at Read.
   */
  | {
      readonly kind: 'raise' | 'lower' | 'exactly'
      readonly resource: ResourceName
      readonly scope: Scope
    }
  | { readonly kind: 'default' }
  /** The policies that are stored beside default permissions count again; usually there are none. */
  | { readonly kind: 'fine-grained' }
  | { readonly kind: 'preset'; readonly preset: Preset }
  | { readonly kind: 'copy'; readonly permissions: PermissionConfiguration }
  | { readonly kind: 'remove' }

/** What decides about an action besides the entries. */
export type BulkCircumstances = {
  /** The project that owns the list. */
  readonly projectId: number
  readonly version: Version
  /** False while the group's switch of GitLab 17.11 to 18.2 is off. */
  readonly fineGrainedAllowed: boolean
}

/** Why an action leaves an entry as it is. */
export type LeftOutBecause =
  /** The project that owns the list cannot be removed from it. */
  | 'own-project'
  /** Before 18.3 the own project has no entry to edit. */
  | 'own-always-allowed'
  /** The signed-in user cannot see the target: GitLab lets nobody edit what they cannot see. */
  | 'hidden-target'
  /** Default permissions grant more than any scope: to raise a scope would narrow them. */
  | 'default-permissions'
  /** The group has switched fine-grained permissions off: GitLab would store default ones. */
  | 'switched-off'
  /** It is so already. */
  | 'unchanged'
  /** Another row of the same target stands in the list, and makes the change. */
  | 'listed-twice'

export type LeftOut = { readonly entry: AllowlistEntry; readonly because: LeftOutBecause }

export type BulkPlan = {
  /** In the order of the entries, each of another one. */
  readonly changes: readonly EntryChange[]
  readonly leftOut: readonly LeftOut[]
  /** Those changes that take away some of what the entry itself grants; removals aside. */
  readonly narrowing: readonly EntryChange[]
  /** Those of them that switch from default to fine-grained permissions. */
  readonly switching: readonly EntryChange[]
  /** Those changes that cannot be undone, because the user cannot see the target. */
  readonly final: readonly EntryChange[]
  /** Those changes that keep policies which GitLab refuses to store. */
  readonly refusable: readonly EntryChange[]
}

/** Why nothing at all can be done with the entries of a list. */
export type Standstill = 'archived' | 'read-only-token'

/** @param canWrite whether the token may write; true where that is not known */
export function standstill(archived: boolean, canWrite: boolean): Standstill | undefined {
  if (archived) return 'archived'
  return canWrite ? undefined : 'read-only-token'
}

/**
 * What an action would change, and what it would leave out.
 * @param entries the selected rows of one list
 */
export function planBulk(
  action: BulkAction,
  entries: readonly AllowlistEntry[],
  circumstances: BulkCircumstances,
): BulkPlan {
  const { projectId } = circumstances
  const offered = offeredResources(circumstances.version)
  const changes: EntryChange[] = []
  const leftOut: LeftOut[] = []
  const final: EntryChange[] = []
  const done = new Set<string>()
  for (const entry of entries) {
    const key = entryKey(entry.target)
    const result = done.has(key)
      ? 'listed-twice'
      : outcomeFor(action, entry, circumstances, offered)
    done.add(key)
    if (typeof result === 'string') {
      leftOut.push({ entry, because: result })
      continue
    }
    const change: EntryChange = {
      projectId,
      target: entry.target,
      before: isImplied(entry, projectId) ? undefined : entry.permissions,
      after: result.after,
    }
    changes.push(change)
    if (lossesOf(change, entry.accessible).includes('hidden-target')) final.push(change)
  }
  const narrowing = changes.filter(
    ({ before, after }) => after && !includes(after, before ?? everything),
  )
  return {
    changes,
    leftOut,
    narrowing,
    switching: narrowing.filter(({ before }) => (before ?? everything).defaultPermissions),
    final,
    refusable: changes.filter(({ after }) => after && refusedPolicies(after.policies).length > 0),
  }
}

/** What the own project's jobs have without a stored entry. */
const everything: PermissionConfiguration = { defaultPermissions: true, policies: [] }

/** What an entry becomes (`after` is undefined where it goes), or why it is left out. */
function outcomeFor(
  action: BulkAction,
  entry: AllowlistEntry,
  { projectId, version, fineGrainedAllowed }: BulkCircumstances,
  offered: readonly OfferedResource[],
): { readonly after: PermissionConfiguration | undefined } | LeftOutBecause {
  if (action.kind === 'remove') {
    const allowed = removal(entry, projectId)
    return allowed.allowed ? { after: undefined } : allowed.because
  }
  const allowed = editing(entry, { projectId, version })
  if (!allowed.allowed) return allowed.because
  const { permissions } = entry
  if (action.kind === 'raise' && permissions.defaultPermissions) return 'default-permissions'
  const after = permissionsAfter(action, permissions, offered)
  // Of two entries with default permissions, GitLab ignores what else is stored.
  const isSame =
    samePermissions(after, permissions) ||
    (after.defaultPermissions && permissions.defaultPermissions)
  if (isSame) return 'unchanged'
  return after.defaultPermissions || fineGrainedAllowed ? { after } : 'switched-off'
}

function permissionsAfter(
  action: Exclude<BulkAction, { kind: 'remove' }>,
  stored: PermissionConfiguration,
  offered: readonly OfferedResource[],
): PermissionConfiguration {
  switch (action.kind) {
    case 'default':
      return { defaultPermissions: true, policies: [] }
    case 'fine-grained':
      return { defaultPermissions: false, policies: stored.policies }
    case 'preset':
      return withScopes(stored, scopesOf(offered, action.preset.scopes), offered)
    case 'copy':
      return copied(action.permissions, stored, offered)
    default:
      return withScope(action, stored, offered)
  }
}

/** Sets one resource's scope, and leaves the others as they are. */
function withScope(
  { kind, resource, scope }: Extract<BulkAction, { kind: 'raise' | 'lower' | 'exactly' }>,
  stored: PermissionConfiguration,
  offered: readonly OfferedResource[],
): PermissionConfiguration {
  const wanted = offeredScope(resource, scope, offered)
  // Default permissions grant all there is: lowered in one resource, the others keep the most that
  // policies can say. "Exactly" is a fresh start instead, as in the dialog of a single entry.
  const before =
    kind === 'lower' && stored.defaultPermissions
      ? { ...stored, policies: allPolicies(offered) }
      : stored
  const { scopes } = toSelection(before.policies, offered)
  const now = scopes[resource] ?? 'none'
  const isDue =
    kind === 'exactly' || (kind === 'raise' ? rank(wanted) > rank(now) : rank(wanted) < rank(now))
  return isDue ? withScopes(before, { ...scopes, [resource]: wanted }, offered) : before
}

/** The scope that a resource ends at: the highest that it offers, but no more than this. */
export function offeredScope(
  resource: ResourceName,
  scope: Scope,
  offered: readonly OfferedResource[],
): Scope {
  const scopes = offered.find(({ name }) => name === resource)?.scopes ?? ['none']
  return scopes.findLast((each) => rank(each) <= rank(scope)) ?? 'none'
}

const rank = (scope: Scope): number => ['none', 'read', 'read-write'].indexOf(scope)

const allPolicies = (offered: readonly OfferedResource[]): string[] =>
  offered.flatMap(({ name, scopes }) => policyFor(name, scopes.at(-1) ?? 'none') ?? [])

/** A scope for every offered resource: none where it is not named. */
const scopesOf = (offered: readonly OfferedResource[], named: Preset['scopes']): Preset['scopes'] =>
  Object.fromEntries(offered.map(({ name }) => [name, named[name] ?? 'none']))

/** Fine-grained permissions with these scopes. Policies that no resource stands for stay. */
function withScopes(
  stored: PermissionConfiguration,
  scopes: Preset['scopes'],
  offered: readonly OfferedResource[],
): PermissionConfiguration {
  const { other } = toSelection(stored.policies, offered)
  return {
    defaultPermissions: false,
    policies: fromSelection({ scopes, other }, stored.policies, offered),
  }
}

/**
 * The scopes of another entry. Policies that no resource stands for stay, and those of the other
 * entry come along, but for deprecated ones, which GitLab refuses.
 */
function copied(
  from: PermissionConfiguration,
  stored: PermissionConfiguration,
  offered: readonly OfferedResource[],
): PermissionConfiguration {
  if (from.defaultPermissions) return { defaultPermissions: true, policies: [] }
  const { scopes, other } = toSelection(from.policies, offered)
  const kept = withScopes(stored, scopesOf(offered, scopes), offered)
  const extra = other.filter(
    (policy) => !deprecatedPolicies.includes(policy) && !kept.policies.includes(policy),
  )
  return { ...kept, policies: [...kept.policies, ...extra] }
}
