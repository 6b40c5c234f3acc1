import { describe, expect, test, vi } from 'vitest'
import { ApiError, type ErrorKind } from './api-error.ts'
import { createCarefulWrite } from './careful-write.ts'

const fails = (kind: ErrorKind) => () => Promise.reject(new ApiError(kind))
const done = () => Promise.resolve(true)
const notDone = () => Promise.resolve(false)
const written = () => Promise.resolve()

const lost = ['unreachable', 'timeout', 'malformed', 'unavailable'] as const
const told = [
  'unauthorized',
  'insufficient-scope',
  'forbidden',
  'not-found',
  'invalid',
  'rate-limited',
] as const

test('a write that is answered is not read back', async () => {
  const isDone = vi.fn(done)
  await createCarefulWrite()(written, isDone)
  expect(isDone).not.toHaveBeenCalled()
})

test.each(told)('%s is an answer: nothing was written', async (kind) => {
  const isDone = vi.fn(done)
  await expect(createCarefulWrite()(fails(kind), isDone)).rejects.toMatchObject({ kind })
  expect(isDone).not.toHaveBeenCalled()
})

describe.each(lost)('after %s', (kind) => {
  test('it has ended well when GitLab holds what was written', async () => {
    await expect(createCarefulWrite()(fails(kind), done)).resolves.toBeUndefined()
  })

  test('it has failed when GitLab does not', async () => {
    const carefully = createCarefulWrite()
    const error = await carefully(fails(kind), notDone).catch((reason) => reason)
    expect(error).toMatchObject({ kind })
    expect(error.outcomeUnknown).toBeUndefined()
    // The outcome is known: the next try writes at once.
    const again = vi.fn(notDone)
    await carefully(written, again)
    expect(again).not.toHaveBeenCalled()
  })

  test('the outcome is unknown when GitLab cannot be asked, and the next try asks first', async () => {
    const carefully = createCarefulWrite()
    await expect(carefully(fails(kind), fails('unreachable'))).rejects.toMatchObject({
      kind,
      outcomeUnknown: true,
    })
    const write = vi.fn(written)
    await expect(carefully(write, fails('unreachable'))).rejects.toMatchObject({
      kind,
      outcomeUnknown: true,
    })
    await carefully(write, done)
    expect(write).not.toHaveBeenCalled()
  })

  test('a try that finds nothing written writes', async () => {
    const carefully = createCarefulWrite()
    await carefully(fails(kind), fails('timeout')).catch(() => {})
    const write = vi.fn(written)
    await carefully(write, notDone)
    expect(write).toHaveBeenCalledOnce()
  })
})
