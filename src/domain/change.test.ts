import { expect, test } from 'vitest'
import { listed } from '../../test-support/random-worlds.ts'
import type { AllowlistEntry } from './allowlist.ts'
import {
  type Circumstances,
  differenceOf,
  directionOf,
  type EntryChange,
  effectOf,
  effectOfSet,
  entryIn,
  includes,
  inverseOf,
  isNothing,
  lossesOf,
  refusedPolicies,
  sameEntry,
} from './change.ts'
import type { PermissionConfiguration } from './permissions.ts'

/** `mocks/effect.test.ts` tests that GitLab's answers change as `gained` and `lost` say. */

const project = { id: 1, fullPath: 'acme/storefront' }
const fine = (...policies: string[]) => ({ defaultPermissions: false, policies })
const everything = { defaultPermissions: true, policies: [] }
const sdk = listed('project', 3, 'partners/sdk', ['READ_PACKAGES'])
const partners = listed('group', 12, 'partners', ['READ_JOBS', 'READ_PACKAGES'])
const acme = listed('group', 10, 'acme', ['READ_PACKAGES'])

const around = (
  entries: readonly AllowlistEntry[],
  changes: Partial<Circumstances> = {},
): Circumstances => ({
  entries,
  project,
  inForce: true,
  fineGrainedAllowed: true,
  version: { major: 18, minor: 3 },
  ...changes,
})

const adding = (
  { target }: AllowlistEntry,
  after: PermissionConfiguration = fine('READ_PACKAGES'),
) => ({
  projectId: 1,
  target,
  before: undefined,
  after,
})
const removing = ({ target, permissions }: AllowlistEntry) => ({
  projectId: 1,
  target,
  before: permissions,
  after: undefined,
})

test('an entry with less takes away what its group grants', () => {
  const { callers } = effectOf(adding(sdk), around([partners]))
  expect(callers.before?.target.fullPath).toBe('partners')
  expect(callers.after?.target.fullPath).toBe('partners/sdk')
  expect(callers.lost.policies).toEqual(['READ_JOBS'])
  expect(isNothing(callers.gained)).toBe(true)
})

test('an entry that goes gives back what its group grants', () => {
  const { callers } = effectOf(removing(sdk), around([sdk, partners]))
  expect(callers.after?.target.fullPath).toBe('partners')
  expect(callers.gained.policies).toEqual(['READ_JOBS'])
  expect(isNothing(callers.lost)).toBe(true)
})

test('without another entry its jobs are let in no more', () => {
  const { callers } = effectOf(removing(sdk), around([sdk]))
  expect(callers.lost).toEqual({ entry: true, everything: false, policies: ['READ_PACKAGES'] })
})

test('a group says which entries below it keep counting', () => {
  const { apart } = effectOf(removing(partners), around([sdk, partners]))
  expect(apart).toEqual([sdk])
})

test('a group above the own project narrows its jobs, from 18.3 on, unless they have an entry', () => {
  const own = listed('project', 1, project.fullPath, null)
  const implied = { ...own, addedAt: null }
  const narrowed = effectOf(adding(acme), around([implied])).own
  expect(narrowed?.lost.everything).toBe(true)
  expect(effectOf(adding(acme), around([own])).own).toBeUndefined()
  const older = around([implied], { version: { major: 18, minor: 2 } })
  expect(effectOf(adding(acme), older).own).toBeUndefined()
})

test('while the list is not in force it says so, and nothing is gained or lost', () => {
  const effect = effectOf(adding(sdk), around([partners], { inForce: false }))
  expect(effect.idle).toBe('mode-all')
  expect(isNothing(effect.callers.lost)).toBe(true)
})

test('while the group’s switch is off it says so, and an entry lets in without limits', () => {
  const off = around([partners], { fineGrainedAllowed: false })
  const effect = effectOf(adding(sdk), off)
  expect(effect.permissionsIdle).toBe(true)
  expect(isNothing(effect.callers.lost)).toBe(true)
})

test('a write includes the read, default permissions include all', () => {
  expect(includes(fine('ADMIN_JOBS'), fine('READ_JOBS'))).toBe(true)
  expect(includes(fine('READ_JOBS'), fine('ADMIN_JOBS'))).toBe(false)
  expect(includes(fine('ADMIN_JOBS'), everything)).toBe(false)
  expect(includes(everything, fine('READ_X'))).toBe(true)
})

const own = listed('project', 1, project.fullPath, null)
const changing = ({ target }: AllowlistEntry, change: Partial<EntryChange>): EntryChange => ({
  projectId: 1,
  target,
  before: undefined,
  after: undefined,
  ...change,
})

