import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { apiWith } from '../../../test-support/api.ts'
import { allowlistQuery } from '../../api/allowlist.ts'
import type { EntryList } from '../../api/gitlab-api.ts'
import { prefetchPanel } from './prefetch-panel.ts'

const never = () => new Promise<never>(() => {})
const list: EntryList = { entries: [], loaded: 0, total: 0 }

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
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  api.metadata.mockResolvedValue({ version: '19.0.0' })
  api.enforcesAllowlist.mockImplementation(never)
  api.project.mockResolvedValue({ id: 1 })
  api.jobTokenScope.mockResolvedValue({ inboundEnabled: true })
  api.listEntries.mockResolvedValue(list)
  globalThis.headStart = { authorization: 'Bearer glpat-secret', answers: new Map() }
})
afterEach(() => {
  vi.clearAllMocks()
  globalThis.headStart = undefined
})

const cachedList = () => client.getQueryData(allowlistQuery(apiWith({ id: api.id }), 1).queryKey)

test.each(['1', 'acme/storefront'])('all is asked for, of %s', async (id) => {
  await prefetchPanel(client, id)
  expect(cachedList()).toEqual(list)
  for (const asked of Object.values(api)) {
    if (asked instanceof Function) expect(asked).toHaveBeenCalledTimes(1)
  }
})

describe('what was asked ahead', () => {
  test.each(['1', 'acme/storefront'])('is there until the answers are, of %s', async (id) => {
    let arrive = (_list: EntryList) => {}
    api.listEntries.mockReturnValue(
      new Promise<EntryList>((resolve) => {
        arrive = resolve
      }),
    )
    const round = prefetchPanel(client, id)
    await vi.waitFor(() => expect(api.listEntries).toHaveBeenCalled())
    expect(globalThis.headStart).toBeDefined()
    arrive(list)
    await round
    expect(globalThis.headStart).toBeUndefined()
  })

  test('goes with what fails, too', async () => {
    api.project.mockRejectedValue(new Error('gone'))
    api.listEntries.mockRejectedValue(new Error('gone'))
    await prefetchPanel(client, '1')
    expect(globalThis.headStart).toBeUndefined()
  })
})
