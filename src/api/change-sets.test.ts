import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listed } from '../../test-support/random-worlds.ts'
import type { AllowlistEntry } from '../domain/allowlist.ts'
import type { EntryChange } from '../domain/change.ts'
import { ApiError } from './api-error.ts'
import { historyOf } from './change-history.ts'
import {
  changeSetOf,
  compareSet,
  includeLine,
  isFailed,
  isToDo,
  openSet,
  overwriteLine,
  saveSet,
  stopSet,
} from './change-sets.ts'
import type { GitLabApi } from './gitlab-api.ts'
import { getSession, setRenewal, signIn, signOut } from './session.ts'
import { tabKeys } from './tab-keys.ts'

/** When a set is paused, stopped and kept. That what is reported is true: `mocks/entry-changes.test.ts`. */

const jobs = { defaultPermissions: false, policies: ['READ_JOBS'] }
const packages = { defaultPermissions: false, policies: ['READ_PACKAGES'] }
const user = { id: 2, username: 'maya', name: 'Maya', avatarUrl: null, isAdmin: false }
const connection = {
  address: 'https://a.example',
  webAddress: 'https://a.example',
  token: 't',
  user,
}

beforeEach(() => {
  vi.useFakeTimers()
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  vi.stubGlobal('sessionStorage', storage)
  vi.stubGlobal('localStorage', storage)
  signOut()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const { target } = listed('project', 3, 'partners/sdk', null)
const adding = (id: number): EntryChange => ({
  projectId: 1,
  target: { ...target, id },
  before: undefined,
  after: jobs,
})

/** A signed-in user at a server that takes a second for each write. */
function open() {
  signIn({ ...connection, user })
  const session = getSession()
  if (session.state === 'signed-out') throw new Error('Nobody is signed in')
  let entries: AllowlistEntry[] = []
  let fault: ApiError | undefined
  const sent: number[] = []
  const write = async (_: number, { id }: { id: number }) => {
    sent.push(id)
    await new Promise((resolve) => setTimeout(resolve, 1000))
    if (fault) throw fault
    entries = [
      ...entries,
      { ...listed('project', id, '', null), target: { ...target, id }, permissions: jobs },
    ]
  }
  const api = Object.assign(session.api, {
    listEntries: async () => ({ entries, total: entries.length, loaded: entries.length }),
    addEntry: write,
    updateEntry: write,
  } satisfies Partial<GitLabApi>)
  const place = {
    api,
    client: new QueryClient({ defaultOptions: { queries: { retry: false } } }),
  }
  return {
    place,
    sent,
    setFault: (next: ApiError | undefined) => {
      fault = next
    },
    setEntries: (next: AllowlistEntry[]) => {
      entries = next
    },
    entries: () => entries,
    state: () => changeSetOf(api, 1)?.state,
    outcomes: () => changeSetOf(api, 1)?.lines.map(({ outcome }) => outcome?.what),
    start(count: number) {
      const changes = Array.from({ length: count }, (_, at) => adding(10 + at))
      openSet(api, 1, { from: 'bulk', changes })
      void saveSet(place, 1)
    },
  }
}

test('after a 429 without a readable wait it goes on by itself in a minute, with what was not sent', async () => {
  const { start, setFault, state, outcomes, sent } = open()
  setFault(new ApiError('rate-limited'))
  start(6)
  await vi.advanceTimersByTimeAsync(1500)
  expect(state()).toMatchObject({ at: 'paused', until: Date.now() + 60_000 - 500 })
  expect(outcomes()).toEqual(Array(6).fill('to-do'))
  setFault(undefined)
  await vi.advanceTimersByTimeAsync(58_000)
  expect(sent).toHaveLength(4)
  await vi.advanceTimersByTimeAsync(5000)
  expect(state()).toEqual({ at: 'done' })
  expect(outcomes()).toEqual(Array(6).fill('saved'))
})

test('an ended session pauses it, and signing in again continues it', async () => {
  const { start, setFault, state, outcomes } = open()
  setFault(new ApiError('unauthorized'))
  start(2)
  setRenewal('asking')
  await vi.advanceTimersByTimeAsync(1500)
  expect(state()?.at).toBe('paused')
  setFault(undefined)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(state()?.at).toBe('paused')
  signIn({ ...connection, user })
  await vi.advanceTimersByTimeAsync(1500)
  expect(outcomes()).toEqual(['saved', 'saved'])
})

test('a stop waits for the writes on their way; the others stay to do', async () => {
  const { place, start, state, outcomes } = open()
  start(6)
  await vi.advanceTimersByTimeAsync(500)
  stopSet(place.api, 1)
  expect(state()).toEqual({ at: 'saving', stopping: true })
  await vi.advanceTimersByTimeAsync(1000)
  expect(state()).toEqual({ at: 'stopped' })
  expect(outcomes()).toEqual(['saved', 'saved', 'saved', 'saved', 'to-do', 'to-do'])
})

test('a conflict overwrites nothing until that is asked for; a line that was taken out is not sent', async () => {
  const { place, setEntries, state, outcomes, sent } = open()
  const change = { ...adding(10), before: jobs, after: { defaultPermissions: true, policies: [] } }
  setEntries([{ ...listed('project', 10, '', null), target: change.target, permissions: packages }])
  openSet(place.api, 1, { from: 'bulk', changes: [change, adding(11)] })
  includeLine(place.api, adding(11), false)
  await saveSet(place, 1)
  expect(outcomes()).toEqual(['conflict', undefined])
  expect(sent).toEqual([])
  overwriteLine(place.api, change)
  expect(changeSetOf(place.api, 1)?.lines[0]?.change.before).toEqual(packages)
  void saveSet(place, 1)
  await vi.advanceTimersByTimeAsync(1500)
  expect(sent).toEqual([10])
  expect(state()).toEqual({ at: 'done' })
})

test('after a reload in the middle it says what is done by then, and the rest is to do', async () => {
  const { start, entries } = open()
  start(6)
  await vi.advanceTimersByTimeAsync(1500)
  expect(entries()).toHaveLength(4)
  vi.resetModules()
  const session = await import('./session.ts')
  const sets = await import('./change-sets.ts')
  const { historyOf: history } = await import('./change-history.ts')
  session.signIn({ ...connection, user })
  const now = session.getSession()
  if (now.state === 'signed-out') throw new Error('Nobody is signed in')
  expect(sets.changeSetOf(now.api, 1)?.state).toEqual({ at: 'interrupted' })
  sets.compareSet(now.api, 1, entries())
  const lines = sets.changeSetOf(now.api, 1)?.lines ?? []
  expect(lines.map(isToDo)).toEqual([false, false, false, false, true, true])
  expect(history(now.api)).toHaveLength(4)
  session.signOut()
  session.signIn({ ...connection, user })
  const next = session.getSession()
  expect(next.state === 'signed-in' && sets.changeSetOf(next.api, 1)).toBeUndefined()
})

test('after a reload refusals are there with their reasons, without secrets in what GitLab said', async () => {
  const { start, setFault } = open()
  const serverText = 'Not with glpat-AbCdEfGhIjKlMnOpQrSt'
  setFault(new ApiError('invalid', { status: 400, serverText }))
  start(6)
  const afterReload = async () => {
    vi.resetModules()
    const session = await import('./session.ts')
    const sets = await import('./change-sets.ts')
    session.signIn({ ...connection, user })
    const now = session.getSession()
    return now.state === 'signed-out' ? undefined : sets.changeSetOf(now.api, 1)
  }
  await vi.advanceTimersByTimeAsync(1500)
  const middle = await afterReload()
  expect(middle?.state).toEqual({ at: 'interrupted' })
  expect(middle?.lines.map(isFailed)).toEqual([true, true, true, true, false, false])
  expect(middle?.lines.map(isToDo)).toEqual([false, false, false, false, true, true])
  expect(middle?.lines[0]?.outcome).toMatchObject({
    what: 'refused',
    error: { kind: 'invalid', serverText: `Not with glpat-${'•'.repeat(20)}` },
  })
  expect(sessionStorage.getItem(tabKeys.changeSets)).toContain('glpat-•')
  expect(sessionStorage.getItem(tabKeys.changeSets)).not.toContain('AbCdEf')

  await vi.advanceTimersByTimeAsync(1500)
  const end = await afterReload()
  expect(end?.state).toEqual({ at: 'done' })
  expect(end?.lines.map(isFailed)).toEqual(Array(6).fill(true))
})

test('what others have done in the meantime is compared only with a set that was interrupted', () => {
  const { place, outcomes } = open()
  openSet(place.api, 1, { from: 'bulk', changes: [adding(10)] })
  compareSet(place.api, 1, [
    { ...listed('project', 10, '', null), target: adding(10).target, permissions: jobs },
  ])
  expect(outcomes()).toEqual([undefined])
  expect(historyOf(place.api)).toEqual([])
})

test('settings are saved after the entries; one that is refused is tried again by itself', async () => {
  const { place, sent, state } = open()
  let mode = true
  let refused = true
  const project = { id: 1 }
  const push = { own: false, crossProject: undefined }
  const order: string[] = []
  Object.assign(place.api, {
    jobTokenScope: async () => ({ inboundEnabled: mode, outboundEnabled: false }),
    async setInboundEnabled(_: number, wanted: boolean) {
      order.push(`mode after ${sent.length}`)
      if (refused) throw new ApiError('forbidden')
      mode = wanted
    },
    project: async () => project,
    pushSettings: async () => ({ ...push }),
    async updatePushSettings(_: unknown, { own }: { own: boolean }) {
      order.push('push')
      push.own = own
    },
  })
  const settings = { inboundEnabled: false, pushAllowed: true }
  openSet(place.api, 1, { from: 'import', changes: [adding(10)], settings })
  void saveSet(place, 1)
  await vi.advanceTimersByTimeAsync(1500)
  expect(order).toEqual(['mode after 1', 'push'])
  expect(state()).toEqual({ at: 'done' })
  const outcomes = () => changeSetOf(place.api, 1)?.settings.map(({ outcome }) => outcome)
  expect(outcomes()).toEqual([expect.objectContaining({ kind: 'forbidden' }), 'saved'])
  refused = false
  await saveSet(place, 1)
  expect(order).toEqual(['mode after 1', 'push', 'mode after 1'])
  expect(outcomes()).toEqual(['saved', 'saved'])
})
