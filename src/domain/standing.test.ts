import { expect, test } from 'vitest'
import { listed } from './random-worlds.ts'
import { ancestorsOf, covering, ownRule, standings } from './standing.ts'
import { parseVersion } from './version.ts'

const project = (id: number, path: string) => listed('project', id, path, ['READ_JOBS'])
const group = (id: number, path: string) => listed('group', id, path, ['READ_PACKAGES'])
const paths = (entries: readonly { target: { fullPath: string } }[]) =>
  entries.map(({ target }) => target.fullPath)

test('ancestors come closest first, and a name that begins alike is none', () => {
  expect(ancestorsOf('A/b/C')).toEqual(['a/b', 'a'])
  expect(ancestorsOf('a')).toEqual([])
})

test.each([
  ['its own entry before those of its groups', ['a/b/x', 'a/b', 'a'], 'a/b/x'],
  ['a deeper group before a wider one', ['a/b', 'a'], 'a/b/y'],
  ['whatever their case', ['a'], 'A/z'],
  ['nothing from a name that begins alike', [], 'a-b/x'],
])('covering: %s', (_rule, expected, fullPath) => {
  const list = [group(1, 'a'), group(2, 'a/b'), project(3, 'a/b/x'), group(4, 'b')]
  const id = fullPath === 'a/b/x' ? 3 : 9
  expect(paths(covering(list, { kind: 'project', id, fullPath }, 1))).toEqual(expected)
})

test('a project and a group of the same number are two', () => {
  const list = [group(3, 'b'), project(4, 'c')]
  expect(covering(list, { kind: 'project', id: 3, fullPath: 'z' }, 1)).toEqual([])
})

test('the row that GitLab makes up for the own project is no entry', () => {
  const own = { ...project(1, 'a/own'), addedAt: null }
  expect(paths(covering([own, group(2, 'a')], own.target, 1))).toEqual(['a'])
  expect(standings([own, group(2, 'a')], 1).size).toBe(0)
})

test('each entry knows what it stands before and right behind', () => {
  const list = [
    group(1, 'a'),
    group(2, 'a/b'),
    project(3, 'a/b/x'),
    project(4, 'a/y'),
    group(5, 'c'),
  ]
  const found = standings(list, 99)
  const before = (key: string) => found.get(key)?.before?.target.fullPath
  const behind = (key: string) => paths(found.get(key)?.behind ?? [])
  expect(before('project-3')).toBe('a/b')
  expect(before('group-2')).toBe('a')
  expect(behind('group-1')).toEqual(['a/b', 'a/y'])
  expect(behind('group-2')).toEqual(['a/b/x'])
  expect(found.has('group-5')).toBe(false)
})

test('10,000 entries take one pass', () => {
  const list = Array.from({ length: 10_000 }, (_, i) =>
    i % 10 === 0 ? group(i, `g/t${i}`) : project(i, `g/t${i - (i % 10)}/p${i}`),
  )
  // Ten thousand times ten thousand comparisons would take minutes.
  expect(standings(list, 0).get('group-0')?.behind.length).toBe(9)
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