test('an inverse brings back what was there, but never takes the own project off its list', () => {
  const narrowing = changing(sdk, { before: everything, after: fine('READ_JOBS') })
  expect(inverseOf(narrowing)).toEqual({
    ...narrowing,
    before: fine('READ_JOBS'),
    after: everything,
  })
  expect(inverseOf(inverseOf(narrowing))).toEqual(narrowing)
  expect(inverseOf(adding(sdk)).after).toBeUndefined()
  expect(inverseOf(removing(sdk))).toMatchObject({ before: undefined, after: sdk.permissions })
  const first = changing(own, { after: fine('READ_JOBS') })
  expect(inverseOf(first)).toEqual({ ...first, before: fine('READ_JOBS'), after: everything })
})

test.each<readonly [string, EntryChange, boolean, readonly string[]]>([
  ['nothing of a change', changing(sdk, { before: everything, after: fine() }), true, []],
  ['nothing of an addition', adding(sdk), true, []],
  ['who added it', removing(sdk), true, ['added-by']],
  ['an entry that cannot be seen', removing(sdk), false, ['hidden-target']],
  ['the own project without an entry', changing(own, { after: fine() }), true, ['own-entry']],
  [
    'policies that GitLab takes no more',
    changing(sdk, { before: fine('READ_CONTAINERS'), after: fine() }),
    true,
    ['refused-policies'],
  ],
])('undoing it does not bring back %s', (_what, change, accessible, losses) => {
  expect(lossesOf(change, accessible)).toEqual(losses)
})

test('GitLab refuses what it has given up, and what is there twice, but perhaps knows more than we', () => {
  const policies = ['READ_JOBS', 'READ_CONTAINERS', 'READ_NEWER', 'READ_JOBS']
  expect(refusedPolicies(policies)).toEqual(['READ_CONTAINERS', 'READ_JOBS'])
})

test('a difference names the configuration, each scope that differs, and policies without a resource', () => {
  const change = changing(sdk, {
    before: fine('READ_JOBS', 'ADMIN_RELEASES', 'READ_NEWER', 'READ_PACKAGES'),
    after: fine('ADMIN_JOBS', 'READ_PACKAGES', 'READ_CONTAINERS'),
  })
  expect(differenceOf(change)).toEqual({
    configuration: { before: 'fine-grained', after: 'fine-grained' },
    scopes: [
      { resource: 'JOBS', before: 'read', after: 'read-write' },
      { resource: 'RELEASES', before: 'read-write', after: 'none' },
    ],
    added: ['READ_CONTAINERS'],
    removed: ['READ_NEWER'],
  })
  // Policies that stay stored beside default permissions grant nothing.
  const ignored = { defaultPermissions: true, policies: ['READ_JOBS'] }
  expect(differenceOf(changing(sdk, { before: ignored }))).toEqual({
    configuration: { before: 'default', after: 'absent' },
    scopes: [],
    added: [],
    removed: [],
  })
})

test('an entry is the same whatever the order of its policies, and differs from none', () => {
  expect(sameEntry(fine('READ_JOBS', 'READ_X'), fine('READ_X', 'READ_JOBS'))).toBe(true)
  expect(sameEntry(fine(), undefined)).toBe(false)
  expect(sameEntry(undefined, undefined)).toBe(true)
})

test('the row of the own project is an entry only where it is stored', () => {
  const change = changing(own, {})
  expect(entryIn([{ ...own, addedAt: null }], change)).toBeUndefined()
  expect(entryIn([{ ...own, addedAt: null }, own], change)).toEqual(own.permissions)
})

test.each([
  ['widens', adding(sdk), []],
  // The new entry takes precedence over a wider one.
  ['narrows', adding(sdk), [partners]],
  ['mixed', adding(sdk, fine('READ_RELEASES')), [partners]],
  ['neither', adding(sdk, partners.permissions), [partners]],
  // The removed entry took precedence over a wider one.
  ['widens', removing(sdk), [sdk, partners]],
  ['narrows', removing(sdk), [sdk]],
] as const)('it %s', (direction, change, entries) => {
  expect(directionOf(effectOf(change, around(entries)))).toBe(direction)
})

test('changes that are made together are judged by the list after all of them', () => {
  const widened: EntryChange = {
    projectId: 1,
    target: partners.target,
    before: partners.permissions,
    after: everything,
  }
  const entries = [sdk, partners]
  // By itself, the removal gives back what the group granted before; together, what it grants then.
  const [alone] = effectOfSet([removing(sdk)], around(entries))
  expect(alone?.callers.gained).toMatchObject({ everything: false, policies: ['READ_JOBS'] })
  const [together, group] = effectOfSet([removing(sdk), widened], around(entries))
  expect(together?.callers.gained.everything).toBe(true)
  expect(together?.callers.after?.permissions).toEqual(everything)
  expect(group?.callers).toMatchObject({ had: { everything: false }, has: { everything: true } })
  // The project's entry goes as well, so that it does not stay apart from its group.
  expect(group?.apart).toEqual([])
})
