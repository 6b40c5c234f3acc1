import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { apiWith } from '../../test-support/api.ts'
import { allowlistQuery } from './allowlist.ts'
import { authorizationsQuery } from './authorizations.ts'
import type { AuthorizationLog, EntryList } from './gitlab-api.ts'

/** A long answer whose first part comes, and the rest only when it is asked for a second time. */
function slowly<Whole>(part: unknown, whole: Whole) {
  const calls = { count: 0 }
  const read = (_id: number, signal: AbortSignal, onProgress: (part: never) => void) => {
    calls.count += 1
    if (calls.count > 1) return Promise.resolve(whole)
    onProgress(part as never)
    return new Promise<Whole>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  }
  return { calls, read }
}

const list = (loaded: number): EntryList => ({ entries: [], total: 800, loaded })
const log = (extent: 'arriving' | 'whole'): AuthorizationLog => ({
  authorizations: [],
  total: 2,
  extent,
})
const entries = slowly(list(400), list(800))
const authorizations = slowly(log('arriving'), log('whole'))
const api = apiWith({
  id: 'test',
  listEntries: entries.read,
  listAuthorizations: authorizations.read,
})

const entryObserver = (client: QueryClient) => new QueryObserver(client, allowlistQuery(api, 1))
const logObserver = (client: QueryClient) => new QueryObserver(client, authorizationsQuery(api, 1))

test.each([
  ['the allowlist', entryObserver, entries.calls, list(800)],
  ['the log', logObserver, authorizations.calls, log('whole')],
] as const)(
  '%s: who leaves in the middle and comes back gets the rest',
  async (_, observer, calls, whole) => {
    const client = new QueryClient({
      defaultOptions: { queries: { retry: false, staleTime: 30_000 } },
    })
    const { queryKey } = observer(client).options
    const observe = () => observer(client).subscribe(() => {})
    const leave = observe()
    await Promise.resolve()
    expect(client.getQueryData(queryKey)).toBeDefined()
    leave()
    const leaveAgain = observe()
    await new Promise((resolve) => setTimeout(resolve))
    expect(calls.count).toBe(2)
    expect(client.getQueryData(queryKey)).toEqual(whole)
    leaveAgain()
  },
)
