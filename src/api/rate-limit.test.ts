import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as z from 'zod/mini'
import { ApiError } from './api-error.ts'
import { createHttp, type Http } from './http.ts'
import { endWaits } from './rate-limit.ts'

const start = Date.parse('2026-01-15T09:00:00Z')
const thing = z.object({ id: z.number() })

let http: Http
/** What was asked, and when: in seconds from the start. */
let sent: (readonly [path: string, second: number])[]
/** Paths that are refused, and what is said about how long to wait. */
let refused: Record<string, string | null | (() => string)>

beforeEach(() => {
  vi.useFakeTimers({ now: start })
  sent = []
  refused = {}
  http = createHttp({ address: 'https://gitlab.example.com', token: () => 'glpat-secret' })
  vi.stubGlobal('fetch', async ({ url, signal }: Request) => {
    signal.throwIfAborted()
    const path = new URL(url).pathname.slice('/api/v4/'.length)
    sent.push([path, (Date.now() - start) / 1000])
    const told = refused[path]
    if (told === undefined) return Response.json({ id: 1 })
    const header = typeof told === 'function' ? told() : told
    const headers = new Headers(header === null ? {} : { 'retry-after': header })
    return Response.json({ message: '429 Too Many Requests' }, { status: 429, headers })
  })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const read = (path: string, signal?: AbortSignal) => http.get(path, thing, { signal })
const moments = (path: string) => sent.filter(([asked]) => asked === path).map(([, at]) => at)

/** How a call ends; undefined while it has not. */
function watch(call: Promise<unknown>): { end?: unknown } {
  const seen: { end?: unknown } = {}
  const ends = (end: unknown) => {
    seen.end = end
  }
  call.then(ends, ends)
  return seen
}

const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000)

/** Reads as the screen does: again as soon as that may be done unasked, for so many minutes. */
async function readOn(path: string, minutes: number): Promise<unknown> {
  const until = Date.now() + minutes * 60_000
  let end: unknown
  while (Date.now() < until) {
    const seen = watch(read(path))
    while (seen.end === undefined) await pass(1)
    end = seen.end
    if (!(end instanceof ApiError) || end.againAt === undefined) break
    await vi.advanceTimersByTimeAsync(Math.max(0, end.againAt - Date.now()))
  }
  return end
}

const doubling = [0, 1, 3, 7, 15, 31, 63, 127, 255]
const usual = [0, 15, 45, 105, 225]
const in60 = () => new Date(Date.now() + 60_000).toUTCString()

describe('a server that refuses for ever is asked for five minutes at most, with Retry-After', () => {
  test.each([
    ['0', '0', doubling],
    ['of a part of a second', '0.01', doubling],
    ['of a moment that has passed', 'Thu, 15 Jan 2026 08:00:00 GMT', doubling],
    ['of a second', '1', doubling],
    ['of five seconds', '5', [0, 5, 10, 15, 23, 39, 71, 135, 263]],
    ['of a minute', '60', [0, 60, 120, 180, 240, 300]],
    ['of a date a minute ahead', in60, [0, 60, 120, 180, 240, 300]],
    ['of five minutes', '300', [0, 300]],
    ['of more than five minutes', '301', [0]],
    ['of 31 years', '1000000000', [0]],
    ['left out', null, usual],
    ['empty', '', usual],
    ['below 0', '-3', usual],
    ['that is no number', 'soon', usual],
    ['that only JavaScript takes for a number', '0x1', usual],
    ['that is NaN', 'NaN', usual],
    ['of more than any clock shows', '9'.repeat(400), usual],
  ])('%s', async (_what, header, seconds) => {
    refused = { things: header }
    const end = await readOn('things', 60)
    expect(moments('things')).toEqual(seconds)
    expect(end).toMatchObject({ kind: 'rate-limited', status: 429, againAt: undefined })
  })
})

test.each([
  ['60', 60],
  ['0', 0],
  ['1000000000', 1_000_000_000],
  [in60, 60],
  ['-3', undefined],
  ['soon', undefined],
])('Retry-After %s: what GitLab asked for is told, and until when', async (header, seconds) => {
  refused = { things: header }
  http.send('put', 'things', {}).catch(() => {})
  const error = await http.send('put', 'things', {}).catch((error) => error)
  expect(error).toMatchObject({
    retryAfter: seconds,
    quietUntil: seconds === undefined ? undefined : start + seconds * 1000,
    againAt: undefined,
  })
})

describe('one wait', () => {
  test('is for whatever is read in this tab: nothing is sent until it is over', async () => {
    refused = { things: '60' }
    watch(read('things'))
    await pass(1)
    const other = watch(read('others'))
    await pass(0)
    expect(other.end).toMatchObject({
      kind: 'rate-limited',
      retryAfter: 60,
      againAt: start + 60_000,
    })
    expect(await readOn('others', 2)).toEqual({ id: 1 })
    expect(moments('others')).toEqual([60])
  })

  test('of ten seconds and less is sat out', async () => {
    refused = { things: '10' }
    watch(read('things'))
    await pass(4)
    const other = watch(read('others'))
    await pass(5.9)
    expect(other).toEqual({})
    refused = {}
    await pass(1)
    expect(other.end).toEqual({ id: 1 })
    expect(moments('others')).toEqual([10])
  })

  test('is not sat out by who has gone', async () => {
    refused = { things: '5' }
    watch(read('things'))
    await pass(1)
    const controller = new AbortController()
    const other = watch(read('others', controller.signal))
    await pass(1)
    controller.abort()
    await pass(20)
    expect(other.end).toMatchObject({ name: 'AbortError' })
    expect(moments('others')).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('keeps others for five minutes at most, whatever was asked for', async () => {
    refused = { things: '1000000000' }
    watch(read('things'))
    await pass(1)
    expect(await readOn('others', 10)).toEqual({ id: 1 })
    expect(moments('others')).toEqual([300])
  })

  test('keeps nobody from writing', async () => {
    refused = { things: '60' }
    watch(read('things'))
    await pass(1)
    await http.send('put', 'others', {}, thing)
    expect(moments('others')).toEqual([1])
  })

  test('follows a refused write, which is not repeated', async () => {
    refused = { things: '60' }
    watch(http.send('put', 'things', {}))
    await pass(1)
    expect(watch(read('others'))).toEqual({})
    await pass(10)
    expect(sent).toEqual([['things', 0]])
  })

  test('is ended by a person who asks', async () => {
    refused = { things: '60' }
    watch(read('things'))
    await pass(1)
    endWaits()
    watch(read('others'))
    await pass(0)
    expect(moments('others')).toEqual([1])
  })

  test('is ended for those that sit it out, too', async () => {
    refused = { things: '10' }
    watch(read('things'))
    await pass(1)
    const other = watch(read('others'))
    endWaits()
    await pass(0)
    expect(other.end).toEqual({ id: 1 })
  })

  test('begins again when the person is refused, as long as it would have been', async () => {
    refused = { things: '0' }
    await readOn('things', 60)
    endWaits()
    const again = watch(read('things'))
    await pass(1)
    expect(again.end).toMatchObject({ kind: 'rate-limited', againAt: undefined })
    const before = sent.length
    watch(read('others'))
    await pass(60)
    expect(sent).toHaveLength(before)
  })
})

describe('a refusal counts from the start again', () => {
  test('after another answer to the same question', async () => {
    refused = { things: '4' }
    await readOn('things', 0.5)
    refused = {}
    await readOn('things', 1)
    sent = []
    const now = Date.now()
    refused = { things: '0' }
    await readOn('things', 0.1)
    expect(
      moments('things')
        .slice(0, 3)
        .map((at) => at - (now - start) / 1000),
    ).toEqual([0, 1, 3])
  })

  test('not after an answer to another question', async () => {
    refused = { things: '0' }
    for (let round = 0; round < 30; round += 1) {
      await readOn('things', 0.05)
      expect(await readOn('others', 10)).toEqual({ id: 1 })
    }
    const gaps = moments('things').map((at, index, all) => at - (all[index - 1] ?? 0))
    expect(gaps.slice(1, 9).every((gap, index) => gap >= 2 ** index)).toBe(true)
  })

  test('a minute after its wait was over', async () => {
    refused = { things: '0' }
    await readOn('things', 60)
    await pass(600)
    const now = Date.now()
    sent = []
    await readOn('things', 0.1)
    expect(
      moments('things')
        .slice(0, 3)
        .map((at) => at - (now - start) / 1000),
    ).toEqual([0, 1, 3])
  })
})

test('each page of a list is a question of its own: a server that lets one through at a time is read', async () => {
  let turn = 0
  vi.stubGlobal('fetch', async ({ url }: Request) => {
    turn += 1
    if (turn % 2 === 0) {
      return new Response('', { status: 429, headers: { 'retry-after': '0' } })
    }
    const page = Number(new URL(url).searchParams.get('page'))
    const headers = { 'x-next-page': page < 8 ? String(page + 1) : '' }
    return Response.json([{ id: page }], { headers })
  })
  const list = watch(http.getAll('things', thing))
  await pass(20)
  expect(list.end).toHaveLength(8)
})
