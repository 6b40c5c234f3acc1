// Both sides under test: the console's writes against the simulated GitLab, over sockets.

import { Agent, request as send } from 'node:http'
import { QueryClient } from '@tanstack/react-query'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { allowlistQuery } from '../src/api/allowlist.ts'
import { ApiError } from '../src/api/api-error.ts'
import { type CarefulWrite, createCarefulWrite } from '../src/api/careful-write.ts'
import { applyChanges } from '../src/api/entry-changes.ts'
import { createGitLabApi } from '../src/api/gitlab.ts'
import type { GitLabApi, Project } from '../src/api/gitlab-api.ts'
import { switching } from '../src/api/groups.ts'
import { createHttp } from '../src/api/http.ts'
import { pushSettingsQuery } from '../src/api/projects.ts'
import { saveMode } from '../src/api/save-mode.ts'
import { type PushChange, pushWrite } from '../src/api/save-push.ts'
import { scopeQuery } from '../src/api/scope.ts'
import type { Target } from '../src/domain/allowlist.ts'
import { entryIn } from '../src/domain/change.ts'
import type { PermissionConfiguration } from '../src/domain/permissions.ts'
import type { ScenarioName } from './scenarios/scenarios.ts'
import { type MockServer, startServer } from './server.ts'

/**
 * Every write of the console × every fault on the wire, over sockets: on a GitLab with the
 * permissions extension and on a stock one, on kept-alive connections, where the browser repeats a
 * request by itself, and on new ones, where it does not. Two properties hold: the reported outcome
 * is the state of GitLab, now and later; and no write is done twice that a read could have found
 * done.
 */

const { signal } = new AbortController()

const target = (kind: Target['kind'], id: number, fullPath: string): Target => ({
  kind,
  id,
  fullPath,
  name: fullPath,
  avatarUrl: null,
  webUrl: '',
})
const fine: PermissionConfiguration = { defaultPermissions: false, policies: ['READ_JOBS'] }
const inherited: PermissionConfiguration = { defaultPermissions: true, policies: [] }
const sdk = target('project', 3, 'partners/sdk')
const tools = target('group', 15, 'partners/tools')
const partners = target('group', 12, 'partners')
const storefront = target('project', 1, 'acme/storefront')

/** Another client of the same user. */
type Reader = { readonly api: GitLabApi }

/** One tab of the console with the panel open. */
type Tab = Reader & {
  readonly client: QueryClient
  readonly projectId: number
  readonly project: Project
  /** An entry as this tab has read it; undefined where it is not listed. */
  readonly seen: (target: Target) => Promise<PermissionConfiguration | undefined>
}

type Save = (tab: Tab, carefully: CarefulWrite) => Promise<unknown>

type Operation = {
  readonly name: string
  /** The request as a fault names it, and the GraphQL field in its place on a stock GitLab. */
  readonly request: string
  readonly field?: string
  readonly scenario?: ScenarioName
  readonly served?: 'rest'
  /** Saves as a press of the button does. */
  readonly save: Save
  /** Whether GitLab holds the wanted state, as read by another tab. */
  readonly holds: (reader: Reader) => Promise<boolean>
}

const entryOf = async ({ api }: Reader, { kind, id }: Target) => {
  const { entries } = await api.listEntries(1, signal, () => {})
  return entries.find(({ target }) => target.kind === kind && target.id === id)
}

const isFine = async (reader: Reader, target: Target): Promise<boolean> => {
  const permissions = (await entryOf(reader, target))?.permissions
  return permissions?.defaultPermissions === false && permissions.policies.join() === 'READ_JOBS'
}

/** Applies one change: rejects with an error, or is done, unless somebody else was faster. */
async function applyOne(
  tab: Tab,
  target: Target,
  after: PermissionConfiguration | undefined,
  before: PermissionConfiguration | undefined,
): Promise<'done' | 'stale'> {
  const [outcome] = await applyChanges(tab, [{ projectId: 1, target, before, after }])
  if (outcome && 'error' in outcome && outcome.error) throw outcome.error
  return outcome?.what === 'saved' ? 'done' : 'stale'
}

