import { beforeEach, expect, test, vi } from 'vitest'
import { listed } from '../../test-support/random-worlds.ts'
import { keepList, keptList } from './kept-lists.ts'
import { signIn, signOut } from './session.ts'

const user = { id: 2, username: 'maya', name: 'Maya', avatarUrl: null, isAdmin: false }
const owner = { address: 'https://gitlab.example.com', user }
const paths = (projectId: number, of = owner) =>
  keptList(of, projectId).map(({ fullPath }) => fullPath)

let items: Map<string, string>

beforeEach(() => {
  items = new Map()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, text: string) => void items.set(key, text),
    removeItem: (key: string) => void items.delete(key),
  })
  return () => vi.unstubAllGlobals()
})

test('a list is kept with permissions, in place of the one before, and with what is missed', () => {
  keepList(owner, 1, [listed('group', 12, 'partners', ['READ_JOBS'])], [])
  const [partners] = keptList(owner, 1)
  expect(partners).toEqual({
    kind: 'group',
    id: 12,
    fullPath: 'partners',
    defaultPermissions: false,
    policies: ['READ_JOBS'],
  })
  keepList(owner, 2, [listed('project', 3, 'acme/other', null)], [])
  keepList(owner, 1, [listed('project', 2, 'acme/tools', null)], partners ? [partners] : [])
  expect(paths(1)).toEqual(['acme/tools', 'partners'])
  expect(paths(2)).toEqual(['acme/other'])
  expect(paths(3)).toEqual([])
})

test('ten lists are kept, and none beyond the limits of GitLab', () => {
  for (let id = 1; id <= 11; id += 1) keepList(owner, id, [listed('group', id, 'a', null)], [])
  expect(paths(1)).toEqual([])
  expect(paths(2)).toEqual(['a'])
  const long = Array.from({ length: 402 }, (_, id) => listed('group', id, 'a', null))
  keepList(owner, 2, long, [])
  expect(paths(2)).toEqual([])
})

test('each server and user has lists of their own, which go when they sign out', () => {
  const other = { ...owner, address: 'https://gitlab.elsewhere.example' }
  for (const one of [owner, other]) keepList(one, 1, [listed('group', 1, one.address, null)], [])
  expect(paths(1, other)).toEqual([other.address])
  signIn({ ...other, webAddress: other.address, token: 'glpat-secret' })
  signOut()
  expect(paths(1, other)).toEqual([])
  expect(paths(1)).toEqual([owner.address])
})

test.each(['nonsense', '{}', '[{"projectId":1,"entries":[{}]}]', 'null'])(
  'what was not written here is no list: %s',
  (text) => {
    keepList(owner, 1, [listed('group', 1, 'a', null)], [])
    for (const key of items.keys()) items.set(key, text)
    expect(paths(1)).toEqual([])
  },
)
