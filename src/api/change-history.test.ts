import { beforeEach, expect, test, vi } from 'vitest'
import { listed } from '../../test-support/random-worlds.ts'
import { type EntryChange, inverseOf } from '../domain/change.ts'
import type { PermissionConfiguration } from '../domain/permissions.ts'
import { historyOf, remember, undoAll } from './change-history.ts'
import type { GitLabApi } from './gitlab-api.ts'
import { getSession, signIn, signOut } from './session.ts'

const jobs = { defaultPermissions: false, policies: ['READ_JOBS'] }
const packages = { defaultPermissions: false, policies: ['READ_PACKAGES'] }
const everything = { defaultPermissions: true, policies: [] }

const user = { id: 2, username: 'maya', name: 'Maya', avatarUrl: null, isAdmin: false }
const connection = {
  address: 'https://a.example',
  webAddress: 'https://a.example',
  token: 't',
  user,
}

beforeEach(() => {
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

function enter(): GitLabApi {
  signIn({ ...connection, user })
  const session = getSession()
  if (session.state === 'signed-out') throw new Error('Nobody is signed in')
  return session.api
}

const { target } = listed('project', 3, 'partners/sdk', null)
const change = (
  before: PermissionConfiguration | undefined,
  after: PermissionConfiguration | undefined,
  id = 3,
): EntryChange => ({ projectId: 1, target: { ...target, id }, before, after })

const states = (api: GitLabApi) => historyOf(api).map(({ undone }) => undone)

test('what leads back undoes a change, and the same change again redoes it', () => {
  const api = enter()
  const adding = change(undefined, jobs)
  remember(api, [adding, change(undefined, jobs, 4)])
  expect(states(api)).toEqual([false, false])
  remember(api, [inverseOf(adding)])
  expect(states(api)).toEqual([true, false])
  remember(api, [adding])
  expect(states(api)).toEqual([false, false])
})

test('one step back over several changes of an entry undoes all of them', () => {
  const api = enter()
  remember(api, [change(undefined, jobs), change(jobs, packages), change(packages, everything)])
  const back = undoAll(historyOf(api))
  expect(back).toEqual(change(everything, undefined))
  remember(api, [back])
  expect(states(api)).toEqual([true, true, true])
  expect(undoAll(historyOf(api))).toBeUndefined()
})

test('it does not lead back over a change by somebody else', () => {
  const api = enter()
  // In between somebody else has changed jobs to everything.
  remember(api, [change(undefined, jobs), change(everything, packages)])
  expect(undoAll(historyOf(api))).toEqual(change(packages, everything))
  remember(api, [change(packages, undefined)])
  expect(states(api)).toEqual([false, false, false])
})

test('the first entry of the own project is undone by default permissions', () => {
  const api = enter()
  const first = change(undefined, jobs, 1)
  remember(api, [first])
  remember(api, [inverseOf(first)])
  expect(states(api)).toEqual([true])
  remember(api, [change(everything, jobs, 1)])
  expect(states(api)).toEqual([false])
})

test('it is there after a reload for this user alone, without a token, and ends at sign-out', async () => {
  remember(enter(), [change(undefined, jobs)])
  expect(sessionStorage.getItem('change-history')).not.toContain('"t"')
  // A reload: the modules are loaded anew, the tab's storage stays.
  vi.resetModules()
  const session = await import('./session.ts')
  const history = await import('./change-history.ts')
  const read = (id: number) => {
    session.signIn({ ...connection, user: { ...user, id } })
    const now = session.getSession()
    return now.state === 'signed-in' ? history.historyOf(now.api).map((done) => done.change) : []
  }
  expect(read(3)).toEqual([])
  expect(read(2)).toEqual([change(undefined, jobs)])
  session.signOut()
  expect(read(2)).toEqual([])
})
