import { afterEach, describe, expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { listAuthorizations, listEntries } from './graphql/job-token-scope.ts'
import { createHttp } from './http.ts'
import type { Cut } from './paging.ts'

const { signal } = new AbortController()
const http = createHttp({ address: 'https://gitlab.example.com', token: () => 'glpat-secret' })

afterEach(() => vi.unstubAllGlobals())

const outcome = (call: Promise<unknown>) => call.catch((error) => error)

describe('a list by REST', () => {
  type Sent = { readonly from: number; readonly rows?: number; readonly headers: object }

  /** What the server sends for each page; the largest number of pages that it was asked for. */
  function serve(send: (page: number) => Sent): { readonly pages: number[] } {
    const pages: number[] = []
    vi.stubGlobal('fetch', async ({ url }: Request) => {
      const page = Number(new URL(url).searchParams.get('page'))
      pages.push(page)
      const { from, rows = 100, headers } = send(page)
      const items = Array.from({ length: rows }, (_, index) => ({ id: from + index }))
      return Response.json(items, { headers: { ...headers } })
    })
    return { pages }
  }

  async function read() {
    const cuts: Cut[] = []
    let told = 0
    const items = await http.getAll('things', z.object({ id: z.number() }), {
      onPage: (page) => {
        told += page.length
      },
      onCut: (cut) => cuts.push(cut),
    })
    expect(told).toBe(items.length)
    expect(new Set(items.map(({ id }) => id)).size, 'no item twice').toBe(items.length)
    return { count: items.length, cuts }
  }

  const nextOf = (page: number) => ({ 'x-next-page': String(page + 1) })

  test.each<readonly [string, (page: number) => Sent, number, Cut, number]>([
    [
      'always one more, all of them different',
      (page) => ({ from: page * 100, headers: nextOf(page) }),
      20_000,
      'too-long',
      200,
    ],
    [
      'always one more, of one item each',
      (page) => ({ from: page, rows: 1, headers: nextOf(page) }),
      200,
      'too-long',
      200,
    ],
    ['the same page again', (page) => ({ from: 0, headers: nextOf(page) }), 100, 'repeated', 2],
    [
      'two pages in turn',
      (page) => ({ from: (page % 2) * 100, headers: nextOf(page) }),
      200,
      'repeated',
      3,
    ],
    [
      'nothing more, and always one more page of it',
      (page) => ({ from: 0, rows: page === 1 ? 3 : 0, headers: nextOf(page) }),
      3,
      'repeated',
      3,
    ],
    [
      'a next page that is the same one',
      (page) => ({ from: page * 100, headers: { 'x-next-page': '1' } }),
      100,
      'repeated',
      1,
    ],
    [
      'a next page that came before',
      (page) => ({
        from: page * 100,
        headers: { 'x-next-page': page === 3 ? '2' : String(page + 1) },
      }),
      300,
      'repeated',
      3,
    ],
    [
      'more in one page than was asked for, without end',
      (page) => ({ from: page * 8_000, rows: 8_000, headers: nextOf(page) }),
      24_000,
      'too-long',
      3,
    ],
    [
      'a thousand million pages, all of them different',
      (page) => ({ from: page * 100, headers: { 'x-total-pages': '1000000000' } }),
      20_000,
      'too-long',
      200,
    ],
    [
      'a thousand million pages, all of them the same',
      () => ({ from: 0, headers: { 'x-total-pages': '1000000000' } }),
      100,
      'repeated',
      6,
    ],
    [
      'a thousand million pages, all of them empty',
      () => ({ from: 0, rows: 0, headers: { 'x-total-pages': '1000000000' } }),
      0,
      'repeated',
      6,
    ],
    [
      'three pages, and the first for each',
      () => ({ from: 0, headers: { 'x-total-pages': '3' } }),
      100,
      'repeated',
      3,
    ],
  ])('%s: it is read up to a limit, and said to be cut', async (_what, send, count, cut, asked) => {
    const { pages } = serve(send)
    expect(await read()).toEqual({ count, cuts: [cut] })
    expect(pages.length).toBeLessThanOrEqual(asked + 1)
  })

  test.each<readonly [string, (page: number) => Sent, number]>([
    [
      'of 10,001 items',
      (page) => ({
        from: page * 100,
        rows: page === 101 ? 1 : 100,
        headers: { 'x-next-page': page === 101 ? '' : String(page + 1) },
      }),
      10_001,
    ],
    [
      'of as many as are read',
      (page) => ({ from: page * 100, headers: { 'x-total-pages': '200' } }),
      20_000,
    ],
    [
      'that grew shorter meanwhile',
      (page) => ({ from: page * 100, rows: page < 3 ? 100 : 0, headers: { 'x-total-pages': '3' } }),
      200,
    ],
  ])('%s is whole', async (_what, send, count) => {
    serve(send)
    expect(await read()).toEqual({ count, cuts: [] })
  })

  test.each<readonly [string, (page: number) => Sent, string]>([
    ['the same page', (page) => ({ from: 0, headers: nextOf(page) }), 'another page after each'],
    [
      'more and more',
      (page) => ({ from: page * 100, headers: nextOf(page) }),
      'at most 20000 items',
    ],
  ])('%s: who does not ask for parts gets an error', async (_what, send, what) => {
    serve(send)
    expect(await outcome(http.getAll('things', z.object({ id: z.number() })))).toMatchObject({
      kind: 'malformed',
      reason: 'list-cut',
      expected: `GET /api/v4/things: ${what}`,
    })
  })

  test('a page of more items than are read of a list is refused', async () => {
    serve(() => ({ from: 0, rows: 20_001, headers: {} }))
    expect(await outcome(http.getAll('things', z.object({ id: z.number() })))).toMatchObject({
      kind: 'malformed',
      reason: 'too-large',
      expected: 'GET /api/v4/things: at most 20000 items',
    })
  })
})

describe('a list by GraphQL', () => {
  type Page = {
    readonly from: number
    readonly rows?: number
    readonly next: boolean
    readonly cursor: string | null
  }

  /** What the server sends after each cursor; groups there are none. */
  function serve(send: (after: string | null) => Page): { asked: number } {
    const seen = { asked: 0 }
    vi.stubGlobal('fetch', async (request: Request) => {
      const { query, variables } = await request.json()
      const isLog = query.includes('ciJobTokenAuthLogs')
      const none: Page = { from: 0, rows: 0, next: false, cursor: null }
      const isRead = isLog || query.includes('projectsAllowlist')
      if (isRead) seen.asked += 1
      const { from, rows = 100, next, cursor } = isRead ? send(variables.after) : none
      const target = (id: number) => ({
        __typename: 'CiJobTokenAccessibleProject',
        id: `gid://gitlab/Project/${id}`,
        name: 'x',
        fullPath: `acme/x${id}`,
        avatarUrl: null,
        webUrl: null,
      })
      const nodes = Array.from({ length: rows }, (_, index) =>
        isLog
          ? { lastAuthorizedAt: '2026-01-01', originProject: target(from + index) }
          : {
              target: target(from + index),
              defaultPermissions: true,
              jobTokenPolicies: [],
              addedBy: null,
              createdAt: '2026-01-01',
            },
      )
      const entries = { count: rows, pageInfo: { hasNextPage: next, endCursor: cursor }, nodes }
      const project = isLog
        ? { ciJobTokenAuthLogs: entries }
        : { ciJobTokenScopeAllowlist: { entries } }
      return Response.json({ data: { project } })
    })
    return seen
  }

  const at = (after: string | null) => Number(after ?? 0)

  const endless: readonly (readonly [
    string,
    (after: string | null) => Page,
    number,
    Cut,
    number,
  ])[] = [
    [
      'always one more',
      (after) => ({ from: at(after), next: true, cursor: String(at(after) + 100) }),
      20_000,
      'too-long',
      200,
    ],
    ['the same cursor', () => ({ from: 0, next: true, cursor: 'x' }), 100, 'repeated', 2],
    ['no cursor', () => ({ from: 0, next: true, cursor: null }), 100, 'repeated', 1],
    [
      'other cursors for the same page',
      (after) => ({ from: 0, next: true, cursor: String(at(after) + 1) }),
      100,
      'repeated',
      2,
    ],
    [
      'other cursors for empty pages',
      (after) => ({ from: 0, rows: 0, next: true, cursor: String(at(after) + 1) }),
      0,
      'repeated',
      2,
    ],
    [
      'a cursor that came before',
      (after) => ({ from: at(after) * 100, next: true, cursor: String((at(after) + 1) % 3) }),
      300,
      'repeated',
      4,
    ],
  ]

  test.each(endless)('%s: it is read up to a limit, and said to be cut', async (...of) => {
    const [, send, count, cut, asked] = of
    const seen = serve(send)
    const list = await listEntries(http, 'acme/storefront', signal)
    expect(list.entries).toHaveLength(count)
    expect(list).toMatchObject({ total: undefined, loaded: count, cut })
    expect(seen.asked).toBe(asked)
  })

  test.each(endless)('%s: a log of that kind was read in part', async (...of) => {
    const [, send, count, , asked] = of
    const seen = serve(send)
    const log = await listAuthorizations(http, 'acme/storefront', signal, () => {})
    expect(log.authorizations).toHaveLength(count)
    expect(log).toMatchObject({ extent: 'partly', failure: { reason: 'list-cut' } })
    expect(seen.asked).toBe(asked)
  })

  test('pages of a log of which nothing could be read are not taken for one page', async () => {
    const nodes = [{ lastAuthorizedAt: '2026-01-01', originProject: null }]
    const unread = (endCursor: string) => ({ nodes: null, pageInfo: pageInfo(endCursor) })
    const pageInfo = (endCursor: string | null) => ({ hasNextPage: endCursor !== null, endCursor })
    const pages = [unread('1'), unread('2'), { nodes, pageInfo: pageInfo(null) }]
    vi.stubGlobal('fetch', async (request: Request) => {
      const { variables } = await request.json()
      const page = { count: 201, ...pages[at(variables.after)] }
      return Response.json({ data: { project: { ciJobTokenAuthLogs: page } } })
    })
    const log = await listAuthorizations(http, 'acme/storefront', signal, () => {})
    expect(log.authorizations).toHaveLength(1)
    expect(log).toMatchObject({ extent: 'partly', failure: { kind: 'malformed' } })
  })

  test('one that ends is whole', async () => {
    serve((after) => ({
      from: at(after),
      rows: at(after) === 10_000 ? 1 : 100,
      next: at(after) < 10_000,
      cursor: String(at(after) + 100),
    }))
    const list = await listEntries(http, 'acme/storefront', signal)
    expect(list).toMatchObject({ total: 10_001, loaded: 10_001, cut: undefined })
  })

  test('a page of more entries than are read of a list is refused', async () => {
    serve(() => ({ from: 0, rows: 20_001, next: false, cursor: null }))
    expect(await outcome(listEntries(http, 'acme/storefront', signal))).toMatchObject({
      kind: 'malformed',
      reason: 'too-large',
      expected:
        'POST /api/graphql: at most 20000 items at data.project.ciJobTokenScopeAllowlist.entries.nodes',
    })
  })
})
