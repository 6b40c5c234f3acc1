import { expect, test } from 'vitest'
import type { AllowlistEntry } from './allowlist.ts'
import { type Circumstances, effectOf, includes, isNothing } from './change.ts'
import { listed } from './random-worlds.ts'

/** That gained and lost are what GitLab then answers otherwise is shown in `mocks/effect.test.ts`. */

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

const adding = ({ target }: AllowlistEntry, after = fine('READ_PACKAGES')) => ({
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
