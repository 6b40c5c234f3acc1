import { describe, expect, test } from 'vitest'
import {
  type AllowlistEntry,
  arrange,
  countStored,
  editing,
  entryKey,
  isOwnProject,
  removal,
  type Target,
  type TargetKind,
} from './allowlist.ts'
import { parseVersion } from './version.ts'

const target = (kind: TargetKind, id: number, fullPath: string): Target => ({
  kind,
  id,
  fullPath,
  name: fullPath,
  avatarUrl: null,
  webUrl: `https://gitlab.example.com/${fullPath}`,
})

const own = target('project', 1, 'acme/storefront')

const entry = (of: Target, changes: Partial<AllowlistEntry> = {}): AllowlistEntry => ({
  target: of,
  permissions: { defaultPermissions: true, policies: [] },
  addedBy: null,
  addedAt: '2026-01-01T00:00:00Z',
  accessible: true,
  ...changes,
})

const implied = entry(own, { addedAt: null })
const stored = entry(own, { permissions: { defaultPermissions: false, policies: ['READ_JOBS'] } })
const project = (id: number, fullPath: string) => entry(target('project', id, fullPath))
const group = (id: number, fullPath: string) => entry(target('group', id, fullPath))

describe('the own project stands first and once', () => {
  const other = project(2, 'aaa/first')

  test.each([
    ['never listed: with default permissions', [other], implied],
    ['listed without an entry', [other, implied], implied],
    ['listed with its entry', [other, stored], stored],
    ['listed twice, entry last', [implied, other, stored], stored],
    ['listed twice, entry first', [stored, other, implied], stored],
  ])('%s', (_rule, entries, first) => {
    expect(arrange(entries, own)).toEqual([first, other])
  })

  test('a group of the same id is another target', () => {
    const namesake = group(1, 'aaa')
    expect(arrange([namesake, stored], own)).toEqual([stored, namesake])
  })

  test('what arrived is left as it was', () => {
    const entries = [project(3, 'b'), project(2, 'a')]
    const before = [...entries]
    arrange(entries, own)
    expect(entries).toEqual(before)
  })
})

describe('a target that is listed more than once', () => {
  const policies = (...names: string[]) => ({
    permissions: { defaultPermissions: false, policies: names },
  })
  const first = project(2, 'a')
  const again = { ...first, ...policies('READ_JOBS') }
  const ownAgain = { ...stored, ...policies('READ_PACKAGES') }

  test.each([
    ['with other permissions: both rows', [first, again], [implied, first, again]],
    ['under another path: both rows', [first, project(2, 'b')], [implied, first, project(2, 'b')]],
    ['by two pages, which the list moved between', [first, { ...first }], [implied, first]],
    ['the project itself, in two ways', [stored, implied, ownAgain], [stored, ownAgain]],
    [
      'a project and a group of the same id: those are two',
      [project(2, 'a'), group(2, 'b')],
      [implied, project(2, 'a'), group(2, 'b')],
    ],
  ])('%s', (_rule, entries, rows) => {
    expect(arrange(entries, own)).toEqual(rows)
  })
})

test.each([
  ['groups and projects mixed', ['b', 'a/p', 'a'], ['a', 'a/p', 'b']],
  ['capitals among small letters', ['b', 'C', 'a'], ['a', 'b', 'C']],
  ['numbers by value', ['acme/app-10', 'acme/app-9'], ['acme/app-9', 'acme/app-10']],
])('the others stand by full path: %s', (_rule, paths, sorted) => {
  const entries = paths.map((path, index) => (index % 2 ? project : group)(10 + index, path))
  const rows = arrange(entries, own).slice(1)
  expect(rows.map((row) => row.target.fullPath)).toEqual(sorted)
})

test.each([
  ['nothing stored', [], { project: 0, group: 0 }],
  ['the own project without an entry does not count', [implied], { project: 0, group: 0 }],
  ['its stored entry counts', [stored], { project: 1, group: 0 }],
  ['listed twice it counts once', [implied, stored], { project: 1, group: 0 }],
  [
    'groups and projects count apart',
    [implied, project(2, 'a'), group(1, 'b'), group(2, 'c')],
    { project: 1, group: 2 },
  ],
])('against the limit: %s', (_rule, entries, counts) => {
  expect(countStored(entries, own.id)).toEqual(counts)
})

test('groups and projects have keys of their own', () => {
  expect(entryKey({ kind: 'group', id: 1 })).not.toBe(entryKey({ kind: 'project', id: 1 }))
})

test.each([
  ['the own project is never let go', stored, false],
  ['nor without an entry', implied, false],
  ['another project is', project(2, 'a'), true],
  ['a group of the same id is', group(1, 'a'), true],
  ['a hidden one is', entry(target('project', 4, 'x'), { accessible: false }), true],
])('removal: %s', (_rule, row, allowed) => {
  expect(removal(row, own.id)).toEqual(allowed ? { allowed } : { allowed, because: 'own-project' })
  expect(isOwnProject(row, own.id)).toBe(!allowed)
})

test.each([
  ['one that the user can see may be', stored, '18.2', undefined],
  [
    'a hidden one may not',
    entry(target('project', 4, 'x'), { accessible: false }),
    '18.3',
    'hidden-target',
  ],
  ['the own project’s may be', implied, '18.3', undefined],
  ['before 18.3 GitLab takes no entry for the own project', implied, '18.2', 'own-always-allowed'],
  ['until the version is known nothing is put down to it', implied, undefined, undefined],
])('editing: %s', (_rule, row, release, because) => {
  const version = release === undefined ? undefined : parseVersion(release)
  const place = { projectId: own.id, version }
  expect(editing(row, place)).toEqual(because ? { allowed: false, because } : { allowed: true })
})
