import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { allowlistQuery } from '../../api/allowlist.ts'
import type { EntryList, GitLabApi } from '../../api/gitlab-api.ts'
import { prefetchPanel } from './prefetch-panel.ts'

const address = 'https://gitlab.example.com/api/v4'
const never = () => new Promise<never>(() => {})
const list = (loaded: number): EntryList => ({ entries: [], loaded, total: 500 })

// What the panel asks, and no more.
const api = vi.hoisted(() => ({
  id: 'test',
  metadata: vi.fn(),
  enforcesAllowlist: vi.fn(),
  project: vi.fn(),
  jobTokenScope: vi.fn(),
  listEntries: vi.fn(),
}))
vi.mock('../../api/session.ts', () => ({
  getSession: () => ({ state: 'signed-in', api, connection: { user: { isAdmin: true } } }),
}))

let client: QueryClient

beforeEach(() => {
  vi.useFakeTimers()
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  api.metadata.mockResolvedValue({ version: '19.0.0' })
  api.enforcesAllowlist.mockImplementation(never)
  api.project.mockResolvedValue({ id: 1 })
  api.jobTokenScope.mockResolvedValue({ inboundEnabled: true })
  api.listEntries.mockResolvedValue(list(500))
})
afterEach(() => {
  vi.useRealTimers()
  globalThis.headStart = undefined
})

function startAhead(...paths: string[]) {
  const answers = new Map(paths.map((path) => [`${address}/${path}`, never()]))
  globalThis.headStart = { authorization: 'Bearer glpat-secret', answers }
}
const entries = 'projects/1/job_token_scope/allowlist?per_page=100&page=1'

/** Opens the panel, and tells for a while when it is drawn: after how many milliseconds. */
async function drawn(id = '1'): Promise<number> {
  const start = Date.now()
  const waiting = prefetchPanel(client, id)?.then(() => Date.now() - start)
  await vi.advanceTimersByTimeAsync(1000)
  return (await waiting) ?? 0
}

// Of the API, the key needs no more than its id.
const cachedList = () =>
  client.getQueryData(allowlistQuery(api as unknown as GitLabApi, 1).queryKey)

describe('the panel is drawn', () => {
  test('at once where nothing was asked ahead', async () => {
    expect(prefetchPanel(client, '1')).toBeUndefined()
  })

  test('at once where another project was asked ahead', async () => {
    startAhead('projects/2', 'projects/12', 'projects/1/job_token_scope')
    expect(prefetchPanel(client, '1')).toBeUndefined()
  })

  test.each(['1', 'acme%2Fstorefront'])('with the answers that are near: %s', async (id) => {
    startAhead('projects/1', 'projects/acme%2Fstorefront', entries)
    api.listEntries.mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return list(500)
    })
    expect(await drawn(decodeURIComponent(id))).toBe(50)
    expect(cachedList()).toEqual(list(500))
  })

  test('without those that take their time', async () => {
    startAhead('projects/1', entries)
    api.listEntries.mockImplementation(never)
    expect(await drawn()).toBe(300)
  })

  test('without a list that was not asked ahead', async () => {
    startAhead('projects/1')
    api.listEntries.mockImplementation(never)
    expect(await drawn()).toBe(0)
  })

  test('with the first rows of a list that comes in parts', async () => {
    startAhead('projects/1', entries)
    api.listEntries.mockImplementation((_id, _signal, onPart: (part: EntryList) => void) => {
      onPart(list(400))
      return never()
    })
    expect(await drawn()).toBe(0)
    expect(cachedList()).toEqual(list(400))
  })

  test('with what fails', async () => {
    startAhead('projects/1', entries)
    api.project.mockRejectedValue(new Error('gone'))
    api.listEntries.mockRejectedValue(new Error('gone'))
    expect(await drawn()).toBe(0)
  })
})
