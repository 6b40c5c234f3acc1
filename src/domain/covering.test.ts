import { describe, expect, test } from 'vitest'
import { type Covered, coveringEntries, indexEntries } from './covering.ts'
import { listed } from './random-worlds.ts'

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
  ['the row made up for the own project is no entry', { id: 9, fullPath: 'acme/hub' }, ['group 1']],
]

describe('the entries that cover a project', () => {
  test.each(cases)('%s', (_rule, origin, covering) => {
    const found = coveringEntries(index, origin)
    expect(found.map(({ target }) => `${target.kind} ${target.id}`)).toEqual(covering)
  })
})
