import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { apiWith } from '../../test-support/api.ts'
import { listed } from '../../test-support/random-worlds.ts'
import type { AllowlistEntry } from '../domain/allowlist.ts'
import type { EntryChange } from '../domain/change.ts'
import { ApiError } from './api-error.ts'
import { applyChanges } from './entry-changes.ts'

/** What is asked and sent, and when. That what is reported is true: `mocks/entry-changes.test.ts`. */

const jobs = { defaultPermissions: false, policies: ['READ_JOBS'] }
const packages = { defaultPermissions: false, policies: ['READ_PACKAGES'] }

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** A server that takes every change, a second after it was sent, and notes what happens. */
function open(take: (change: { id: number }) => ApiError | undefined = () => undefined) {
  const lists = new Map<number, AllowlistEntry[]>()
  const notes: string[] = []
  const names: (string | undefined)[] = []
  let open = 0
  let mostOpen = 0
  const entriesOf = (projectId: number) => lists.get(projectId) ?? []
  const write = async (
    projectId: number,
    id: number,
    once: string | undefined,
    entry?: AllowlistEntry,
  ) => {
    notes.push(`write ${projectId}/${id}`)
    names.push(once)
    open += 1
    mostOpen = Math.max(mostOpen, open)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    open -= 1
    const error = take({ id })
    if (error) throw error
    const others = entriesOf(projectId).filter(({ target }) => target.id !== id)
    lists.set(projectId, entry ? [...others, entry] : others)
  }
  const api = apiWith({
    id: 'test',
    async listEntries(projectId: number) {
      notes.push(`read ${projectId}`)
      const entries = [...entriesOf(projectId)]
      return { entries, total: entries.length, loaded: entries.length }
    },
    addEntry: (projectId, target, permissions, once) =>
      write(projectId, target.id, once, {
        ...listed('project', target.id, '', null),
        target,
        permissions,
      }),
    updateEntry: (projectId, target, permissions, once) =>
      write(projectId, target.id, once, {
        ...listed('project', target.id, '', null),
        target,
        permissions,
      }),
    removeEntry: (projectId, target, once) => write(projectId, target.id, once),
  })
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return {
    place: { api, client },
    lists,
    notes,
    names,
    mostOpen: () => mostOpen,
  }
}

const adding = (id: number, projectId = 1): EntryChange => ({
  projectId,
  target: listed('project', id, `partners/p${id}`, null).target,
  before: undefined,
  after: jobs,
})

const many = (count: number, projectId = 1) =>
  Array.from({ length: count }, (_, at) => adding(at + 10, projectId))

async function settled<Result>(call: Promise<Result>): Promise<Result> {
  await vi.advanceTimersByTimeAsync(120_000)
  return await call
}

test('each list is read once before and once after the set', async () => {
  const { place, notes } = open()
  await settled(applyChanges(place, [...many(6), ...many(3, 2)]))
  const reads = notes.filter((note) => note.startsWith('read'))
  expect(reads.toSorted()).toEqual(['read 1', 'read 1', 'read 2', 'read 2'])
  expect(notes.slice(-2).toSorted()).toEqual(['read 1', 'read 2'])
})

test('four are written at a time, and no more', async () => {
  const { place, mostOpen, notes } = open()
  const outcomes = await settled(applyChanges(place, many(9)))
  expect(mostOpen()).toBe(4)
  expect(notes.filter((note) => note.startsWith('write'))).toHaveLength(9)
  expect(outcomes).toEqual(Array(9).fill({ what: 'saved', sent: true, readBack: true }))
})

test('a list that was read 20 seconds ago is read again, and what differs by then is a conflict', async () => {
  const { place, notes, lists } = open()
  const call = applyChanges(place, many(100))
  // Somebody else adds what comes late in the set.
  setTimeout(() => {
    const late = { ...listed('project', 109, 'partners/p109', ['READ_PACKAGES']) }
    lists.set(1, [...(lists.get(1) ?? []), late])
  }, 15_500)
  const outcomes = await settled(call)
  expect(notes.filter((note) => note === 'read 1')).toHaveLength(3)
  expect(outcomes[99]).toEqual({ what: 'conflict', now: packages })
  expect(notes).not.toContain('write 1/109')
})

test('nothing is sent for what is there already, and no second reading is needed', async () => {
  const { place, notes, lists } = open()
  lists.set(1, [{ ...listed('project', 10, 'partners/p10', ['READ_JOBS']) }])
  expect(await settled(applyChanges(place, many(1)))).toEqual([
    { what: 'saved', sent: false, readBack: true },
  ])
  expect(notes).toEqual(['read 1'])
})

test('one that is refused stops no other', async () => {
  const { place } = open(({ id }) => (id === 11 ? new ApiError('forbidden') : undefined))
  const outcomes = await settled(applyChanges(place, many(9)))
  expect(outcomes.map(({ what }) => what)).toEqual(
    Array.from({ length: 9 }, (_, at) => (at === 1 ? 'refused' : 'saved')),
  )
})

test.each([
  ['rate-limited', 'to-do'],
  ['unauthorized', 'to-do'],
  ['unreachable', 'not-known'],
] as const)(
  'after %s those on their way end, and the others are left to do',
  async (kind, what) => {
    const { place, notes } = open(({ id }) => (id === 11 ? new ApiError(kind) : undefined))
    const outcomes = await settled(applyChanges(place, many(9)))
    expect(outcomes.map((outcome) => outcome.what)).toEqual([
      'saved',
      what,
      ...Array(3).fill('saved'),
      ...Array(4).fill('to-do'),
    ])
    expect(outcomes.at(-1)).toEqual({ what: 'to-do', error: expect.objectContaining({ kind }) })
    expect(notes.filter((note) => note.startsWith('write'))).toHaveLength(5)
  },
)

