import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import type { ApiError } from './api-error.ts'
import { createHttp, type Http } from './http.ts'

const address = 'https://gitlab.example.com/root'
const thing = z.object({ id: z.number(), owner: z.object({ name: z.string() }) })
const ada = { id: 1, owner: { name: 'Ada' } }

/** What the network does with one request. */
type Step = (request: Request) => Response | Promise<Response>

let requests: Request[]
let bodies: string[]
/** Answers to come, in order; the last one stays. */
let steps: Step[]

beforeEach(() => {
  vi.useFakeTimers()
  requests = []
  bodies = []
  steps = []
  vi.stubGlobal('fetch', async (request: Request) => {
    request.signal.throwIfAborted()
    requests.push(request)
    if (request.body) bodies.push(await request.text())
    const step = steps.length > 1 ? steps.shift() : steps[0]
    if (!step) throw new Error(`Nobody answers ${request.url}`)
    return step(request)
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const json =
  (body: unknown, headers: Record<string, string> = {}, status = 200): Step =>
  () =>
    Response.json(body, { status, headers })
const text =
  (body: string | null, status = 200): Step =>
  () =>
    new Response(body, { status })
const refuse = (status: number, headers: Record<string, string> = {}): Step =>
  json({ message: `${status} No` }, headers, status)
const broken: Step = () => Promise.reject(new TypeError('Failed to fetch'))
const silence: Step = ({ signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
/** Begins to answer and never comes to the end. */
const endless =
  (status = 200): Step =>
  ({ signal }) =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('{"message":'))
          signal.addEventListener('abort', () => controller.error(signal.reason))
        },
      }),
      { status },
    )
/** Begins to answer and breaks off. */
const halved: Step = () =>
  new Response(
    new ReadableStream({ start: (controller) => controller.error(new TypeError('terminated')) }),
  )
const after =
  (milliseconds: number, step: Step): Step =>
  async (request) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    return step(request)
  }

const open = (options: Partial<Parameters<typeof createHttp>[0]> = {}): Http =>
  createHttp({ address, token: () => 'glpat-secret', ...options })

/** How a call ends, once all that it waits for has passed. */
async function outcome<Result>(call: Promise<Result>): Promise<Result | ApiError> {
  const settled = call.catch((error) => error)
  await vi.runAllTimersAsync()
  return settled
}

/** Follows a call that is under way. */
function watch(call: Promise<unknown>) {
  const seen: { end?: unknown } = {}
  call.then(
    (result) => {
      seen.end = result
    },
    (error) => {
      seen.end = error
    },
  )
  return seen
}

const asked = () => requests.map(({ url }) => new URL(url).search)

const get = (http = open(), signal?: AbortSignal) => http.get('things/1', thing, { signal })
const verbs = ['post', 'put', 'patch', 'delete'] as const

describe('a request', () => {
  test('goes below the address, with the token and without cookies', async () => {
    steps = [json(ada)]
    expect(await get()).toEqual(ada)
    const [request] = requests
    expect(request?.url).toBe(`${address}/api/v4/things/1`)
    expect(request?.method).toBe('GET')
    expect(request?.credentials).toBe('omit')
    expect(request?.headers.get('authorization')).toBe('Bearer glpat-secret')
  })

  test('never has the token in its address', async () => {
    steps = [json([])]
    await open().getAll('things', thing, { params: { search: 'x' } })
    expect(requests.map(({ url }) => url).join()).not.toContain('glpat')
  })

  test('asks for the token each time, so that a renewed one serves', async () => {
    let token = 'old'
    const http = open({ token: () => token })
    steps = [json(ada)]
    await get(http)
    token = 'new'
    await get(http)
    expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual([
      'Bearer old',
      'Bearer new',
    ])
  })

  test('leaves out parameters that are undefined', async () => {
    steps = [json(ada)]
    await open().get('things/1', thing, { params: { search: undefined, page: 2, simple: true } })
    expect(asked()).toEqual(['?page=2&simple=true'])
  })

  test.each(verbs)('%s sends its body as JSON', async (method) => {
    steps = [text('{"id":1}')]
    await open().send(method, 'things/1', { enabled: true }, z.object({ id: z.number() }))
    expect(requests[0]?.method).toBe(method.toUpperCase())
    expect(requests[0]?.headers.get('content-type')).toBe('application/json')
    expect(bodies).toEqual(['{"enabled":true}'])
  })

  test.each([
    ['a page of a proxy', '<p>Saved</p>', 'JSON'],
    ['half an answer', '{"id"', 'JSON'],
    ['nothing', '', 'a JSON body'],
    ['something else', '[]', 'object'],
  ])('a write that is answered by %s does not count as done', async (_rule, answer, expected) => {
    steps = [text(answer)]
    const write = open().send('put', 'things/1', {}, z.object({ id: z.number() }))
    await expect(write).rejects.toMatchObject({
      kind: 'malformed',
      expected: `PUT /api/v4/things/1: ${expected}`,
    })
  })

  test('nor does one that should be answered by nothing, and is', async () => {
    steps = [text('<p>Removed</p>')]
    await expect(open().send('delete', 'things/1')).rejects.toMatchObject({
      kind: 'malformed',
      expected: 'DELETE /api/v4/things/1: no body',
    })
  })

  test('that writes may go without a body and be answered by 204', async () => {
    steps = [text(null, 204)]
    await open().send('delete', 'things/1')
    expect(requests[0]?.headers.get('content-type')).toBeNull()
    expect(bodies).toEqual([])
  })
})

