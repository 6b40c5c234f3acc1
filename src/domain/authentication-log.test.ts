import { describe, expect, test } from 'vitest'
import { listed } from '../../test-support/random-worlds.ts'
import {
  type Authorization,
  type LogOrigin,
  lastUses,
  letIn,
  withoutRepeats,
} from './authentication-log.ts'
import { indexEntries } from './covering.ts'

const origin = (id?: number, fullPath?: string): LogOrigin => ({
  id,
  fullPath,
  name: fullPath,
  avatarUrl: null,
  webUrl: null,
})
const use = (day: number | string, id?: number, fullPath?: string): Authorization => ({
  origin: origin(id, fullPath),
  lastAuthorizedAt: typeof day === 'string' ? day : `2026-01-${day}T10:00:00.000Z`,
  usedPolicies: undefined,
})

const own = listed('project', 1, 'acme/hub', null)
const project = listed('project', 2, 'acme/tools/cli', ['READ_JOBS'])
const acme = listed('group', 10, 'acme', null)
const tools = listed('group', 11, 'acme/tools', [])
const entries = indexEntries([{ ...own, addedAt: null }, project, acme, tools], 1)
const noGroups = indexEntries([project], 1)
const gate = { projectId: 1, inboundEnabled: true, entries }

describe('what lets a project in now', () => {
  test.each([
    ['its own entry', origin(2, 'acme/tools/cli'), { by: 'entry', entry: project }],
    ['the nearest group', origin(3, 'acme/tools/other'), { by: 'entry', entry: tools }],
    ['a group further up', origin(4, 'acme/x/y'), { by: 'entry', entry: acme }],
    ['nothing', origin(5, 'elsewhere/x'), { by: 'nothing' }],
    ['not known without a path: a group may cover it', origin(5), { by: 'unknown' }],
    ['its own entry, known by the id alone', origin(2), { by: 'entry', entry: project }],
    ['not known of a project without a name', origin(), { by: 'unknown' }],
  ] as const)('%s', (_what, from, expected) => {
    expect(letIn(from, gate)).toEqual(expected)
  })

  test('without groups on the list an id alone tells that nothing does', () => {
    expect(letIn(origin(5), { ...gate, entries: noGroups })).toEqual({ by: 'nothing' })
    expect(letIn(origin(), { ...gate, entries: noGroups })).toEqual({ by: 'unknown' })
  })

  test('the mode, whoever it is, while all groups and projects may come in', () => {
    const open = { ...gate, inboundEnabled: false }
    for (const from of [origin(2, 'acme/tools/cli'), origin(5, 'elsewhere/x'), origin()]) {
      expect(letIn(from, open)).toEqual({ by: 'mode' })
    }
  })

  test('the project itself needs no entry', () => {
    expect(letIn(origin(1, 'hub'), gate)).toEqual({ by: 'own-project' })
  })
})

describe('the last use of an entry', () => {
  test('is the newest among the projects for which it is the nearest', () => {
    const rows = [
      use(14, 2, 'acme/tools/cli'),
      use(12, 3, 'acme/tools/a'),
      use(13, 4, 'acme/tools/b'),
      use(11, 5, 'acme/x'),
      use(15, 6, 'elsewhere/x'),
      use(16),
    ]
    expect([...lastUses(rows, entries).at].sort()).toEqual([
      ['group-10', '2026-01-11T10:00:00.000Z'],
      ['group-11', '2026-01-13T10:00:00.000Z'],
      ['project-2', '2026-01-14T10:00:00.000Z'],
    ])
  })

  test('is none where no project used a token', () => {
    expect(lastUses([], entries)).toEqual({ at: new Map(), unsure: new Set() })
  })

  test('is compared as a moment, whatever the time zone it is written in', () => {
    const rows = [
      use('2026-01-14T23:30:00.000-05:00', 3, 'acme/tools/a'),
      use('2026-01-15T01:00:00.000Z', 4, 'acme/tools/b'),
      use('no date', 7, 'acme/tools/c'),
    ]
    expect(lastUses(rows, entries).at.get('group-11')).toBe('2026-01-14T23:30:00.000-05:00')
  })

  test.each([
    ['of any entry after a project without an id and a path', origin(), ['group', 'project']],
    ['of any group after a project without a path', origin(5), ['group']],
    ['of no other entry after a listed project without a path', origin(2), []],
    ['of no entry after a project that is not listed', origin(5, 'elsewhere/x'), []],
    ['of no entry after a project known by its path alone', origin(undefined, 'acme/x'), []],
  ] as const)('may be another one %s', (_what, from, kinds) => {
    const row = { ...use(14), origin: from }
    expect([...lastUses([row], entries).unsure].sort()).toEqual(kinds)
  })
})

test('a row that a changing log repeats stands once, with the newer use', () => {
  const rows = [use(14, 2, 'a/b'), use(13, 3, 'a/c'), use(12, 2, 'a/b'), use(11), use(11)]
  expect(withoutRepeats(rows)).toEqual([rows[0], rows[1], rows[3], rows[4]])
  expect(withoutRepeats([...rows].reverse())).toEqual([rows[4], rows[3], rows[1], rows[0]])
})
