/**
 * The rules of fine-grained permissions: from GitLab's flat list of policies to one scope per
 * resource and back, without losing what this console does not know.
 */
import { type ResourceName, resourceOffers } from './permission-catalogue.ts'
import { fineGrainedForAllSince, groupSwitchSince, isCatalogued } from './releases.ts'
import { atLeast, type Version } from './version.ts'

/** How much of a resource a job token may use. `read-write` is GitLab's "Read and write". */
export type Scope = 'none' | 'read' | 'read-write'

/** A resource as one server offers it; `scopes` always starts with `none`. */
export type OfferedResource = { readonly name: ResourceName; readonly scopes: readonly Scope[] }

/**
 * What an allowlist entry grants. With `defaultPermissions` GitLab ignores `policies`, but keeps
 * what is stored; policies are upper-case names such as `READ_PACKAGES`, in the server's order.
 */
export type PermissionConfiguration = {
  readonly defaultPermissions: boolean
  readonly policies: readonly string[]
}

/**
 * What decides whether fine-grained permissions take effect on a GitLab of this version: nothing but
 * the entries, in older ones a switch of the top group's Owner, and before that a feature flag that no
 * API tells of.
 */
export function fineGrainedSwitch(version: Version): 'none' | 'group' | 'flag' {
  if (atLeast(version, fineGrainedForAllSince)) return 'none'
  return atLeast(version, groupSwitchSince) ? 'group' : 'flag'
}

/** Whether two entries grant the same; the order in which GitLab keeps policies means nothing. */
export const samePermissions = (a: PermissionConfiguration, b: PermissionConfiguration): boolean =>
  a.defaultPermissions === b.defaultPermissions &&
  a.policies.toSorted().join() === b.policies.toSorted().join()

/** The two things that a form edits: a scope per offered resource, and the policies beyond those. */
export type PolicySelection = {
  readonly scopes: Readonly<Partial<Record<ResourceName, Scope>>>
  readonly other: readonly string[]
}

/** One line of an entry's permissions in words; `policy` is a name that no known resource has. */
export type GrantLine =
  | { resource: ResourceName; scope: 'read' | 'read-write' }
  | { policy: string }

const resourceOf = new Map<string, ResourceName>(
  resourceOffers.flatMap(({ name }) => [
    [`READ_${name}`, name],
    [`ADMIN_${name}`, name],
  ]),
)

/** The policy that stands for a scope of a resource; undefined for `none`. */
export function policyFor(resource: ResourceName, scope: Scope): string | undefined {
  if (scope === 'none') return undefined
  return scope === 'read' ? `READ_${resource}` : `ADMIN_${resource}`
}

/** The resources and scopes that a GitLab of this version takes, in the order of its panel. */
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

/** Reads a list of policies into what a form edits. `ADMIN_X` includes `READ_X`. */
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
 * The list to send for a selection: what the user left alone keeps its place, its duplicates and
 * its double grants; a changed resource gets its one policy; a dropped other policy goes.
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

/** What a list of policies grants, one line per resource in the panel's order, unknown names last. */
export function grantLines(policies: readonly string[]): GrantLine[] {
  const lines: GrantLine[] = []
  for (const { name } of resourceOffers) {
    if (policies.includes(`ADMIN_${name}`)) lines.push({ resource: name, scope: 'read-write' })
    else if (policies.includes(`READ_${name}`)) lines.push({ resource: name, scope: 'read' })
  }
  const unknown = new Set(policies.filter((policy) => !resourceOf.has(policy)))
  return [...lines, ...[...unknown].map((policy) => ({ policy }))]
}
