import { describe, expect, test } from 'vitest'
import { missingOf } from './decision.ts'
import { endpointsOf } from './endpoints.ts'
import { resourceOffers } from './permission-catalogue.ts'
import { fromSelection, offeredResources, policyFor } from './permissions.ts'
import { type PresetName, presetNames, presetsFor } from './presets.ts'
import type { Version } from './version.ts'

const offeredAt = (version: Version) => offeredResources(version)

const policiesOf = (name: PresetName, version: Version): string[] => {
  const preset = presetsFor(offeredAt(version)).find((each) => each.name === name)
  if (!preset) throw new Error(`${name} is not offered`)
  return fromSelection({ scopes: preset.scopes, other: [] }, [], offeredAt(version))
}

const newest: Version = { major: 19, minor: 1 }
const releases: Version[] = [
  { major: 17, minor: 11 },
  { major: 18, minor: 0 },
  { major: 18, minor: 3 },
  { major: 19, minor: 0 },
  newest,
]

describe.each(releases)('GitLab $major.$minor', (version) => {
  test('offers every preset, with scopes that it takes', () => {
    const presets = presetsFor(offeredAt(version))
    expect(presets.map(({ name }) => name)).toEqual(presetNames)
    for (const { scopes } of presets) {
      for (const [resource, scope] of Object.entries(scopes)) {
        const offer = offeredAt(version).find(({ name }) => name === resource)
        expect(offer?.scopes).toContain(scope)
      }
    }
  })

  test('lets Read everything read each resource, and write none', () => {
    expect(policiesOf('read-everything', version)).toEqual(
      offeredAt(version).map(({ name }) => policyFor(name, 'read')),
    )
  })

  test('has endpoints that ask for whatever a preset grants', () => {
    const asked = new Set(endpointsOf(version).flatMap(({ policies }) => policies as string[]))
    for (const name of presetNames) {
      for (const policy of policiesOf(name, version)) expect(asked).toContain(policy)
    }
  })

  test.each([
    [
      'package-consumer',
      'GET /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name',
    ],
    [
      'package-publisher',
      'PUT /projects/:id/packages/generic/:package_name/*package_version/(*path/):file_name',
    ],
    ['package-publisher', 'GET /projects/:id/packages'],
    ['release-publisher', 'POST /projects/:id/releases'],
    ['release-publisher', 'POST /projects/:id/releases/:tag_name/assets/links'],
    ['deployer', 'POST /projects/:id/deployments'],
    ['deployer', 'PUT /projects/:id/deployments/:deployment_id'],
    ['deployer', 'POST /projects/:id/environments/:environment_id/stop'],
    ['terraform-state', 'POST /projects/:id/terraform/state/:name/lock'],
  ] as const)('opens to %s: %s', (name, call) => {
    const found = endpointsOf(version).find(({ method, path }) => `${method} ${path}` === call)
    expect(found?.policies.length).toBeGreaterThan(0)
    expect(missingOf(found?.policies ?? [], policiesOf(name, version))).toEqual([])
  })
})

test('a preset opens all that its resources open', () => {
  for (const [name, resources] of [
    ['package-publisher', ['PACKAGES']],
    ['release-publisher', ['RELEASES']],
    ['deployer', ['DEPLOYMENTS', 'ENVIRONMENTS']],
    ['terraform-state', ['TERRAFORM_STATE']],
  ] as const) {
    const granted = policiesOf(name, newest)
    const wanted = endpointsOf(newest).filter(({ resource }) =>
      (resources as readonly (string | null)[]).includes(resource),
    )
    expect(wanted.filter(({ policies }) => missingOf(policies, granted).length > 0)).toEqual([])
  }
})

test('a preset that a server does not offer whole is left out', () => {
  const readOnly = resourceOffers.map(({ name }) => ({ name, scopes: ['none', 'read'] as const }))
  expect(presetsFor(readOnly).map(({ name }) => name)).toEqual([
    'package-consumer',
    'read-everything',
  ])
})
