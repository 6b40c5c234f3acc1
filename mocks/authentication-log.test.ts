// Both sides under test: how the API layer reads the simulated GitLab's authentication log.

import { getResponse } from 'msw'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createGitLabApi } from '../src/api/gitlab.ts'
import type { AuthorizationLog, GitLabApi } from '../src/api/gitlab-api.ts'
import { createHttp } from '../src/api/http.ts'
import type { DialChanges } from './dials.ts'
import { openBackend, webRoot } from './test-client.ts'

const { signal } = new AbortController()

let parts: AuthorizationLog[]

beforeEach(() => {
  parts = []
})
afterEach(() => vi.unstubAllGlobals())

type Instead = (request: Request) => Promise<Response | undefined> | undefined

/** The console's API as the Maintainer. `instead` may answer before the simulated GitLab does. */
function open(dials: DialChanges, instead: Instead = () => undefined): GitLabApi {
  const { handlers } = openBackend(dials)
  vi.stubGlobal('fetch', async (request: Request) => {
    const response = (await instead(request.clone())) ?? (await getResponse(handlers, request))
    request.signal.throwIfAborted()
    if (!response) throw new Error(`Nobody answers ${request.url}`)
    return response
  })
  return createGitLabApi(
    'test',
    webRoot,
    createHttp({ address: webRoot, token: () => 'glpat-maintainer' }),
  )
}

const read = (api: GitLabApi) =>
  api.listAuthorizations(1, signal, (part) => {
    parts.push(part)
  })

const pathsOf = ({ authorizations }: AuthorizationLog) =>
  authorizations.map(({ origin }) => origin.fullPath)

/** The first row of `part` that differs from `whole` at the same place; -1 for a prefix of it. */
const strays = (part: AuthorizationLog, whole: AuthorizationLog) =>
  pathsOf(part).findIndex((path, index) => path !== pathsOf(whole)[index])

