import { expect, test } from 'vitest'
import { m } from '../../../i18n/paraglide/messages.js'
import { overwriteGetLocale } from '../../../i18n/paraglide/runtime.js'
import { declarationOf, markOf } from './declaration.ts'
import { button, type FirstState, type NextState, say } from './state.ts'
import { flows } from './states.ts'

const first: FirstState = {
  name: 'a-state',
  purpose: { en: 'A state', ja: '状態' },
  dials: { scenario: 'contract', as: 'owner' },
  steps: [{ press: button(say(m.edit_entry, { path: 'partners' })) }],
  shows: button(m.add),
}

test('contains the words of messages in English, in every language of the page', () => {
  const english = declarationOf(first)
  expect(english).toContain('Edit partners')
  expect(english).toContain('"name":"Add"')
  try {
    overwriteGetLocale(() => 'ja')
    expect(m.add()).not.toBe('Add')
    expect(declarationOf(first)).toBe(english)
  } finally {
    overwriteGetLocale(() => 'en')
  }
})

test('is the same whatever the order of the fields', () => {
  const { name, ...others } = first
  expect(markOf({ ...others, name, dials: { as: 'owner', scenario: 'contract' } })).toBe(
    markOf(first),
  )
})

test('changes with each part of the declaration', () => {
  const changed: FirstState[] = [
    { ...first, dials: { scenario: 'contract', as: 'maintainer' } },
    { ...first, address: '/' },
    { ...first, steps: [...(first.steps ?? []), { key: 'Escape' }] },
    { ...first, shows: button(m.cancel) },
    { ...first, below: true },
    { ...first, purpose: { ...first.purpose, en: 'Another state' } },
  ]
  expect(new Set([first, ...changed].map(markOf)).size).toBe(1 + changed.length)
})

test('contains the declarations that the state goes on from', () => {
  const [before] = flows.flatMap(({ states }) => states)
  if (!before) throw new Error('no state is declared')
  const next: NextState = {
    name: 'next-state',
    purpose: { en: 'The next state', ja: '次の状態' },
    after: before.name,
    shows: button(m.cancel),
  }
  expect(declarationOf(next).split('\n')[0]).toBe(declarationOf(before).split('\n')[0])
  expect(declarationOf(next)).toContain(declarationOf(before))
})

test('marks no two declared states alike', () => {
  const states = flows.flatMap(({ states }) => states)
  expect(new Set(states.map(markOf)).size).toBe(states.length)
})
