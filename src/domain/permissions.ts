/**
 * Conversions between GitLab's flat list of policies and one scope per resource, which keep
 * policies that the console does not know.
 */
import { type ResourceName, resourceOffers } from './permission-catalogue.ts'
import { fineGrainedForAllSince, groupSwitchSince, isCatalogued } from './releases.ts'
import { atLeast, type Version } from './version.ts'

/** The scope of a resource for a job token. `read-write` is GitLab's "Read and write". */
export type Scope = 'none' | 'read' | 'read-write'

/** A resource with the scopes that a server offers; `scopes` always starts with `none`. */
export type OfferedResource = { readonly name: ResourceName; readonly scopes: readonly Scope[] }

/**
 * The permissions of an allowlist entry. With `defaultPermissions` GitLab ignores `policies` but
 * keeps them stored; policies are upper-case names such as `READ_PACKAGES`, in the server's order.
 */
export type PermissionConfiguration = {
  readonly defaultPermissions: boolean
  readonly policies: readonly string[]
}

/**
 * What enables fine-grained permissions on a GitLab of this version: nothing has to; in older ones
 * a switch of the top-level group, and before that a feature flag that no API returns.
 */
export function fineGrainedSwitch(version: Version): 'none' | 'group' | 'flag' {
  if (atLeast(version, fineGrainedForAllSince)) return 'none'
  return atLeast(version, groupSwitchSince) ? 'group' : 'flag'
}

/** Whether two entries grant the same. The order of stored policies does not matter. */
export const samePermissions = (a: PermissionConfiguration, b: PermissionConfiguration): boolean =>
  a.defaultPermissions === b.defaultPermissions &&
  a.policies.toSorted().join() === b.policies.toSorted().join()

/** The values that a form edits: a scope per offered resource, and the remaining policies. */
export type PolicySelection = {
  readonly scopes: Readonly<Partial<Record<ResourceName, Scope>>>
  readonly other: readonly string[]
}

/** One line of an entry's permissions; `policy` is a name that belongs to no known resource. */
export type GrantLine =
  | { resource: ResourceName; scope: 'read' | 'read-write' }
  | { policy: string }

const resourceOf = new Map<string, ResourceName>(
  resourceOffers.flatMap(({ name }) => [
    [`READ_${name}`, name],
    [`ADMIN_${name}`, name],
  ]),
)

/** The policy for a scope of a resource; undefined for `none`. */
export function policyFor(resource: ResourceName, scope: Scope): string | undefined {
  if (scope === 'none') return undefined
  return scope === 'read' ? `READ_${resource}` : `ADMIN_${resource}`
}

/** The resources and scopes that a GitLab of this version offers, in the order of its panel. */
export function offeredResources(version: Version): OfferedResource[] {
  return resourceOffers
    .filter(({ readSince }) => isCatalogued(version, readSince))
    .map(({ name, writeSince }) => ({
      name,
      scopes:
        writeSince && isCatalogued(version, writeSince)
          ? ['none', 'read', 'read-write']
          : ['none', 'read'],
    }))
}

/** Converts a list of policies into the values of a form. `ADMIN_X` includes `READ_X`. */
export function toSelection(
  policies: readonly string[],
  offered: readonly OfferedResource[],
): PolicySelection {
  const scopes: Partial<Record<ResourceName, Scope>> = {}
  const covered = new Set<string>()
  for (const { name, scopes: choices } of offered) {
    scopes[name] = 'none'
    for (const scope of choices) {
      const policy = policyFor(name, scope)
      if (!policy) continue
      covered.add(policy)
      if (policies.includes(policy)) scopes[name] = scope
    }
  }
  return { scopes, other: [...new Set(policies.filter((policy) => !covered.has(policy)))] }
}

/**
 * The list of policies to send for a selection. Unchanged resources keep their policies with order,
 * duplicates and redundant grants; a changed resource gets its one policy; deselected other
 * policies are removed.
 */
export function fromSelection(
  selection: PolicySelection,
  stored: readonly string[],
  offered: readonly OfferedResource[],
): string[] {
  const before = toSelection(stored, offered)
  const changed = offered.filter(({ name }) => selection.scopes[name] !== before.scopes[name])
  const dropped = new Set([
    ...changed.flatMap(({ name, scopes }) => scopes.map((scope) => policyFor(name, scope))),
    ...before.other.filter((policy) => !selection.other.includes(policy)),
  ])
  const kept = stored.filter((policy) => !dropped.has(policy))
  const added = [
    ...changed.map(({ name }) => policyFor(name, selection.scopes[name] ?? 'none')),
    ...selection.other.filter((policy) => !stored.includes(policy)),
  ]
  return [...kept, ...added.filter((policy) => policy !== undefined)]
}

/** The grants of policies: one line per resource in the panel's order, unknown names last. */
export function grantLines(policies: readonly string[]): GrantLine[] {
  const lines: GrantLine[] = []
  for (const { name } of resourceOffers) {
    if (policies.includes(`ADMIN_${name}`)) lines.push({ resource: name, scope: 'read-write' })
    else if (policies.includes(`READ_${name}`)) lines.push({ resource: name, scope: 'read' })
  }
  const unknown = new Set(policies.filter((policy) => !resourceOf.has(policy)))
  return [...lines, ...[...unknown].map((policy) => ({ policy }))]
}
