import { describe, expect, test } from 'vitest'
import { createDice, listed } from '../../test-support/random-worlds.ts'
import type { AllowlistEntry } from './allowlist.ts'
import { type BulkAction, type BulkCircumstances, planBulk, standstill } from './bulk.ts'
import { includes, refusedPolicies } from './change.ts'
import { type ResourceName, resourceOffers } from './permission-catalogue.ts'
import { offeredResources, type PermissionConfiguration, type Scope } from './permissions.ts'
import { presetsFor } from './presets.ts'

const circumstances: BulkCircumstances = {
  projectId: 1,
  version: { major: 18, minor: 3 },
  fineGrainedAllowed: true,
}
const own = listed('project', 1, 'acme/storefront', null)
const entryWith = (permissions: PermissionConfiguration | string): AllowlistEntry => ({
  ...listed('project', 2, 'acme/tools', null),
  permissions: typeof permissions === 'string' ? parse(permissions) : permissions,
})

/** `default`, `default READ_JOBS` (stored beside), `-` for nothing, or policies. */
function parse(text: string): PermissionConfiguration {
  const [first = '', ...rest] = text.split(' ').filter((name) => name !== '-')
  if (first === 'default') return { defaultPermissions: true, policies: rest }
  return { defaultPermissions: false, policies: [first, ...rest].filter(Boolean) }
}
function format({ defaultPermissions, policies }: PermissionConfiguration): string {
  return [defaultPermissions && 'default', ...policies].filter(Boolean).join(' ') || '-'
}

/** What becomes of one entry, or why it is left out. */
function fate(
  action: BulkAction,
  entry: AllowlistEntry,
  changes: Partial<BulkCircumstances> = {},
): string {
  const plan = planBulk(action, [entry], { ...circumstances, ...changes })
  const [change] = plan.changes
  const [left] = plan.leftOut
  expect(plan.changes.length + plan.leftOut.length).toBe(1)
  if (left) return `left out: ${left.because}`
  return change?.after ? format(change.after) : 'removed'
}

describe('a scope', () => {
  const allButPackages =
    'ADMIN_DEPLOYMENTS ADMIN_ENVIRONMENTS ADMIN_JOBS READ_MERGE_REQUESTS ADMIN_PIPELINES ADMIN_RELEASES READ_REPOSITORIES ADMIN_SECURE_FILES ADMIN_TERRAFORM_STATE READ_WORK_ITEMS'

  test.each([
    // Raise: only what is lower, and never what has default permissions.
    ['raise', 'PACKAGES', 'read', '-', 'READ_PACKAGES'],
    ['raise', 'PACKAGES', 'read', 'READ_JOBS', 'READ_JOBS READ_PACKAGES'],
    ['raise', 'PACKAGES', 'read', 'READ_PACKAGES', 'left out: unchanged'],
    ['raise', 'PACKAGES', 'read', 'ADMIN_PACKAGES', 'left out: unchanged'],
    ['raise', 'PACKAGES', 'read', 'READ_PACKAGES ADMIN_PACKAGES', 'left out: unchanged'],
    ['raise', 'PACKAGES', 'read-write', 'READ_PACKAGES', 'ADMIN_PACKAGES'],
    ['raise', 'PACKAGES', 'read-write', 'default', 'left out: default-permissions'],
    ['raise', 'PACKAGES', 'none', 'READ_PACKAGES', 'left out: unchanged'],
    // A resource without a write scope ends at Read.
    ['raise', 'WORK_ITEMS', 'read-write', '-', 'READ_WORK_ITEMS'],
    ['raise', 'WORK_ITEMS', 'read-write', 'READ_WORK_ITEMS', 'left out: unchanged'],
    ['exactly', 'REPOSITORIES', 'read-write', 'READ_JOBS', 'READ_JOBS READ_REPOSITORIES'],
    // A resource that this server does not know yet stays out.
    ['raise', 'BADGES', 'read', 'READ_JOBS', 'left out: unchanged'],
    // Lower: only what is higher.
    ['lower', 'PACKAGES', 'read', 'ADMIN_PACKAGES READ_JOBS', 'READ_JOBS READ_PACKAGES'],
    ['lower', 'PACKAGES', 'read', 'READ_PACKAGES', 'left out: unchanged'],
    ['lower', 'PACKAGES', 'read', '-', 'left out: unchanged'],
    ['lower', 'PACKAGES', 'none', 'READ_PACKAGES', '-'],
    ['lower', 'PACKAGES', 'none', 'ADMIN_PACKAGES READ_PACKAGES', '-'],
    ['lower', 'PACKAGES', 'read-write', 'READ_PACKAGES', 'left out: unchanged'],
    // Exactly: whatever it is.
    ['exactly', 'PACKAGES', 'read', 'ADMIN_PACKAGES', 'READ_PACKAGES'],
    ['exactly', 'PACKAGES', 'read', '-', 'READ_PACKAGES'],
    ['exactly', 'PACKAGES', 'none', 'ADMIN_PACKAGES READ_JOBS', 'READ_JOBS'],
    ['exactly', 'PACKAGES', 'read', 'READ_JOBS READ_PACKAGES', 'left out: unchanged'],
    // On default permissions both are a switch: lowered, the other resources keep all there is.
    ['exactly', 'PACKAGES', 'read', 'default', 'READ_PACKAGES'],
    ['exactly', 'PACKAGES', 'none', 'default', '-'],
    ['lower', 'PACKAGES', 'none', 'default', allButPackages],
    ['lower', 'PACKAGES', 'read', 'default', `${allButPackages} READ_PACKAGES`],
    ['lower', 'PACKAGES', 'read-write', 'default', 'left out: unchanged'],
    // Unknown and deprecated policies stay.
    ['raise', 'JOBS', 'read', 'READ_MOON READ_CONTAINERS', 'READ_MOON READ_CONTAINERS READ_JOBS'],
    ['lower', 'JOBS', 'none', 'READ_MOON READ_JOBS', 'READ_MOON'],
  ] as const)('%s %s to %s: %s becomes %s', (kind, resource, scope, before, after) => {
    expect(fate({ kind, resource, scope }, entryWith(before))).toBe(after)
  })
})

