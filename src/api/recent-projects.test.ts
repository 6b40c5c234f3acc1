import { beforeEach, expect, test, vi } from 'vitest'
import { recentProjects, rememberProject } from './recent-projects.ts'
import { signIn, signOut } from './session.ts'

const user = { id: 2, username: 'maya', name: 'Maya', avatarUrl: null, isAdmin: false }
const owner = { address: 'https://gitlab.example.com', user }
const project = (id: number, fullPath = `acme/project-${id}`) => ({ id, fullPath })

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

test('the project opened last comes first, once, by the path that it has now', () => {
  for (const opened of [project(1), project(2), project(1, 'acme/moved')]) {
    rememberProject(owner, opened)
  }
  expect(recentProjects(owner)).toEqual([project(1, 'acme/moved'), project(2)])
})

test('ten are kept', () => {
  for (let id = 1; id <= 12; id += 1) rememberProject(owner, project(id))
  expect(recentProjects(owner).map(({ id }) => id)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3])
})

test('ids and paths are kept, and nothing else of a project', () => {
  const whole = { ...project(1), name: 'A name', description: 'Not for others' }
  rememberProject(owner, whole)
  expect([...items.values()]).toEqual([JSON.stringify([project(1)])])
})

test.each([
  ['another user', { ...owner, user: { ...user, id: 3 } }],
  ['another server', { ...owner, address: 'https://gitlab.elsewhere.example' }],
])('%s has a list of their own, which goes when they sign out', (_, other) => {
  rememberProject(owner, project(1))
  rememberProject(other, project(2))
  expect(recentProjects(other)).toEqual([project(2)])
  signIn({ ...other, webAddress: other.address, token: 'glpat-secret' })
  signOut()
  expect(recentProjects(other)).toEqual([])
  expect(recentProjects(owner)).toEqual([project(1)])
})

test.each(['nonsense', '{}', '[{"id":"1"}]', 'null'])(
  'what was not written here is no list: %s',
  (text) => {
    rememberProject(owner, project(1))
    for (const key of items.keys()) items.set(key, text)
    expect(recentProjects(owner)).toEqual([])
  },
)

test('a browser that keeps nothing has no list', () => {
  vi.stubGlobal('localStorage', undefined)
  rememberProject(owner, project(1))
  expect(recentProjects(owner)).toEqual([])
})