const change =
  (target: Target, after: PermissionConfiguration | undefined): Save =>
  async (tab) =>
    applyOne(tab, target, after, await tab.seen(target))

const add = (target: Target) => ({
  save: change(target, fine),
  holds: (reader: Reader) => isFine(reader, target),
})

const bothPushes: PushChange = {
  changes: { own: true, crossProject: true },
  seen: { own: false, crossProject: false },
}

const operations: readonly Operation[] = [
  {
    name: 'adding a project',
    request: 'POST /job_token_scope/allowlist',
    field: '/ciJobTokenScopeAddGroupOrProject',
    ...add(sdk),
  },
  {
    name: 'adding a group',
    request: 'POST /groups_allowlist',
    field: '/ciJobTokenScopeAddGroupOrProject',
    ...add(tools),
  },
  {
    name: 'changing an entry',
    request: 'PUT /groups_allowlist/12',
    field: '/ciJobTokenScopeUpdatePolicies',
    save: change(partners, fine),
    holds: (reader) => isFine(reader, partners),
  },
  {
    name: 'the first save of the own entry',
    request: 'PUT /allowlist/1',
    field: '/ciJobTokenScopeAddGroupOrProject',
    save: change(storefront, fine),
    holds: (reader) => isFine(reader, storefront),
  },
  {
    name: 'removing an entry',
    request: 'DELETE /groups_allowlist/12',
    save: change(partners, undefined),
    holds: async (reader) => (await entryOf(reader, partners)) === undefined,
  },
  {
    name: 'changing the mode',
    request: 'PATCH /job_token_scope',
    save: (tab, carefully) => saveMode(false, carefully, tab),
    holds: async ({ api }) => !(await api.jobTokenScope(1, signal)).inboundEnabled,
  },
  {
    name: 'changing the push settings',
    request: 'PUT /projects/1',
    field: '/projectCiCdSettingsUpdate',
    save: (tab, carefully) => carefully(pushWrite(tab, tab.project, bothPushes)),
    async holds({ api }) {
      const project = await api.project({ id: 1 }, signal)
      const { own, crossProject } = await api.pushSettings(project, signal)
      return own === true && crossProject === true
    },
  },
  {
    name: 'switching a group',
    request: 'PUT /groups/10',
    scenario: 'group-off',
    // Whether a stock GitLab has the switch in its API is not known.
    served: 'rest',
    save: (tab, carefully) => carefully(switching(tab, 10, true)),
    holds: async ({ api }) => (await api.fineGrainedAllowed(10, signal)) === true,
  },
]

const effects = [
  ...['403', '404', '429', '500', '504', 'abort', 'html'],
  ...['lost', 'truncated', 'empty', 'wrong-type', 'timeout', 'delay:40000'],
]

const kinds = ['rest', 'gitlab'] as const
const connections = ['kept alive', 'fresh'] as const

let server: MockServer
let worlds = 0
let cells = 0
let agent: Agent
/** The number of requests on their way, including one that a fault holds back. */
let outstanding = 0
/** Writes sent by the console, and requests repeated by the browser. */
let sent: string[]
let repeated: string[]

beforeAll(async () => {
  server = await startServer({ port: 0 })
})

beforeEach(() => {
  // Only these: sockets need real clocks.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  outstanding = 0
  sent = []
  repeated = []
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  agent.destroy()
})

afterAll(async () => {
  await server.close()
  // biome-ignore lint/suspicious/noConsole: The log of the tests says how many were tested.
  console.log(`Write matrix on the wire: ${cells} cells`)
})

/**
 * `fetch` as in Chromium: a request whose connection breaks before the first byte of the answer is
 * sent again if that connection had served another request before.
 */
