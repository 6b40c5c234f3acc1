import { describe, expect, test, vi } from 'vitest'
import { ApiError, type ErrorKind } from './api-error.ts'
import { type CarefulWrite, createCarefulWrite, oneAtATime, type Write } from './careful-write.ts'

const lost = ['unreachable', 'timeout', 'malformed', 'unavailable'] as const
const told = [
  'unauthorized',
  'insufficient-scope',
  'forbidden',
  'not-found',
  'invalid',
  'rate-limited',
] as const

/** A server that holds one value, and a place that is to make it 'new'. */
function open(carefully: CarefulWrite = createCarefulWrite()) {
  const server: {
    value: string
    fails?: ApiError | undefined
    /** Whether what fails has been done all the same. */
    does?: boolean
    unreadable?: boolean
  } = { value: 'old' }
  const sent: string[] = []
  let reads = 0
  const write = (more: Partial<Write<string>> = {}) =>
    carefully({
      what: 'new',
      async send(once) {
        sent.push(once)
        if (!server.fails || server.does) server.value = 'new'
        if (server.fails) throw server.fails
      },
      async read() {
        reads += 1
        if (server.unreadable) throw new ApiError('unreachable')
        return server.value
      },
      isDone: (value) => value === 'new',
      ...more,
    })
  return { server, write, sent, reads: () => reads }
}

const failure = (call: Promise<unknown>): Promise<ApiError> =>
  call.then(
    () => Promise.reject(new Error('it should have failed')),
    (error) => error,
  )

test('a write that is answered is not read back', async () => {
  const { write, reads } = open()
  expect(await write()).toBe('done')
  expect(reads()).toBe(0)
})

test.each(told)('%s is an answer: nothing was written', async (kind) => {
  const { server, write, reads } = open()
  server.fails = new ApiError(kind)
  await expect(write()).rejects.toMatchObject({ kind })
  expect(reads()).toBe(0)
})

describe.each(lost)('after %s', (kind) => {
  test('it has ended well when GitLab holds what was written', async () => {
    const { server, write } = open()
    server.fails = new ApiError(kind)
    server.does = true
    expect(await write()).toBe('done')
  })

  test('it has failed when GitLab does not, and the next try asks first', async () => {
    const { server, write, sent } = open()
    server.fails = new ApiError(kind)
    const error = await failure(write())
    expect(error).toMatchObject({ kind })
    expect(error.outcomeUnknown).toBeUndefined()
    // Done after all, while the person read the error.
    server.value = 'new'
    expect(await write()).toBe('done')
    expect(sent).toHaveLength(1)
  })

  test('the outcome is unknown when GitLab cannot be asked, and the next try asks first', async () => {
    const { server, write, sent } = open()
    server.fails = new ApiError(kind)
    server.does = true
    server.unreadable = true
    await expect(write()).rejects.toMatchObject({ kind, outcomeUnknown: true })
    await expect(write()).rejects.toMatchObject({ kind, outcomeUnknown: true })
    server.unreadable = false
    expect(await write()).toBe('done')
    expect(sent).toHaveLength(1)
  })

  test('a try that finds nothing written writes', async () => {
    const { server, write, sent } = open()
    server.fails = new ApiError(kind)
    server.unreadable = true
    await failure(write())
    server.fails = undefined
    server.unreadable = false
    expect(await write()).toBe('done')
    expect(sent).toHaveLength(2)
  })
})

test.each<readonly [ErrorKind, number | undefined, true | undefined]>([
  ['timeout', undefined, true],
  ['unreachable', undefined, true],
  ['unavailable', 504, true],
  ['unavailable', 502, true],
  // These answers come when nothing is going on any more.
  ['unavailable', 500, undefined],
  ['unavailable', 503, undefined],
  ['malformed', 200, undefined],
])('after %s (%s), what is not done so far may follow: %s', async (kind, status, mayFollow) => {
  const { server, write } = open()
  server.fails = new ApiError(kind, { status: status ?? undefined })
  expect((await failure(write())).mayFollow).toBe(mayFollow)
})

describe('a write that must not undo what somebody else has changed', () => {
  const isAsSeen = (value: string) => value === 'old'

  test('is sent when all is as it was seen', async () => {
    const { write, sent } = open()
    expect(await write({ isAsSeen })).toBe('done')
    expect(sent).toHaveLength(1)
  })

  test('is not sent when something else is there', async () => {
    const { server, write, sent } = open()
    server.value = 'theirs'
    expect(await write({ isAsSeen })).toBe('stale')
    expect(sent).toHaveLength(0)
  })

  test('is not sent when it is as wanted already', async () => {
    const { server, write, sent } = open()
    server.value = 'new'
    expect(await write({ isAsSeen })).toBe('done')
    expect(sent).toHaveLength(0)
  })

  test('is sent when GitLab cannot be asked', async () => {
    const { server, write, sent } = open()
    server.unreadable = true
    expect(await write({ isAsSeen })).toBe('done')
    expect(sent).toHaveLength(1)
  })
})

describe('the name of a write', () => {
  test('is a UUID of its own for each press', async () => {
    const { server, write, sent } = open()
    await write()
    server.value = 'old'
    await write()
    expect(new Set(sent).size).toBe(2)
    for (const once of sent) {
      expect(once).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    }
  })

  test.each<readonly [string, ApiError, unknown, number]>([
    ['stays for another try after a lost answer', new ApiError('timeout'), 'new', 1],
    ['is another one for another write', new ApiError('timeout'), 'other', 2],
    // A server may answer what it has answered before, and the refusal's cause may be mended.
    ['is another one after a refusal', new ApiError('forbidden'), 'new', 2],
  ])('%s', async (_rule, fails, what, names) => {
    const { server, write, sent } = open()
    server.fails = fails
    await failure(write())
    server.fails = undefined
    await write({ what })
    expect(sent).toHaveLength(2)
    expect(new Set(sent).size).toBe(names)
  })
})

test('six presses in one go start one', async () => {
  const once = oneAtATime()
  const work = vi.fn(() => new Promise<string>((resolve) => setTimeout(() => resolve('done'))))
  const presses = Array.from({ length: 6 }, () => once(work))
  expect(await Promise.all(presses)).toEqual(['done', ...Array.from({ length: 5 })])
  expect(work).toHaveBeenCalledOnce()
  await expect(once(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await once(work)).toBe('done')
})
