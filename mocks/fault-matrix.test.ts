// Both sides under test: the API layer against every fault of the simulated GitLab.

import { getResponse } from 'msw'
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError, type ErrorKind } from '../src/api/api-error.ts'
import { createGitLabApi } from '../src/api/gitlab.ts'
import type { GitLabApi } from '../src/api/gitlab-api.ts'
import { createHttp } from '../src/api/http.ts'
import type { Target } from '../src/domain/allowlist.ts'
import type { ScenarioName } from './scenarios/scenarios.ts'
import { openBackend, webRoot } from './test-client.ts'

/**
 * Every operation of the API interface × every fault, on a GitLab with the permissions extension
 * and on a stock one. Each cell expects the right kind of error, no repeated write, and a server
 * state that matches the writes that arrived.
 */

const { signal } = new AbortController()
const ignore = () => {}

const target = (kind: Target['kind'], id: number, fullPath: string): Target => ({
  kind,
  id,
  fullPath,
  name: fullPath,
  avatarUrl: null,
  webUrl: '',
})
const cli = target('project', 6, 'partners/tools/cli')
const partners = target('group', 12, 'partners')
const fine = { defaultPermissions: false, policies: ['READ_JOBS'] }

type Operation = {
  readonly run: (api: GitLabApi) => Promise<unknown>
  readonly writes?: true
  /** GitLab answers without a body, so that the body cannot be truncated or empty. */
  readonly bodiless?: true
  /** The scenario to use where the newest release cannot serve the operation. */
  readonly scenario?: ScenarioName
  readonly served?: 'rest'
  /** An error that the operation returns as a result instead of throwing. */
  readonly takes?: ErrorKind
}

const project = (api: GitLabApi) => api.project({ id: 1 }, signal)

/** One entry per operation; the type requires all operations of the interface. */
const operations: {
  readonly [Name in keyof GitLabApi as GitLabApi[Name] extends (
    ...input: never[]
  ) => Promise<unknown>
    ? Name
    : never]: Operation
} = {
  currentUser: { run: (api) => api.currentUser(signal) },
  metadata: { run: (api) => api.metadata(signal) },
  tokenScopes: { run: (api) => api.tokenScopes(signal) },
  serverKind: { run: (api) => api.serverKind(signal) },
  enforcesAllowlist: { run: (api) => api.enforcesAllowlist(signal) },
  listProjects: { run: (api) => api.listProjects({ search: '', page: 1 }, signal) },
  project: { run: project },
  pushSettings: { run: (api) => api.pushSettings(known, signal) },
  updatePushSettings: {
    run: (api) => api.updatePushSettings(known, { own: true, crossProject: true }),
    writes: true,
  },
  fineGrainedAllowed: { run: (api) => api.fineGrainedAllowed(12, signal) },
  setFineGrainedAllowed: {
    run: (api) => api.setFineGrainedAllowed(10, true),
    writes: true,
    // The switch exists in GitLab 17.11 to 18.2. Whether a stock one has it in its API is not
    // known.
    scenario: 'group-off',
    served: 'rest',
  },
  searchTargets: { run: (api) => api.searchTargets('partners', signal) },
  resolveTarget: {
    run: (api) => api.resolveTarget({ path: 'partners/sdk' }, signal),
    takes: 'not-found',
  },
  jobTokenScope: { run: (api) => api.jobTokenScope(1, signal) },
  setInboundEnabled: {
    run: (api) => api.setInboundEnabled(1, false),
    writes: true,
    bodiless: true,
  },
  listEntries: { run: (api) => api.listEntries(1, signal, ignore) },
  addEntry: { run: (api) => api.addEntry(1, cli, fine), writes: true },
  updateEntry: { run: (api) => api.updateEntry(1, partners, fine), writes: true },
  removeEntry: { run: (api) => api.removeEntry(1, partners), writes: true, bodiless: true },
  listAuthorizations: { run: (api) => api.listAuthorizations(1, signal, ignore) },
}

let known: Awaited<ReturnType<GitLabApi['project']>>

