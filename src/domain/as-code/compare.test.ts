import { describe, expect, test } from 'vitest'
import { listed } from '../../../test-support/random-worlds.ts'
import type { Target } from '../allowlist.ts'
import { changesOf, compare, type Found, isSame, type Present, toLookUp } from './compare.ts'
import type { FileEntry, ListFile } from './list-file.ts'

const project = { id: 1, fullPath: 'acme/storefront' }
const here = 'https://gitlab.example.com'

const present: Present = {
  server: here,
  project,
  settings: { inboundEnabled: true, pushAllowed: false },
  rows: [
    listed('project', 1, 'acme/storefront', ['READ_JOBS']),
    listed('project', 2, 'acme/tools', null),
    listed('group', 12, 'partners', ['READ_JOBS', 'READ_PACKAGES']),
    listed('group', 2, 'acme/mobile', []),
  ],
}

const entry = (
  kind: 'project' | 'group',
  id: number | undefined,
  fullPath: string | undefined,
  policies?: readonly string[] | null,
): FileEntry => ({
  kind,
  id,
  fullPath,
  permissions:
    policies === undefined
      ? undefined
      : { defaultPermissions: policies === null, policies: policies ?? [] },
  line: 1,
})

const file = (entries: readonly FileEntry[], more: Partial<ListFile> = {}): ListFile => ({
  format: 'json',
  server: here,
  project,
  at: undefined,
  extent: 'whole',
  settings: {},
  entries,
  ...more,
})

const whole = [
  entry('project', 2, 'acme/tools', null),
  entry('group', 12, 'partners', ['READ_PACKAGES', 'READ_JOBS']),
  entry('group', 2, 'acme/mobile', []),
]

const target = (kind: 'project' | 'group', id: number, fullPath: string): Target =>
  listed(kind, id, fullPath, null).target

function compared(read: ListFile, found: readonly (readonly [FileEntry, Found])[] = []) {
  const { missing, different, added, unknown, settings, same } = compare(
    read,
    present,
    new Map(found),
  )
  return {
    missing: missing.map(({ target, movedFrom }) => [target.fullPath, movedFrom]),
    different: different.map(({ entry, movedFrom }) => [entry.target.fullPath, movedFrom]),
    added: added.map(({ target }) => target.fullPath),
    unknown: unknown.map(({ entry, why }) => [entry.fullPath ?? entry.id, why]),
    settings,
    same,
  }
}

const nothing = { missing: [], different: [], added: [], unknown: [], settings: [], same: 0 }

describe('a file against the list', () => {
  test('the same entries in another order, and of their policies, are no difference', () => {
    expect(compared(file(whole.toReversed()))).toEqual({ ...nothing, same: 3 })
    expect(isSame(compare(file(whole), present, new Map()))).toBe(true)
  })

  test('the own row is no difference, neither in the file nor in the list', () => {
    const own = entry('project', 1, 'acme/storefront', null)
    expect(compared(file([...whole, own]))).toEqual({ ...nothing, same: 3 })
  })

  test('the own row of the project whose list the file is, is left out', () => {
    const other = { id: 7, fullPath: 'acme/other' }
    const read = file([...whole, entry('project', 7, 'acme/other', null)], { project: other })
    expect(toLookUp(read, present)).toEqual([])
    expect(compared(read)).toEqual({ ...nothing, same: 3 })
  })

  test('what is only in the file, only at GitLab, and different', () => {
    const sdk = entry('project', 3, 'partners/sdk', ['READ_JOBS'])
    const changed = entry('group', 12, 'partners', ['READ_JOBS'])
    const read = file([sdk, changed])
    expect(toLookUp(read, present)).toEqual([sdk])
    expect(compared(read, [[sdk, target('project', 3, 'partners/sdk')]])).toEqual({
      ...nothing,
      missing: [['partners/sdk', undefined]],
      different: [['partners', undefined]],
      added: ['acme/tools', 'acme/mobile'],
    })
    expect(compared(read, [[sdk, 'failed']]).unknown).toEqual([['partners/sdk', 'failed']])
  })

  test('an id is of a kind: the group 2 is not the project 2', () => {
    const read = file([entry('group', 2, 'acme/mobile', [])])
    expect(compared(read).added).toEqual(['acme/tools', 'partners'])
  })

  test('a moved target is recognized by its id, whether it is listed or not', () => {
    const moved = entry('group', 12, 'old/partners', [])
    const gone = entry('project', 3, 'old/sdk', null)
    const read = file([moved, gone], { extent: 'selection' })
    expect(compared(read, [[gone, target('project', 3, 'partners/sdk')]])).toEqual({
      ...nothing,
      missing: [['partners/sdk', 'old/sdk']],
      different: [['partners', 'old/partners']],
    })
  })

  test('without an id, or from another server, the path decides', () => {
    expect(compared(file([entry('group', undefined, 'Partners', [])])).different).toEqual([
      ['partners', undefined],
    ])
    const foreign = file([entry('group', 2, 'partners', [])], {
      server: 'https://other.example',
      extent: 'selection',
    })
    expect(compared(foreign)).toEqual({ ...nothing, different: [['partners', undefined]] })
  })

  test('a selection says nothing about the rest', () => {
    expect(compared(file([], { extent: 'selection' }))).toEqual(nothing)
    expect(compared(file([])).added).toHaveLength(3)
  })

  test('membership alone agrees with any permissions, and adds default ones', () => {
    const sdk = entry('project', 3, undefined)
    const read = file([entry('group', 12, undefined), sdk], { extent: 'selection' })
    const comparison = compare(read, present, new Map([[sdk, target('project', 3, 'x')]]))
    expect(comparison).toMatchObject({ same: 1, different: [] })
    expect(comparison.missing[0]?.after).toEqual({ defaultPermissions: true, policies: [] })
  })

  test('settings differ where both sides say them', () => {
    const settings = { inboundEnabled: false, pushAllowed: false, crossProjectPushAllowed: true }
    expect(compared(file(whole, { settings })).settings).toEqual([
      { name: 'inboundEnabled', now: true, after: false },
    ])
  })
})

test('changes are made of chosen lines only, and removals come last', () => {
  const sdk = entry('project', 3, 'partners/sdk', null)
  const changed = entry('group', 12, 'partners', [])
  const comparison = compare(
    file([changed, sdk]),
    present,
    new Map([[sdk, target('project', 3, 'partners/sdk')]]),
  )
  const all = changesOf(comparison, 1, () => true)
  expect(all.map(({ target, after }) => `${after ? '' : '- '}${target.fullPath}`)).toEqual([
    'partners/sdk',
    'partners',
    '- acme/tools',
    '- acme/mobile',
  ])
  expect(all.map(({ before }) => before?.policies)).toEqual([
    undefined,
    ['READ_JOBS', 'READ_PACKAGES'],
    [],
    [],
  ])
  expect(changesOf(comparison, 1, (key) => key === 'project-3')).toEqual([all[0]])
})
