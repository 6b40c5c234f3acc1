/**
 * Sets of permissions for what jobs of another project commonly come for, as a first choice in a form.
 * Each is the least that its purpose needs: what an endpoint asks for stands in the endpoints' catalogue.
 */
import type { ResourceName } from './permission-catalogue.ts'
import type { OfferedResource, Scope } from './permissions.ts'

export const presetNames = [
  'package-consumer',
  'package-publisher',
  'release-publisher',
  'deployer',
  'terraform-state',
  'read-everything',
] as const

export type PresetName = (typeof presetNames)[number]

/** A preset for one server: exactly these scopes, and none for every other resource. */
export type Preset = {
  readonly name: PresetName
  readonly scopes: Readonly<Partial<Record<ResourceName, Scope>>>
}

const purposes: Readonly<Record<Exclude<PresetName, 'read-everything'>, Preset['scopes']>> = {
  'package-consumer': { PACKAGES: 'read' },
  'package-publisher': { PACKAGES: 'read-write' },
  'release-publisher': { RELEASES: 'read-write' },
  // To change a deployment, GitLab asks for its environment as well.
  deployer: { DEPLOYMENTS: 'read-write', ENVIRONMENTS: 'read-write' },
  'terraform-state': { TERRAFORM_STATE: 'read-write' },
}

/** The presets that a server offers all scopes of. */
export function presetsFor(offered: readonly OfferedResource[]): Preset[] {
  const isOffered = ([resource, scope]: [string, Scope]) =>
    offered.some(({ name, scopes }) => name === resource && scopes.includes(scope))
  return presetNames
    .map((name): Preset => {
      if (name !== 'read-everything') return { name, scopes: purposes[name] }
      return { name, scopes: Object.fromEntries(offered.map((each) => [each.name, 'read'])) }
    })
    .filter(({ scopes }) => Object.entries(scopes).every(isOffered))
}