async function browserFetch(request: Request): Promise<Response> {
  const body = Buffer.from(await request.arrayBuffer())
  const isQuery = /"query":"(\s|\\n)*query/.test(body.toString())
  const isWrite = request.method !== 'GET' && !isQuery
  if (isWrite) sent.push(request.method)
  outstanding += 1
  try {
    for (;;) {
      const answer = await overSocket(request, body)
      if (answer !== 'broken while reused') return answer
      if (isWrite) repeated.push(request.method)
    }
  } finally {
    outstanding -= 1
  }
}

function overSocket(request: Request, body: Buffer): Promise<Response | 'broken while reused'> {
  return new Promise((resolve, reject) => {
    const { method, url, signal } = request
    const outgoing = send(url, { method, headers: Object.fromEntries(request.headers), agent })
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', () => reject(new TypeError('Failed to fetch')))
      incoming.on('end', () => {
        const { statusCode: status = 0, headers } = incoming
        const text = Buffer.concat(chunks).toString()
        const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)])
        resolve(new Response(text || null, { status, headers: Object.fromEntries(pairs) }))
      })
    })
    outgoing.on('error', () => {
      if (outgoing.reusedSocket && !signal.aborted) resolve('broken while reused')
      else reject(new TypeError('Failed to fetch'))
    })
    signal.addEventListener('abort', () => {
      outgoing.destroy()
      reject(signal.reason)
    })
    outgoing.end(body)
  })
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

type World = {
  readonly openTab: () => Promise<Tab>
  readonly openReader: () => Reader
  readonly turn: (fault: string) => Promise<void>
  readonly writes: () => Promise<number>
  /** Whether the fault has caught its request. */
  readonly isHeld: () => Promise<boolean>
}

async function open(
  api: (typeof kinds)[number],
  connection: (typeof connections)[number],
  scenario: ScenarioName = 'gitlab-19-1',
): Promise<World> {
  agent = new Agent({ keepAlive: connection === 'kept alive' })
  vi.stubGlobal('fetch', browserFetch)
  worlds += 1
  const address = `${server.url}/w/cell-${worlds}`
  const control = async (changes?: object) => {
    const request = new Request(`${address}/-/mock`, {
      ...(changes && { method: 'PUT', body: JSON.stringify(changes) }),
    })
    const before = sent.length
    const answer = await overSocket(request, Buffer.from(await request.clone().arrayBuffer()))
    sent.length = before
    if (answer === 'broken while reused') throw new Error('The mock broke a connection unasked')
    return await answer.json()
  }
  await control({ scenario, api })
  let held = false
  const openReader = () => {
    const http = createHttp({ address, token: () => 'glpat-admin' })
    return { api: createGitLabApi(address, address, http) }
  }
  return {
    openReader,
    async openTab() {
      const { api } = openReader()
      const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
      const project = await settled(api.project({ id: 1 }, signal))
      const tab = { api, client, projectId: 1, project }
      const list = await settled(client.fetchQuery(allowlistQuery(api, 1)))
      await settled(client.fetchQuery(scopeQuery(api, 1)))
      await settled(client.fetchQuery(pushSettingsQuery(api, project)))
      return {
        ...tab,
        seen: async (target) => entryIn(list.entries, { projectId: 1, target }),
      }
    },
    turn: (fault) => control({ fault }),
    writes: async () => (await control()).journal.length,
    async isHeld() {
      held ||= (await control()).faults.some(({ left }: { left: number }) => left === 0)
      return held
    },
  }
}

/**
 * Waits for a call, and lets time pass only while no request is on its way: a slow machine must not
 * run a cell into a time-out.
 * @param isHeld whether a fault holds a request back, for which waiting would never end
 */