describe('permissions as a whole', () => {
  const [consumer] = presetsFor(offeredResources(circumstances.version))
  if (!consumer) throw new Error('No preset')
  const preset: BulkAction = { kind: 'preset', preset: consumer }
  const copy = (from: string): BulkAction => ({ kind: 'copy', permissions: parse(from) })

  test.each([
    ['default', { kind: 'default' }, 'READ_JOBS READ_MOON', 'default'],
    ['default', { kind: 'default' }, 'default', 'left out: unchanged'],
    ['default', { kind: 'default' }, 'default READ_JOBS', 'left out: unchanged'],
    ['fine-grained', { kind: 'fine-grained' }, 'default', '-'],
    [
      'fine-grained, with what was stored beside',
      { kind: 'fine-grained' },
      'default READ_JOBS',
      'READ_JOBS',
    ],
    ['fine-grained', { kind: 'fine-grained' }, 'READ_JOBS', 'left out: unchanged'],
    ['a preset', preset, 'default', 'READ_PACKAGES'],
    ['a preset', preset, 'ADMIN_JOBS ADMIN_PACKAGES', 'READ_PACKAGES'],
    [
      'a preset, unknown policies stay',
      preset,
      'READ_MOON READ_CONTAINERS READ_JOBS',
      'READ_MOON READ_CONTAINERS READ_PACKAGES',
    ],
    ['a preset', preset, 'READ_PACKAGES', 'left out: unchanged'],
    ['a copy', copy('READ_JOBS ADMIN_RELEASES'), 'READ_PACKAGES', 'READ_JOBS ADMIN_RELEASES'],
    ['a copy', copy('READ_JOBS'), 'READ_JOBS', 'left out: unchanged'],
    ['a copy', copy('default READ_JOBS'), 'READ_JOBS', 'default'],
    ['a copy', copy('default'), 'default READ_JOBS', 'left out: unchanged'],
    ['a copy of nothing', copy('-'), 'default', '-'],
    [
      'a copy, unknown policies stay and come along',
      copy('READ_JOBS READ_SUN'),
      'READ_MOON',
      'READ_MOON READ_JOBS READ_SUN',
    ],
    ['a copy, but deprecated ones do not', copy('READ_JOBS READ_CONTAINERS'), '-', 'READ_JOBS'],
  ] as const)('%s %#: %s', (_, action, before, after) => {
    expect(fate(action, entryWith(before))).toBe(after)
  })
})

