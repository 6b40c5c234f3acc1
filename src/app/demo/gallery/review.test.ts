import { expect, test } from 'vitest'
import { type FirstState, type Flow, heading } from '../states/state.ts'
import { openReview, reviewAsMarkdown, reviewKey } from './review.ts'

/** The storage of a browser. */
function createStorage(text?: string) {
  const items = new Map(text === undefined ? [] : [[reviewKey, text]])
  return {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
  }
}

const visit = (
  storage: ReturnType<typeof createStorage>,
  marks: Record<string, string>,
  { isNewVisit = true, today = '2026-02-01' } = {},
) => openReview({ marks, storage, isNewVisit, today })

test('says nothing has changed on the first visit', () => {
  const review = visit(createStorage(), { a: '1' }).get()
  expect(review.before).toBeUndefined()
  expect(review.of('a')).toEqual({ looked: false, note: '', since: 'same' })
})

test('compares with the visit before, also when the page is loaded again', () => {
  const storage = createStorage()
  visit(storage, { a: '1', b: '1', c: '1' }, { today: '2026-01-01' })
  const now = { a: '1', b: '2', d: '1' }
  for (const isNewVisit of [true, false]) {
    const review = visit(storage, now, { isNewVisit }).get()
    expect(review.before).toBe('2026-01-01')
    expect(['a', 'b', 'd'].map((name) => review.of(name).since)).toEqual(['same', 'changed', 'new'])
    expect(review.gone).toEqual(['c'])
  }
  const next = visit(storage, now).get()
  expect(['a', 'b', 'd'].map((name) => next.of(name).since)).toEqual(['same', 'same', 'same'])
})

test('compares what one has looked at or noted with what it was then, however long ago', () => {
  const storage = createStorage()
  const first = visit(storage, { a: '1', b: '1' })
  first.look('a', true)
  first.write('b', 'Too wide')
  const changed = { a: '2', b: '2' }
  visit(storage, changed)
  const review = visit(storage, changed)
  expect(review.get().of('a')).toEqual({ looked: false, note: '', since: 'changed' })
  expect(review.get().of('b')).toEqual({ looked: false, note: 'Too wide', since: 'changed' })
  review.look('a', true)
  expect(review.get().of('a')).toEqual({ looked: true, note: '', since: 'same' })
  review.look('a', false)
  expect(review.get().of('a').looked).toBe(false)
})

test('keeps the note of a state that is gone among what is gone', () => {
  const storage = createStorage()
  visit(storage, { a: '1' }).write('a', 'Too wide')
  visit(storage, {})
  expect(visit(storage, {}).get().gone).toEqual(['a'])
})

test('tells when something changes, and keeps it for the next load', () => {
  const storage = createStorage()
  const review = visit(storage, { a: '1' })
  let told = 0
  const leave = review.subscribe(() => {
    told += 1
  })
  review.write('a', 'x')
  leave()
  review.write('a', 'xy')
  expect(told).toBe(1)
  expect(visit(storage, { a: '1' }, { isNewVisit: false }).get().of('a').note).toBe('xy')
})

test('begins anew where something else was kept, or nothing may be kept', () => {
  expect(visit(createStorage('{"now": 1}'), { a: '1' }).get().before).toBeUndefined()
  const forbidden = {
    getItem: () => {
      throw new Error('forbidden')
    },
    setItem: () => {
      throw new Error('forbidden')
    },
  }
  const review = openReview({ marks: { a: '1' }, storage: forbidden, isNewVisit: true, today: '' })
  review.look('a', true)
  expect(review.get().of('a').looked).toBe(true)
})

test('is exported as Markdown, with the addresses of what was looked at, noted or changed', () => {
  const storage = createStorage()
  visit(storage, { a: '1', b: '1', c: '1' })
  const store = visit(storage, { a: '1', b: '2', c: '1' })
  store.look('a', true)
  store.write('a', 'Too wide\nin Japanese\n')
  const state = (name: string): FirstState => ({
    name,
    purpose: { en: `State ${name}`, ja: name },
    dials: { scenario: 'contract' },
    shows: heading(),
  })
  const flow = (name: string, ...names: string[]): Flow => ({
    name,
    title: () => `The ${name}`,
    states: names.map(state),
  })
  const words = { title: 'Review', summary: '1 of 3.', changed: 'changed', new: 'new' }
  const text = reviewAsMarkdown([flow('panel', 'a', 'b'), flow('log', 'c')], store.get(), words, {
    addressOf: ({ name }) => `http://x/?state=${name}`,
    purposeOf: ({ purpose }) => purpose.en,
  })
  expect(text).toBe(`# Review

1 of 3.

## The panel

- [x] [a](http://x/?state=a): State a
  > Too wide
  > in Japanese
- [ ] [b](http://x/?state=b): State b (changed)
`)
})