describe.each(['rest', 'gitlab'] as const)('with api=%s', (served) => {
  test('a log whose pages do not end was read in part', async () => {
    const fault = 'GET /authorizations endless; POST /ciJobTokenAuthLogs endless'
    const log = await read(open({ api: served, fault }))
    expect(log).toMatchObject({ extent: 'partly', failure: { reason: 'list-cut' } })
    expect(pathsOf(log)).toHaveLength(3)
  })

  test('the log is read, the newest use first', async () => {
    const log = await read(open({ api: served }))
    expect(log).toMatchObject({ extent: 'whole', total: 3 })
    expect(log.authorizations[0]).toEqual({
      origin: {
        id: 2,
        name: 'deploy-tools',
        fullPath: 'acme/platform/deploy-tools',
        avatarUrl: null,
        webUrl: 'https://gitlab.example.com/acme/platform/deploy-tools',
      },
      lastAuthorizedAt: '2026-01-14T17:42:00.000Z',
      // GraphQL does not return the used policies.
      usedPolicies: served === 'rest' ? ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'] : undefined,
    })
    expect(pathsOf(log)).toEqual([
      'acme/platform/deploy-tools',
      'partners/tools/cli',
      'partners/sdk',
    ])
    expect(parts, 'one page is whole at once').toEqual([])
  })

  test('a log of many pages is shown from its first on, in order', async () => {
    const log = await read(open({ scenario: 'log-1000', api: served }))
    expect(log).toMatchObject({ extent: 'whole', total: 1000 })
    expect(new Set(pathsOf(log)).size).toBe(1000)
    const times = log.authorizations.map(({ lastAuthorizedAt }) => lastAuthorizedAt)
    expect(times).toEqual(times.toSorted().reverse())
    expect(parts[0]).toMatchObject({ extent: 'arriving', total: 1000 })
    expect(parts[0]?.authorizations).toHaveLength(100)
    for (const part of parts) expect(strays(part, log)).toBe(-1)
  })

  test('an empty log is whole', async () => {
    expect(await read(open({ scenario: 'log-empty', api: served }))).toEqual({
      authorizations: [],
      total: 0,
      extent: 'whole',
    })
  })

  test('a hidden project is named, without an address', async () => {
    const log = await read(open({ scenario: 'default', api: served }))
    expect(log.authorizations.map(({ origin }) => origin)).toContainEqual({
      id: 111,
      name: 'Contracts vault',
      fullPath: 'legal/contracts-vault',
      avatarUrl: null,
      webUrl: null,
    })
  })

  test('a server without a log says so', async () => {
    expect(await read(open({ scenario: 'gitlab-17-5', api: served }))).toMatchObject({
      extent: 'not-offered',
    })
  })

  test('a log that is not there to be read is no log that is not offered', async () => {
    const fault = 'GET /authorizations 404; POST /ciJobTokenAuthLogs 404'
    await expect(read(open({ api: served, fault }))).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('with the permissions extension', () => {
  const page = (request: Request) => Number(new URL(request.url).searchParams.get('page'))
  const isLog = ({ url }: Request) => url.includes('/authorizations')

  test('pages that come in another order are shown in theirs', async () => {
    const later = (request: Request) =>
      isLog(request) && page(request) === 2
        ? new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 50))
        : undefined
    const log = await read(open({ scenario: 'log-1000' }, later))
    expect(log.extent).toBe('whole')
    // Nine of the ten pages are held back until the second page has arrived.
    expect(parts.at(-1)?.authorizations).toHaveLength(100)
    expect(strays(log, { ...log, authorizations: log.authorizations.toSorted(byUse) })).toBe(-1)
  })

  test('a page that fails leaves what has arrived, and nothing arrives after it', async () => {
    const api = open({ scenario: 'log-1000', fault: 'GET /authorizations?per_page=100&page=3 500' })
    const log = await read(api)
    expect(log).toMatchObject({ extent: 'partly', failure: { kind: 'unavailable' }, total: 1000 })
    expect(log.authorizations.length).toBeGreaterThanOrEqual(200)
    const told = parts.length
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(parts).toHaveLength(told)
  })

  test('where nothing has arrived the call fails', async () => {
    const api = open({ scenario: 'log-1000', fault: 'GET /authorizations 500' })
    await expect(read(api)).rejects.toMatchObject({ kind: 'unavailable' })
  })

  test('a project that is not named is a row', async () => {
    const log = await read(open({ scenario: 'hostile' }))
    expect(log.extent).toBe('whole')
    expect(log.authorizations.at(-1)).toEqual({
      origin: {
        id: undefined,
        fullPath: undefined,
        name: undefined,
        avatarUrl: null,
        webUrl: null,
      },
      lastAuthorizedAt: '2026-01-10T10:00:00.000Z',
      usedPolicies: ['READ_JOBS'],
    })
  })

  test('what a server tells of a project may be any part of it', async () => {
    const rows = [{ origin_project: { id: 7 }, last_authorized_at: '2026-01-10T10:00:00Z' }]
    const api = open({}, (request) =>
      isLog(request) ? Promise.resolve(Response.json(rows)) : undefined,
    )
    expect((await read(api)).authorizations).toMatchObject([
      { origin: { id: 7, fullPath: undefined }, usedPolicies: undefined },
    ])
  })
})

const byUse = (a: { lastAuthorizedAt: string }, b: { lastAuthorizedAt: string }) =>
  b.lastAuthorizedAt.localeCompare(a.lastAuthorizedAt)

describe('on a stock GitLab', () => {
  const failed = [{ message: 'Internal server error' }]
  const row = (id: number) => ({
    lastAuthorizedAt: `2026-01-0${id}T10:00:00Z`,
    originProject: {
      id: `gid://gitlab/Project/${id}`,
      name: 'x',
      fullPath: `a/x${id}`,
      avatarUrl: null,
      webUrl: null,
    },
  })
  const log = (
    nodes: unknown,
    endCursor: string | null = null,
    hasNextPage = endCursor !== null,
  ) => ({
    project: { ciJobTokenAuthLogs: { count: 9, pageInfo: { hasNextPage, endCursor }, nodes } },
  })

  /** An API whose requests about the log are answered with these bodies, one after the other. */
  function answering(...bodies: readonly object[]): GitLabApi {
    const left = [...bodies]
    return open({ api: 'gitlab' }, async (request) =>
      request.url.endsWith('/api/graphql') && (await request.text()).includes('AuthLogs')
        ? Response.json(left.shift())
        : undefined,
    )
  }

  test('a deleted project leaves the other rows, and the log is no whole one', async () => {
    const read1 = await read(open({ scenario: 'hostile', api: 'gitlab' }))
    expect(read1).toMatchObject({ extent: 'partly', failure: { kind: 'invalid' }, total: 5 })
    expect(read1.authorizations).toHaveLength(4)
  })

  test('a project that is null is a row', async () => {
    const read1 = await read(answering({ data: log([row(2), { ...row(1), originProject: null }]) }))
    expect(read1).toMatchObject({ extent: 'whole' })
    expect(read1.authorizations[1]).toMatchObject({
      origin: { id: undefined, fullPath: undefined },
      lastAuthorizedAt: '2026-01-01T10:00:00Z',
    })
  })

  test.each([
    ['rows and errors', { data: log([row(1)]), errors: failed }, 1, 'invalid'],
    ['no rows and errors', { data: log([]), errors: failed }, 0, 'invalid'],
    ['only null rows and errors', { data: log([null, null]), errors: failed }, 0, 'invalid'],
    ['null for its rows and errors', { data: log(null), errors: failed }, 0, 'invalid'],
    ['a null row without a word', { data: log([row(1), null]) }, 1, 'malformed'],
    ['null for its rows without a word', { data: log(null) }, 0, 'malformed'],
    ['a next page without a way to it', { data: log([row(1)], null, true) }, 1, 'malformed'],
  ])('an answer with %s is a part of the log', async (_what, body, rows, kind) => {
    const read1 = await read(answering(body))
    expect(read1).toMatchObject({ extent: 'partly', failure: { kind } })
    expect(read1.authorizations).toHaveLength(rows)
  })

  test.each([
    ['errors and no data', { errors: failed }, 'invalid'],
    [
      'errors and null',
      { data: { project: { ciJobTokenAuthLogs: null } }, errors: failed },
      'invalid',
    ],
    ['null', { data: { project: { ciJobTokenAuthLogs: null } } }, 'forbidden'],
    ['no project', { data: { project: null } }, 'forbidden'],
  ])('an answer with %s is a failure', async (_what, body, kind) => {
    await expect(read(answering(body))).rejects.toMatchObject({ kind })
  })

  test.each([
    ['fails', { errors: failed }, 'invalid'],
    ['is null', { data: { project: { ciJobTokenAuthLogs: null } } }, 'forbidden'],
    ['leads back to itself', { data: log([], 'a') }, 'malformed'],
  ])('a second page that %s leaves the first', async (_what, second, kind) => {
    const read1 = await read(answering({ data: log([row(2), row(1)], 'a') }, second))
    expect(read1).toMatchObject({ extent: 'partly', failure: { kind } })
    expect(pathsOf(read1)).toEqual(['a/x2', 'a/x1'])
  })

  test('an error of the first page is not forgotten over a whole second', async () => {
    const read1 = await read(
      answering({ data: log([row(3)], 'a'), errors: failed }, { data: log([row(1)]) }),
    )
    expect(read1).toMatchObject({ extent: 'partly', failure: { kind: 'invalid' } })
    expect(pathsOf(read1)).toEqual(['a/x3', 'a/x1'])
  })

  test('a row that has moved to a later page stands once', async () => {
    const read1 = await read(
      answering({ data: log([row(3), row(2)], 'a') }, { data: log([row(2), row(1)]) }),
    )
    expect(pathsOf(read1)).toEqual(['a/x3', 'a/x2', 'a/x1'])
  })
})

test('a read that is called off ends so, whatever has arrived', async () => {
  const controller = new AbortController()
  const api = open({ scenario: 'log-1000' })
  const call = api.listAuthorizations(1, controller.signal, () => controller.abort())
  await expect(call).rejects.toMatchObject({ name: 'AbortError' })
})