describe('left out', () => {
  const exactly: BulkAction = { kind: 'exactly', resource: 'JOBS', scope: 'read' }
  const hidden = { ...entryWith('READ_PACKAGES'), accessible: false }
  const implied = { ...own, addedAt: null }
  const old = { version: { major: 18, minor: 2 } }

  test.each([
    ['the own project cannot be removed', { kind: 'remove' }, own, {}, 'left out: own-project'],
    ['neither without an entry', { kind: 'remove' }, implied, {}, 'left out: own-project'],
    ['but edited', exactly, own, {}, 'READ_JOBS'],
    ['also for the first time', exactly, implied, {}, 'READ_JOBS'],
    ['not before 18.3', exactly, implied, old, 'left out: own-always-allowed'],
    ['a hidden target is not edited', exactly, hidden, {}, 'left out: hidden-target'],
    ['not even set to default', { kind: 'default' }, hidden, {}, 'left out: hidden-target'],
    ['but removed', { kind: 'remove' }, hidden, {}, 'removed'],
    [
      'the group allows no fine-grained permissions',
      exactly,
      entryWith('default'),
      { ...old, fineGrainedAllowed: false },
      'left out: switched-off',
    ],
    [
      'default permissions it allows',
      { kind: 'default' },
      entryWith('READ_JOBS'),
      { ...old, fineGrainedAllowed: false },
      'default',
    ],
  ] as const)('%s', (_, action, entry, changes, expected) => {
    expect(fate(action, entry, changes)).toBe(expected)
  })

  test('of a target with two rows, the second', () => {
    const twice = [entryWith('READ_JOBS'), entryWith('READ_PACKAGES')]
    const { changes, leftOut } = planBulk({ kind: 'remove' }, twice, circumstances)
    expect(changes.map(({ before }) => before?.policies)).toEqual([['READ_JOBS']])
    expect(leftOut.map(({ because }) => because)).toEqual(['listed-twice'])
  })

  test.each([
    [true, true, 'archived'],
    [true, false, 'archived'],
    [false, false, 'read-only-token'],
    [false, true, undefined],
  ] as const)('archived %s, a token that may write %s: %s', (archived, canWrite, expected) => {
    expect(standstill(archived, canWrite)).toBe(expected)
  })
})

test('says of which changes it is to be warned', () => {
  const rows = [
    listed('project', 3, 'acme/default', null),
    listed('project', 4, 'acme/more', ['ADMIN_PACKAGES']),
    listed('project', 5, 'acme/less', []),
    listed('project', 6, 'acme/old', ['READ_CONTAINERS']),
  ]
  const plan = planBulk(
    { kind: 'exactly', resource: 'PACKAGES', scope: 'read' },
    rows,
    circumstances,
  )
  const names = (some: readonly { target: { fullPath: string } }[]) =>
    some.map(({ target }) => target.fullPath)
  expect(names(plan.changes)).toHaveLength(4)
  expect(names(plan.narrowing)).toEqual(['acme/default', 'acme/more'])
  expect(names(plan.switching)).toEqual(['acme/default'])
  expect(names(plan.refusable)).toEqual(['acme/old'])
  expect(plan.final).toEqual([])

  const unseen = rows.map((row, at) => ({ ...row, accessible: at > 0 }))
  expect(names(planBulk({ kind: 'remove' }, unseen, circumstances).final)).toEqual(['acme/default'])
})

test('the first entry of the own project has none before', () => {
  const implied = { ...own, addedAt: null }
  const { changes } = planBulk({ kind: 'fine-grained' }, [implied], circumstances)
  expect(changes[0]).toMatchObject({ before: undefined, after: { defaultPermissions: false } })
})

test('on any entries: all are told of, scopes move one way only, no unknown policy is lost', () => {
  const dice = createDice(15)
  const names = [
    ...resourceOffers.flatMap(({ name }) => [`READ_${name}`, `ADMIN_${name}`]),
    'READ_MOON',
    'READ_CONTAINERS',
  ]
  const scopes: readonly Scope[] = ['none', 'read', 'read-write']
  for (let run = 0; run < 100; run += 1) {
    const rows = Array.from(
      { length: 20 },
      (_, at): AllowlistEntry => ({
        ...listed(dice.one(3) ? 'group' : 'project', 1 + dice.roll(15), `acme/${at}`, null),
        accessible: !dice.one(8),
        permissions: {
          defaultPermissions: dice.one(3),
          policies: names.filter(() => dice.one(5)),
        },
      }),
    )
    const kind = dice.pick(['raise', 'lower', 'exactly'] as const)
    const resource: ResourceName = dice.pick(resourceOffers).name
    const version = dice.pick([
      { major: 18, minor: 3 },
      { major: 19, minor: 1 },
    ])
    const plan = planBulk({ kind, resource, scope: dice.pick(scopes) }, rows, {
      ...circumstances,
      version,
    })
    expect(plan.changes.length + plan.leftOut.length).toBe(rows.length)
    expect(new Set(plan.changes.map(({ target }) => `${target.kind} ${target.id}`)).size).toBe(
      plan.changes.length,
    )
    for (const { before, after } of plan.changes) {
      if (!before || !after) throw new Error('Nothing is added or removed here')
      if (kind === 'raise') expect(includes(after, before)).toBe(true)
      if (kind === 'lower') expect(includes(before, after)).toBe(true)
      if (before.defaultPermissions) continue
      const kept = ['READ_MOON', ...refusedPolicies(before.policies)]
      for (const policy of before.policies) {
        if (kept.includes(policy)) expect(after.policies).toContain(policy)
      }
    }
  }
})
