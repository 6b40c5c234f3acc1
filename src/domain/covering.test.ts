import { describe, expect, test } from 'vitest'
import { listed } from '../../test-support/random-worlds.ts'
import {
  ancestorsOf,
  type Covered,
  coveringEntries,
  indexEntries,
  ownRule,
  standings,
} from './covering.ts'
import { parseVersion } from './version.ts'

const entries = [
  listed('group', 1, 'acme', null),
  listed('group', 2, 'acme/Platform', null),
  listed('group', 3, 'acme/plat', null),
  listed('project', 1, 'acme/platform/own', null),
  listed('project', 2, 'acme/platform/tools', null),
  { ...listed('project', 9, 'acme/hub', null), addedAt: null },
]
const index = indexEntries(entries, 9)

const cases: readonly (readonly [rule: string, origin: Covered, covering: readonly string[]])[] = [
  [
    'its own entry comes before those of its groups, the closest first',
    { id: 2, fullPath: 'acme/platform/tools' },
    ['project 2', 'group 2', 'group 1'],
  ],
  ['the case of a path does not matter', { fullPath: 'ACME/platform/x' }, ['group 2', 'group 1']],
  [
    'a path that only begins like a group is not below it',
    { fullPath: 'acme/platf/x' },
    ['group 1'],
  ],
  ['a path that is a group’s is not below that group', { fullPath: 'acme/platform' }, ['group 1']],
  [
    'the id says which project it is, not the path that another one had',
    { id: 7, fullPath: 'acme/platform/tools' },
    ['group 2', 'group 1'],
  ],
  [
    'without an id the path does',
    { fullPath: 'Acme/platform/tools' },
    ['project 2', 'group 2', 'group 1'],
  ],
  ['without a path no group is known', { id: 2 }, ['project 2']],
  ['a project elsewhere is covered by nothing', { id: 8, fullPath: 'other/x' }, []],
  ['nothing known is covered by nothing', {}, []],
  [
    'a group is covered by its own entry, too',
    { kind: 'group', id: 2, fullPath: 'acme/platform' },
    ['group 2', 'group 1'],
  ],
  [
    'a group of a project’s number is another thing',
    { kind: 'group', id: 2, fullPath: 'other' },
    [],
  ],
  ['the row made up for the own project is no entry', { id: 9, fullPath: 'acme/hub' }, ['group 1']],
]

describe('the entries that cover a project', () => {
  test.each(cases)('%s', (_rule, origin, covering) => {
    const found = coveringEntries(index, origin)
    expect(found.map(({ target }) => `${target.kind} ${target.id}`)).toEqual(covering)
  })
})

const project = (id: number, path: string) => listed('project', id, path, ['READ_JOBS'])
const group = (id: number, path: string) => listed('group', id, path, ['READ_PACKAGES'])
const paths = (found: readonly { target: { fullPath: string } }[]) =>
  found.map(({ target }) => target.fullPath)

test('ancestors come closest first, and a name that begins alike is none', () => {
  expect(ancestorsOf('A/b/C')).toEqual(['a/b', 'a'])
  expect(ancestorsOf('a')).toEqual([])
})

test('each entry knows what it stands before and right behind', () => {
  const list = [
    group(1, 'a'),
    group(2, 'a/b'),
    project(3, 'a/b/x'),
    project(4, 'a/y'),
    group(5, 'c'),
    { ...project(99, 'a/own'), addedAt: null },
  ]
  const found = standings(list, 99)
  const before = (key: string) => found.get(key)?.before?.target.fullPath
  const behind = (key: string) => paths(found.get(key)?.behind ?? [])
  expect(before('project-3')).toBe('a/b')
  expect(before('group-2')).toBe('a')
  expect(behind('group-1')).toEqual(['a/b', 'a/y'])
  expect(behind('group-2')).toEqual(['a/b/x'])
  expect(found.has('group-5')).toBe(false)
  expect(found.has('project-99')).toBe(false)
})

test('a target that is listed twice stands behind others once', () => {
  const twin = { ...project(3, 'a/x'), permissions: { defaultPermissions: true, policies: [] } }
  const found = standings([group(1, 'a'), project(3, 'a/x'), twin], 99)
  expect(paths(found.get('group-1')?.behind ?? [])).toEqual(['a/x'])
})

test.each([
  ['18.2', 'always', undefined],
  ['18.3', 'ancestor', 'a/b'],
])('on %s the own project without an entry: %s', (release, kind, path) => {
  const version = parseVersion(release)
  if (!version) throw new Error(release)
  const own = { ...project(1, 'a/b/own'), addedAt: null }
  const rule = ownRule([own, group(2, 'a'), group(3, 'a/b')], own.target, version)
  expect(rule.kind).toBe(kind)
  expect('entry' in rule ? rule.entry.target.fullPath : undefined).toBe(path)
  expect(ownRule([own], own.target, { major: 18, minor: 3 })).toEqual({ kind: 'free' })
})