async function settled<Result>(
  call: Promise<Result>,
  isHeld: () => Promise<boolean> = async () => false,
): Promise<Result> {
  let over = false
  const done = () => {
    over = true
  }
  call.then(done, done)
  for (let quiet = 0; !over; quiet += 1) {
    await nextTurn()
    if (outstanding > 1 || (outstanding === 1 && !(await isHeld()))) quiet = 0
    if (quiet < 5) continue
    await vi.advanceTimersByTimeAsync(1000)
    quiet = 0
  }
  return await call
}

type Outcome = 'done' | 'failed' | 'open'

async function press(
  save: Save,
  tab: Tab,
  carefully: CarefulWrite,
  isHeld?: () => Promise<boolean>,
): Promise<Outcome> {
  try {
    const written = await settled(save(tab, carefully), isHeld)
    expect(written, 'nobody else has changed it').not.toBe('stale')
    return 'done'
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return error.mayFollow || error.outcomeUnknown ? 'open' : 'failed'
  }
}

describe.each(kinds)('with api=%s', (served) => {
  const tried = operations.filter((operation) => (operation.served ?? served) === served)
  describe.each(connections)('over connections that are %s', (connection) => {
    describe.each(tried)('$name', ({ request, field, scenario, save, holds }) => {
      test.each(effects)('%s', async (effect) => {
        cells += 1
        const world = await open(served, connection, scenario)
        const tab = await world.openTab()
        const reader = world.openReader()
        const isTrue = () => settled(holds(reader))
        expect(await isTrue(), 'not so before').toBe(false)
        const held = /timeout|delay/.test(effect) ? world.isHeld : undefined
        const fields = field && served === 'gitlab' ? [`POST ${field} ${effect} 1`] : []
        await world.turn([`${request} ${effect} 1`, ...fields].join('; '))
        sent = []

        const carefully = createCarefulWrite()
        const outcome = await press(save, tab, carefully, held)
        const now = await isTrue()
        if (outcome === 'done') expect(now, 'reported as done').toBe(true)
        if (outcome === 'failed') expect(now, 'reported as failed').toBe(false)
        if (effect === 'lost') expect(outcome).toBe('done')

        await vi.advanceTimersByTimeAsync(60_000)
        // No answer reports what happens from now on, so that the console must have announced it.
        for (let turn = 0; turn < 20; turn += 1) await nextTurn()
        const later = await isTrue()
        if (outcome !== 'open') expect(later, 'nothing follows unannounced').toBe(now)

        if (outcome !== 'done') {
          const before = sent.length
          expect(await press(save, tab, carefully), 'another try').toBe('done')
          expect(await isTrue()).toBe(true)
          if (later) expect(sent.length, 'sent once more, though it was done').toBe(before)
        }
        // A stock GitLab repeats a write that the browser repeats; nothing else is done twice.
        const accepted = await world.writes()
        if (served === 'rest') expect(accepted, 'done once').toBe(1)
        else
          expect(accepted, 'done once, but for the browser').toBeLessThanOrEqual(
            1 + repeated.length,
          )
        const breaks = effect === 'lost' || effect === 'abort'
        expect(repeated.length).toBe(breaks && connection === 'kept alive' ? 1 : 0)
      })
    })
  })

  test.each(tried)(
    '$name: tried again before GitLab has done it, it is done once where the server knows names',
    async ({ request, field, scenario, save, holds }) => {
      cells += 1
      const world = await open(served, 'kept alive', scenario)
      const tab = await world.openTab()
      const reader = world.openReader()
      const late = 'delay:40000 1'
      const fields = field && served === 'gitlab' ? [`POST ${field} ${late}`] : []
      await world.turn([`${request} ${late}`, ...fields].join('; '))
      const carefully = createCarefulWrite()
      expect(await press(save, tab, carefully, world.isHeld)).toBe('open')
      expect(await press(save, tab, carefully)).toBe('done')
      await vi.advanceTimersByTimeAsync(60_000)
      for (let turn = 0; turn < 20; turn += 1) await nextTurn()
      expect(await settled(holds(reader))).toBe(true)
      const accepted = await world.writes()
      if (served === 'rest') expect(accepted).toBe(1)
      else expect(accepted).toBeLessThanOrEqual(2)
    },
  )

  describe('in two tabs', () => {
    test('a mode that the other tab has set already is not set again', async () => {
      cells += 1
      const world = await open(served, 'kept alive')
      const [a, b] = [await world.openTab(), await world.openTab()]
      await settled(saveMode(false, createCarefulWrite(), a))
      sent = []
      expect(await settled(saveMode(false, createCarefulWrite(), b))).toEqual({ held: true })
      expect(sent).toEqual([])
    })

    test('pushes that one has switched off are not switched on by the other', async () => {
      cells += 1
      const world = await open(served, 'kept alive')
      const a = await world.openTab()
      const off = { own: false, crossProject: false }
      const own = { own: true, crossProject: false }
      const save = (tab: Tab, change: PushChange) =>
        settled(createCarefulWrite()(pushWrite(tab, tab.project, change)))
      const now = async () => {
        const project = await settled(a.api.project({ id: 1 }, signal))
        return await settled(a.api.pushSettings(project, signal))
      }
      expect(await save(a, { seen: off, changes: { own: true, crossProject: undefined } })).toBe(
        'done',
      )
      const b = await world.openTab()
      await save(a, { seen: own, changes: { own: false, crossProject: undefined } })
      const changes = { own: undefined, crossProject: true }
      expect(await save(b, { seen: own, changes })).toBe('stale')
      expect(await now()).toEqual(off)
      // A tab that continues sends only that one setting.
      expect(await save(b, { seen: off, changes })).toBe('done')
      expect(await now()).toEqual({ own: false, crossProject: true })
    })

    test('an entry that one has added is not taken for that of the other, unless it is the same', async () => {
      cells += 1
      const world = await open(served, 'kept alive')
      const [a, b] = [await world.openTab(), await world.openTab()]
      const save = (tab: Tab, permissions: PermissionConfiguration) =>
        settled(applyOne(tab, sdk, permissions, undefined))
      expect(await save(a, inherited)).toBe('done')
      expect(await save(b, fine)).toBe('stale')
      expect(await save(b, inherited)).toBe('done')
      expect((await settled(entryOf(b, sdk)))?.permissions).toEqual(inherited)
    })

    test('an entry that one has narrowed is not widened by the other', async () => {
      cells += 1
      const world = await open(served, 'kept alive')
      const [a, b] = [await world.openTab(), await world.openTab()]
      const none = { defaultPermissions: false, policies: [] }
      const seen = await b.seen(partners)
      const save = (tab: Tab, permissions: PermissionConfiguration) =>
        settled(applyOne(tab, partners, permissions, seen))
      expect(await save(a, none)).toBe('done')
      expect(await save(b, fine)).toBe('stale')
      expect((await settled(entryOf(b, partners)))?.permissions).toEqual(none)
    })
  })
})

test('only a GitLab with the permissions extension is told the name of a write', async () => {
  const names: Record<string, (string | null)[]> = {}
  for (const kind of kinds) {
    const world = await open(kind, 'fresh')
    const tab = await world.openTab()
    const seen: (string | null)[] = []
    names[kind] = seen
    vi.stubGlobal('fetch', (request: Request) => {
      if (request.method !== 'GET') seen.push(request.headers.get('idempotency-key'))
      return browserFetch(request)
    })
    await settled(saveMode(false, createCarefulWrite(), tab))
    await settled(change(partners, undefined)(tab, createCarefulWrite()))
  }
  const uuid = expect.stringMatching(/^[\da-f-]{36}$/)
  expect(names.rest).toEqual([uuid, uuid])
  expect(new Set(names.rest).size).toBe(2)
  // The GraphQL queries are among them.
  expect(names.gitlab?.length).toBeGreaterThanOrEqual(2)
  expect(new Set(names.gitlab)).toEqual(new Set([null]))
})