test('a stop lets those on their way end, says no error, and progress counts what is settled', async () => {
  const { place } = open()
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 1500)
  const progress: number[] = []
  const onStep = (_: EntryChange, step: 'sending' | 'settled') => {
    if (step === 'settled') progress.push(progress.length + 1)
  }
  const outcomes = await settled(applyChanges(place, many(12), { signal: stop.signal, onStep }))
  expect(outcomes.filter(({ what }) => what === 'saved')).toHaveLength(8)
  expect(outcomes.slice(8)).toEqual(Array(4).fill({ what: 'to-do', error: undefined }))
  expect(progress).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

describe('the name of a write', () => {
  const lostOnce = () => {
    let fails = true
    return () => {
      if (!fails) return undefined
      fails = false
      return new ApiError('timeout')
    }
  }

  test('stays for another try of a change whose answer was lost, whoever asks for it', async () => {
    const { place, names } = open(lostOnce())
    expect((await settled(applyChanges(place, [adding(10)])))[0]?.what).toBe('not-known')
    expect((await settled(applyChanges(place, [adding(10)])))[0]?.what).toBe('saved')
    expect(names).toHaveLength(2)
    expect(new Set(names).size).toBe(1)
  })

  test('is another one for another change of the same entry, and after a refusal', async () => {
    const { place, names } = open(lostOnce())
    await settled(applyChanges(place, [adding(10)]))
    await settled(applyChanges(place, [{ ...adding(10), after: packages }]))
    expect(new Set(names).size).toBe(2)
    const refusing = open(() => new ApiError('forbidden'))
    for (const _try of [1, 2]) await settled(applyChanges(refusing.place, [adding(10)]))
    expect(new Set(refusing.names).size).toBe(2)
  })
})

describe('a refusal that may be the answer to a repetition of the write', () => {
  const echo = new ApiError('invalid', { reason: 'already-listed' })

  /** A write that is refused, after which the list holds something. */
  async function refused(permissions: string[] | undefined) {
    const world = open(() => {
      if (permissions) world.lists.set(1, [listed('project', 10, '', permissions)])
      return echo
    })
    return (await settled(applyChanges(world.place, [adding(10)])))[0]
  }

  test('is none where GitLab holds what was wanted', async () => {
    expect(await refused(['READ_JOBS'])).toMatchObject({ what: 'saved' })
  })

  test('is a conflict where it holds something else, and a refusal where it holds nothing', async () => {
    expect(await refused(['READ_PACKAGES'])).toEqual({ what: 'conflict', now: packages })
    expect(await refused(undefined)).toEqual({ what: 'refused', error: echo })
  })
})

test('what was lost stays open while GitLab cannot be asked about it', async () => {
  const { place } = open(() => new ApiError('timeout'))
  await settled(applyChanges(place, [adding(10)]))
  const { listEntries } = place.api
  place.api.listEntries = () => Promise.reject(new ApiError('unavailable', { status: 500 }))
  const [outcome] = await settled(applyChanges(place, [adding(10)]))
  const error = expect.objectContaining({ kind: 'unavailable', outcomeUnknown: true })
  expect(outcome).toEqual({ what: 'not-known', error })
  place.api.listEntries = listEntries
})

test('while the list cannot be read, only what could overwrite something is left to do', async () => {
  const { place, notes } = open()
  place.api.listEntries = () => Promise.reject(new ApiError('unavailable', { status: 500 }))
  const [add, change, remove] = [adding(10), adding(11), adding(12)]
  const outcomes = await settled(
    applyChanges(place, [
      add,
      { ...change, before: packages },
      { ...remove, before: packages, after: undefined },
    ]),
  )
  const unread = { what: 'saved', sent: true, readBack: false }
  expect(outcomes).toEqual([
    unread,
    { what: 'to-do', error: expect.objectContaining({ kind: 'unavailable' }) },
    unread,
  ])
  expect(notes).toEqual(['write 1/10', 'write 1/12'])
})

test('the own project’s first entry is saved, though somebody else has stored what it had without one', async () => {
  const { place, lists } = open()
  const own = listed('project', 1, 'acme/storefront', null)
  lists.set(1, [own])
  const first: EntryChange = { projectId: 1, target: own.target, before: undefined, after: jobs }
  expect(await settled(applyChanges(place, [first]))).toEqual([
    { what: 'saved', sent: true, readBack: true },
  ])
  lists.set(1, [listed('project', 1, 'acme/storefront', ['READ_PACKAGES'])])
  expect(await settled(applyChanges(place, [first]))).toEqual([{ what: 'conflict', now: packages }])
})

test('what somebody else has removed again by the time it is read back is gone', async () => {
  const { place, lists } = open()
  // After the last write, before the list is read.
  const listEntries = place.api.listEntries
  place.api.listEntries = (...asked) => {
    lists.set(1, [])
    return listEntries(...asked)
  }
  expect(await settled(applyChanges(place, [adding(10)]))).toEqual([{ what: 'gone' }])
})

test('the same entry twice is a mistake of the caller', async () => {
  const { place } = open()
  await expect(applyChanges(place, [adding(10), adding(10)])).rejects.toThrow('twice')
})