/** Each fault, the expected kind of error, and whether the server has run the operation. */
const effects: readonly (readonly [effect: string, kind: ErrorKind, done: boolean])[] = [
  ['304', 'malformed', false],
  ['401', 'unauthorized', false],
  ['403', 'forbidden', false],
  ['404', 'not-found', false],
  ['429', 'rate-limited', false],
  ['429:0', 'rate-limited', false],
  ['500', 'unavailable', false],
  ['502', 'unavailable', false],
  ['503', 'unavailable', false],
  ['timeout', 'timeout', false],
  ['abort', 'unreachable', false],
  ['html', 'malformed', false],
  ['lost', 'unreachable', true],
  ['truncated', 'malformed', true],
  ['empty', 'malformed', true],
  ['wrong-type', 'malformed', true],
  ['huge', 'malformed', true],
  ['delay:29000', 'timeout', true],
]

let sent: string[]
let cells = 0

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

// biome-ignore lint/suspicious/noConsole: The log of the tests says how many were tested.
afterAll(() => console.log(`Fault matrix of the API: ${cells} cells`))

/**
 * The API as an administrator, who may call all operations. The kind of server is known already.
 */
async function open(served: 'rest' | 'gitlab', scenario: ScenarioName = 'gitlab-19-1') {
  // 19.1 has all settings.
  const { backend, handlers } = openBackend({ scenario, api: served })
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(request.method)
    const aborted = new Promise<never>((_resolve, reject) => {
      request.signal.addEventListener('abort', () => reject(request.signal.reason))
    })
    const response = await Promise.race([getResponse(handlers, request), aborted])
    if (!response) throw new Error(`Nobody answers ${request.method} ${request.url}`)
    // A browser reports a broken connection as a TypeError.
    if (response.type === 'error') throw new TypeError('Failed to fetch')
    return response
  })
  const http = createHttp({ address: webRoot, token: () => 'glpat-admin' })
  const api = createGitLabApi('test', webRoot, http)
  await api.listEntries(1, signal, ignore)
  known = await project(api)
  const state = () =>
    JSON.stringify([backend.gitlab.projects.get(1), backend.gitlab.groups.get(10)])
  return { api, backend, state }
}

/** The result or error of a call, with its timers skipped. */
async function outcome(call: Promise<unknown>): Promise<unknown> {
  let end: unknown = 'pending'
  call.then(
    () => {
      end = 'well'
    },
    (error) => {
      end = error
    },
  )
  for (let second = 0; second < 130 && end === 'pending'; second += 1) {
    await vi.advanceTimersByTimeAsync(1000)
  }
  return end
}

describe.each(['rest', 'gitlab'] as const)('with api=%s', (served) => {
  const tried = Object.entries(operations).filter(([, operation]) => {
    return operation.served === undefined || operation.served === served
  })
  describe.each(tried)('%s', (_name, operation) => {
    const { run, writes, bodiless, scenario, takes } = operation

    test.each(effects)('%s', async (effect, kind, done) => {
      cells += 1
      const { api, backend, state } = await open(served, scenario)
      const before = state()
      sent = []
      await outcome(run(api))
      const undisturbed = sent
      const after = state()
      expect(after === before, 'an operation that writes nothing changes nothing').toBe(!writes)

      backend.reset()
      const methods = writes ? ['POST', 'PUT', 'PATCH', 'DELETE'] : ['*']
      backend.turn({ fault: methods.map((method) => `${method} / ${effect}`).join('; ') })
      sent = []
      const end = await outcome(run(api))

      const survives =
        takes === kind ||
        // The data came with the project, so that this operation sends no request.
        undisturbed.length === 0 ||
        (bodiless && (effect === 'truncated' || effect === 'empty')) ||
        effect.startsWith('delay')
      if (survives) expect(end).toBe('well')
      else {
        expect(end).toBeInstanceOf(ApiError)
        expect(end).toMatchObject({ kind })
      }
      expect(state()).toBe(done ? after : before)
      const count = (methods: string[]) => methods.filter((method) => method !== 'GET').length
      if (writes) expect(count(sent), 'writes sent').toBe(count(undisturbed))
      else expect(sent.length, 'reads sent').toBeLessThanOrEqual(2 * undisturbed.length)
    })
  })
})
