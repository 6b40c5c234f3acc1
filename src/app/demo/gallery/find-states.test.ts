import { expect, test } from 'vitest'
import { type Flow, heading } from '../states/state.ts'
import { findStates, findWorlds, type Shown } from './find-states.ts'
import type { Review, StateReview } from './review.ts'

const flow = (name: string, title: string, purposes: Record<string, string>): Flow => ({
  name,
  title: () => title,
  states: Object.entries(purposes).map(([name, en]) => ({
    name,
    purpose: { en, ja: `${name}の状態` },
    dials: { scenario: 'contract' },
    shows: heading(),
  })),
})
const flows = [
  flow('add', 'Adding', { 'add-dialog': 'The Add dialog', 'add-failed': 'GitLab refuses it' }),
  flow('log', 'The log', { 'log-empty': 'Nobody used a token' }),
]

const untouched: StateReview = { looked: false, note: '', since: 'same' }
const reviewed: Record<string, StateReview> = {
  'add-dialog': { ...untouched, looked: true },
  'add-failed': { ...untouched, note: 'Too long' },
  'log-empty': { ...untouched, since: 'new' },
}
const review: Review = {
  of: (name) => reviewed[name] ?? untouched,
  before: '2026-01-01',
  gone: [],
}
const find = (query: string, shown: Shown = 'all') =>
  findStates(flows, { query, shown, review }).map(({ name, states }) => [
    name,
    ...states.map((state) => state.name),
  ])

const everything = [
  ['add', 'add-dialog', 'add-failed'],
  ['log', 'log-empty'],
]

test.each([
  ['nothing in particular', '', everything],
  ['a name', 'log-empty', [['log', 'log-empty']]],
  ['a part of a purpose, in any case', 'REFUSES', [['add', 'add-failed']]],
  ['a Japanese purpose', 'add-dialogの', [['add', 'add-dialog']]],
  ['a flow', 'adding', [['add', 'add-dialog', 'add-failed']]],
  ['words in any order and place', 'gitlab  adding ', [['add', 'add-failed']]],
  ['what is not there', 'adding nobody', []],
])('finds %s', (_what, query, found) => {
  expect(find(query)).toEqual(found)
})

test.each([
  ['all', everything],
  ['changed', [['log', 'log-empty']]],
  [
    'unseen',
    [
      ['add', 'add-failed'],
      ['log', 'log-empty'],
    ],
  ],
  ['noted', [['add', 'add-failed']]],
] as const)('shows %s', (shown, found) => {
  expect(find('', shown)).toEqual(found)
})

test('finds worlds by their names and purposes', () => {
  const worlds = [
    { name: 'empty', purpose: 'Nothing on the allowlist' },
    { name: 'enforced-19', purpose: 'GitLab 19.1 enforces the allowlist' },
  ] as const
  const names = (query: string) => findWorlds(worlds, query).map(({ name }) => name)
  expect(names('')).toEqual(['empty', 'enforced-19'])
  expect(names('enforced 19.1')).toEqual(['enforced-19'])
})