describe('after 30 seconds', () => {
  test.each([
    ['a read without an answer', silence, get],
    ['a read whose body never ends', endless(), get],
    ['a write without an answer', silence, () => open().send('put', 'things/1', {})],
    ['a write whose body never ends', endless(), () => open().send('put', 'things/1', {})],
  ])('%s is given up as timeout', async (_rule, step, call) => {
    steps = [step]
    const seen = watch(call())
    await vi.advanceTimersByTimeAsync(29_999)
    expect(seen).toEqual({})
    await vi.advanceTimersByTimeAsync(1)
    expect(seen.end).toMatchObject({ name: 'ApiError', kind: 'timeout' })
    expect(requests).toHaveLength(1)
  })

  test('a repeated read is given up, too: both attempts share the time', async () => {
    steps = [after(20_000, broken), silence]
    const seen = watch(get())
    await vi.advanceTimersByTimeAsync(29_999)
    expect(requests).toHaveLength(2)
    expect(seen).toEqual({})
    await vi.advanceTimersByTimeAsync(1)
    expect(seen.end).toMatchObject({ kind: 'timeout' })
  })

  test('a refusal whose text never ends is that refusal, without words', async () => {
    steps = [endless(500)]
    expect(await outcome(get())).toMatchObject({
      kind: 'unavailable',
      status: 500,
      serverText: undefined,
    })
  })

  test('nothing is left to happen when a call has ended', async () => {
    steps = [json(ada)]
    await get()
    steps = [refuse(404)]
    await get().catch(() => {})
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a read is repeated once', () => {
  test.each([
    ['a network failure', broken, 1000],
    ['an answer that breaks off', halved, 1000],
    ['502', refuse(502), 1000],
    ['503', refuse(503), 1000],
    ['504', refuse(504), 1000],
    ['503, whatever Retry-After says', refuse(503, { 'retry-after': '600' }), 1000],
    ['429, when Retry-After is 0', refuse(429, { 'retry-after': '0' }), 1000],
    ['429, when Retry-After is 10', refuse(429, { 'retry-after': '10' }), 10_000],
    [
      '429 with another time to reset',
      refuse(429, { 'retry-after': '2', 'ratelimit-reset': '9999999999' }),
      2000,
    ],
  ])('after %s', async (_rule, failure, wait) => {
    steps = [failure, json(ada)]
    const seen = watch(get())
    await vi.advanceTimersByTimeAsync(wait)
    expect(seen.end).toEqual(ada)
    expect(requests).toHaveLength(2)
  })

  test('as long as Retry-After says, and not before', async () => {
    steps = [refuse(429, { 'retry-after': '10' }), json(ada)]
    watch(get())
    await vi.advanceTimersByTimeAsync(9_999)
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['unreachable', broken, undefined],
    ['unavailable', refuse(502), 502],
    ['rate-limited', refuse(429, { 'retry-after': '1' }), 429],
  ])('and then is %s', async (kind, failure, status) => {
    steps = [failure]
    expect(await outcome(get())).toMatchObject({ name: 'ApiError', kind, status })
    expect(requests).toHaveLength(2)
  })

  test('each page of a list by itself', async () => {
    const page = (at: number): Step => json([{ ...ada, id: at }], { 'x-total-pages': '2' })
    steps = [refuse(503), page(1), broken, page(2)]
    expect(await outcome(open().getAll('things', thing))).toMatchObject([{ id: 1 }, { id: 2 }])
    expect(asked()).toEqual([
      '?per_page=100&page=1',
      '?per_page=100&page=1',
      '?per_page=100&page=2',
      '?per_page=100&page=2',
    ])
  })
})

const soon = () => String(Math.floor(Date.now() / 1000) + 3)

describe('a read is not repeated', () => {
  test.each<readonly [string, () => Step]>([
    ...[400, 401, 403, 404, 405, 409, 422, 500, 501].map(
      (status) => [`after ${status}`, () => refuse(status)] as const,
    ),
    ['after 429 without Retry-After', () => refuse(429)],
    ['after 429 when it would wait more than 10 s', () => refuse(429, { 'retry-after': '11' })],
    [
      'after 429 until a date that is far',
      () => refuse(429, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }),
    ],
    [
      'after 429 for RateLimit-Reset, which is a moment and no span',
      () => refuse(429, { 'ratelimit-reset': soon() }),
    ],
    ['when its answer is no JSON', () => text('<html>')],
    ['when its answer is cut off', () => text('{"id":')],
  ])('%s', async (_rule, failure) => {
    steps = [failure()]
    expect(await outcome(get())).toBeInstanceOf(Error)
    expect(requests).toHaveLength(1)
  })
})

describe.each(verbs)('%s is never repeated', (method) => {
  test.each([
    ['a network failure', broken, 'unreachable'],
    ['502', refuse(502), 'unavailable'],
    ['503', refuse(503, { 'retry-after': '1' }), 'unavailable'],
    ['504', refuse(504), 'unavailable'],
    ['429', refuse(429, { 'retry-after': '1' }), 'rate-limited'],
  ])('after %s', async (_rule, failure, kind) => {
    steps = [failure]
    expect(await outcome(open().send(method, 'things/1', {}))).toMatchObject({ kind })
    expect(requests).toHaveLength(1)
  })
})

describe('a list', () => {
  const item = (id: number) => ({ ...ada, id })

  test('is asked for in pages of 100, all at once when the first has said how many', async () => {
    const answers = new Map<string | null, (response: Response) => void>()
    steps = [
      json([item(1)], { 'x-total-pages': '3', 'x-total': '3' }),
      ({ url }) =>
        new Promise((resolve) => answers.set(new URL(url).searchParams.get('page'), resolve)),
    ]
    const parts: (readonly [number[], number | undefined])[] = []
    const call = open().getAll('things', thing, {
      params: { search: 'x' },
      onPage: (items, total) => parts.push([items.map(({ id }) => id), total]),
    })
    await vi.runAllTimersAsync()
    expect(asked()).toEqual([
      '?search=x&per_page=100&page=1',
      '?search=x&per_page=100&page=2',
      '?search=x&per_page=100&page=3',
    ])
    // The last first: arrival does not decide the order.
    answers.get('3')?.(Response.json([item(3)], { headers: { 'x-total': '3' } }))
    await vi.runAllTimersAsync()
    answers.get('2')?.(Response.json([item(2)], { headers: { 'x-total': '3' } }))
    expect((await call).map(({ id }) => id)).toEqual([1, 2, 3])
    expect(parts).toEqual([
      [[1], 3],
      [[3], 3],
      [[2], 3],
    ])
  })

  test('without totals is followed page by page', async () => {
    steps = [
      json([item(1)], { 'x-next-page': '2' }),
      json([item(2)], { 'x-next-page': '3' }),
      json([item(3)], { 'x-next-page': '' }),
    ]
    const totals: unknown[] = []
    const items = await open().getAll('things', thing, {
      onPage: (_items, total) => totals.push(total),
    })
    expect(items.map(({ id }) => id)).toEqual([1, 2, 3])
    expect(asked().map((search) => search.slice(-1))).toEqual(['1', '2', '3'])
    expect(totals).toEqual([undefined, undefined, undefined])
  })

  test('that is empty takes one request', async () => {
    steps = [json([], { 'x-total-pages': '1', 'x-total': '0', 'x-next-page': '' })]
    expect(await open().getAll('things', thing)).toEqual([])
    expect(requests).toHaveLength(1)
  })

  test('fails as a whole when one page fails', async () => {
    steps = [json([item(1)], { 'x-total-pages': '2' }), refuse(403)]
    expect(await outcome(open().getAll('things', thing))).toMatchObject({ kind: 'forbidden' })
  })

  test.each([
    [
      'what GitLab counts',
      { 'x-page': '2', 'x-next-page': '3', 'x-total': '45', 'x-total-pages': '3' },
      { page: 2, nextPage: 3, total: 45, totalPages: 3 },
    ],
    [
      'the last page has no next',
      { 'x-page': '3', 'x-next-page': '', 'x-total': '45', 'x-total-pages': '3' },
      { page: 3, nextPage: undefined, total: 45, totalPages: 3 },
    ],
    [
      'what GitLab does not count is unknown',
      {},
      { page: 1, nextPage: undefined, total: undefined, totalPages: undefined },
    ],
    [
      'what is no number is unknown',
      { 'x-page': 'x', 'x-next-page': '-1', 'x-total': '1e3', 'x-total-pages': ' ' },
      { page: 1, nextPage: undefined, total: undefined, totalPages: undefined },
    ],
  ])('tells of one page: %s', async (_rule, headers, page) => {
    steps = [json([ada], headers)]
    expect(await open().getPage('things', thing)).toEqual({ items: [ada], ...page })
  })
})

describe('a cancelled call', () => {
  /** Cancels while the call waits for the network; then tells how it ended. */
  async function cancelled(call: (signal: AbortSignal) => Promise<unknown>, wait = 0) {
    const controller = new AbortController()
    const seen = watch(call(controller.signal))
    await vi.advanceTimersByTimeAsync(wait)
    controller.abort()
    await vi.runAllTimersAsync()
    return seen.end
  }
  const list = (signal: AbortSignal) => open().getAll('things', thing, { signal })

  test.each<readonly [string, Step[], (signal: AbortSignal) => Promise<unknown>, number]>([
    ['without an answer yet', [silence], (signal) => get(open(), signal), 1],
    ['in the middle of a body', [endless()], (signal) => get(open(), signal), 1],
    ['in the middle of a refusal', [endless(401)], (signal) => get(open(), signal), 1],
    ['before its second attempt', [broken, json(ada)], (signal) => get(open(), signal), 1],
    [
      'while GitLab makes it wait',
      [refuse(429, { 'retry-after': '5' }), json(ada)],
      (signal) => get(open(), signal),
      1,
    ],
    ['before the next page', [json([], { 'x-next-page': '2' }), silence, json([])], list, 2],
    ['with all its pages', [json([], { 'x-total-pages': '4' }), silence], list, 4],
  ])('%s: is an AbortError and asks no more', async (_rule, answers, call, count) => {
    steps = answers
    const error = await cancelled(call)
    expect(error).toMatchObject({ name: 'AbortError' })
    expect(requests).toHaveLength(count)
    expect(requests.every(({ signal }) => signal.aborted)).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('before it began asks nothing', async () => {
    steps = [json(ada)]
    const error = await outcome(get(open(), AbortSignal.abort()))
    expect(error).toMatchObject({ name: 'AbortError' })
    expect(requests).toHaveLength(0)
  })

  test('is no reason to sign in again', async () => {
    const onUnauthorized = vi.fn()
    steps = [endless(401)]
    await cancelled((signal) => get(open({ onUnauthorized }), signal))
    expect(onUnauthorized).not.toHaveBeenCalled()
  })
})

describe('an answer that was asked for before the console was here', () => {
  const early: Step = json({ ...ada, id: 7 })
  const whole = async (answer: Promise<Response> | Response) =>
    new Response(await (await answer).text(), await answer)
  const nobody = 'Bearer glpat-somebody-else'

  function startAhead(step: Step, authorization = 'Bearer glpat-secret') {
    const question = new Request(`${address}/api/v4/things/1`)
    const answer = whole(step(question))
    answer.catch(() => {})
    globalThis.headStart = { authorization, answers: new Map([[question.url, answer]]) }
    steps = [json(ada)]
  }
  afterEach(() => {
    globalThis.headStart = undefined
  })

  test('serves the same question, once', async () => {
    startAhead(early)
    expect(await outcome(get())).toMatchObject({ id: 7 })
    expect(requests).toHaveLength(0)
    expect(await outcome(get())).toMatchObject({ id: 1 })
  })

  test('that failed is asked for again', async () => {
    startAhead(broken)
    expect(await outcome(get())).toMatchObject({ id: 1 })
    startAhead(refuse(404))
    expect(await outcome(get())).toMatchObject({ kind: 'not-found' })
  })

  test('is not for another user, nor for another question', async () => {
    startAhead(early, nobody)
    expect(await outcome(get())).toMatchObject({ id: 1 })
    startAhead(early)
    expect(await outcome(open().get('things/1', thing, { params: { all: true } }))).toEqual(ada)
  })

  test('is out of date after a write, and when it is as old as a call may become', async () => {
    startAhead(early)
    steps = [text(null, 204), json(ada)]
    await outcome(open().send('delete', 'things/2'))
    expect(await outcome(get())).toMatchObject({ id: 1 })
    startAhead(early)
    vi.advanceTimersByTime(31_000)
    expect(await outcome(get())).toMatchObject({ id: 1 })
  })

  test.each([
    ['an answer', silence],
    ['its end', endless()],
  ])('is not waited for longer than any other: without %s', async (_rule, step) => {
    startAhead(step)
    expect(await outcome(get())).toMatchObject({ kind: 'timeout' })
  })

  test('is left alone by who has gone', async () => {
    startAhead(silence)
    const controller = new AbortController()
    const seen = watch(get(open(), controller.signal))
    await vi.advanceTimersByTimeAsync(0)
    controller.abort()
    await vi.runAllTimersAsync()
    expect(seen.end).toMatchObject({ name: 'AbortError' })
  })
})

describe('an answer that is not what it should be names call and place', () => {
  test.each<readonly [string, Step, string]>([
    ['a page', text('<!DOCTYPE html><p>Sign in'), 'JSON'],
    ['half a body', text('{"id":1,"own'), 'JSON'],
    ['nothing', text(''), 'a JSON body'],
    ['204', text(null, 204), 'a JSON body'],
    ['a list', json([ada]), 'object'],
    ['null', json(null), 'object'],
    ['a missing field', json({ owner: ada.owner }), 'number at id'],
    ['another type', json({ ...ada, id: '1' }), 'number at id'],
    ['null for a field', json({ ...ada, owner: { name: null } }), 'string at owner.name'],
  ])('%s', async (_what, step, what) => {
    steps = [step]
    const error = await outcome(get())
    expect(error).toMatchObject({
      name: 'ApiError',
      kind: 'malformed',
      expected: `GET /api/v4/things/1: ${what}`,
    })
  })

  test.each<readonly [string, Step, string]>([
    ['an object for a list', json({ unexpected: true }), 'a list'],
    ['a page for a list', text('<html>'), 'JSON'],
    ['one bad item', json([ada, ada, { id: 3, owner: {} }]), 'string at 2.owner.name'],
    ['an item that is none', json([ada, 'x']), 'object at 1'],
  ])('%s', async (_what, step, what) => {
    steps = [step]
    const expected = `GET /api/v4/things: ${what}`
    expect(await outcome(open().getAll('things', thing))).toMatchObject({ expected })
  })

  test('and never what arrived, which may be a secret', async () => {
    steps = [json({ id: 'hunter2', owner: 'hunter2' })]
    const kept = expect.not.stringContaining('hunter2')
    expect(await outcome(get())).toMatchObject({ message: kept, expected: kept })
  })

  test('unknown fields are no harm', async () => {
    steps = [json({ ...ada, colour: 'red', owner: { name: 'Ada', age: 36 } })]
    expect(await get()).toEqual(ada)
  })
})

describe('a body of more than 10 MB', () => {
  const million = new Uint8Array(1_000_000).fill(0x20)

  /** A body of so many megabytes, sent as it is read; tells how much was taken of it. */
  function bodyOf(megabytes: number, status = 200) {
    const seen = { sent: 0, ended: false }
    const step: Step = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            if (seen.sent === megabytes) return controller.close()
            seen.sent += 1
            controller.enqueue(million)
          },
          cancel() {
            seen.ended = true
          },
        }),
        { status },
      )
    return { seen, step }
  }

  test.each([
    ['a read', () => get(), 'GET /api/v4/things/1'],
    ['a write', () => open().send('put', 'things/1', {}, thing), 'PUT /api/v4/things/1'],
    [
      'a question by GraphQL',
      () => open().graphql('{ a }', {}, thing, { kind: 'query' }),
      'POST /api/graphql',
    ],
  ])('%s: it is not read to its end, nor asked for again', async (_rule, call, name) => {
    const { seen, step } = bodyOf(200)
    steps = [step]
    expect(await outcome<unknown>(call())).toMatchObject({
      name: 'ApiError',
      kind: 'malformed',
      reason: 'too-large',
      expected: `${name}: at most 10 MB`,
    })
    expect(seen.ended).toBe(true)
    expect(seen.sent).toBeLessThan(15)
    expect(requests).toHaveLength(1)
  })

  test('of a refusal: it is that refusal, without words', async () => {
    const { seen, step } = bodyOf(200, 403)
    steps = [step]
    expect(await outcome(get())).toMatchObject({ kind: 'forbidden', serverText: undefined })
    expect(seen.ended).toBe(true)
  })

  test('up to that it is read', async () => {
    steps = [() => new Response(JSON.stringify(ada).padStart(10_000_000))]
    expect(await outcome(get())).toEqual(ada)
  })
})

test('letters that fall between two parts of a body are read', async () => {
  const bytes = new TextEncoder().encode('{"id":1,"owner":{"name":"愛田"}}')
  steps = [
    () =>
      new Response(
        new ReadableStream({
          start(controller) {
            for (const byte of bytes) controller.enqueue(new Uint8Array([byte]))
            controller.close()
          },
        }),
      ),
  ]
  expect(await get()).toEqual({ id: 1, owner: { name: '愛田' } })
})

test.each([300, 304])('%s is no refusal by GitLab', async (status) => {
  for (const call of [get, () => open().send('put', 'things/1', {})]) {
    steps = [text(null, status)]
    expect(await outcome<unknown>(call())).toMatchObject({
      kind: 'malformed',
      expected: expect.stringMatching(
        new RegExp(`/api/v4/things/1: a status of success, not ${status}$`),
      ),
    })
  }
})

test.each([
  ['each 401 is told', 401, 1],
  ['no 403 is', 403, 0],
  ['no 404 is', 404, 0],
])('onUnauthorized: %s', async (_rule, status, times) => {
  const onUnauthorized = vi.fn()
  const http = open({ onUnauthorized })
  steps = [refuse(status)]
  for (const call of [() => get(http), () => http.send('put', 'things/1', {})]) {
    const error = await outcome<unknown>(call())
    expect(error).toMatchObject({ status })
    if (times) expect(onUnauthorized).toHaveBeenLastCalledWith('glpat-secret')
  }
  expect(onUnauthorized).toHaveBeenCalledTimes(2 * times)
})

test('a connection that is lost in the middle of an answer is unreachable', async () => {
  steps = [halved]
  expect(await outcome(get())).toMatchObject({ name: 'ApiError', kind: 'unreachable' })
})

test('a refusal is read: its words, its fields, and how long to wait', async () => {
  steps = [json({ error: 'enabled is missing, enabled is empty' }, {}, 400)]
  expect(await outcome(open().send('patch', 'things/1', {}))).toMatchObject({
    kind: 'invalid',
    status: 400,
    fields: { enabled: 'is missing' },
  })
  steps = [refuse(429, { 'retry-after': '60' })]
  expect(await outcome(get())).toMatchObject({ kind: 'rate-limited', retryAfter: 60 })
})
