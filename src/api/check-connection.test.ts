import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  type Connection,
  type ConnectionProblem,
  checkConnection,
  isUnencrypted,
  normalizeAddress,
  serverAt,
} from './check-connection.ts'
import { getSession } from './session.ts'

const address = 'https://gitlab.example.com'
const token = 'glpat-secret'
const maya = { id: 2, username: 'maya', name: 'Maya', avatarUrl: null, isAdmin: false }
const connection: Connection = { address, webAddress: address, token, user: maya }

afterEach(() => vi.unstubAllGlobals())

describe('an address as people write it', () => {
  test.each([
    ['as it should be', 'https://gitlab.example.com', address],
    ['without a scheme', 'gitlab.example.com', address],
    ['with blanks around', '  gitlab.example.com ', address],
    ['with a slash', 'https://gitlab.example.com/', address],
    ['with slashes', 'https://gitlab.example.com//', address],
    ['of the API', 'https://gitlab.example.com/api/v4', address],
    ['of the API, with a slash', 'gitlab.example.com/api/v4/', address],
    ['in capitals', 'HTTPS://GitLab.Example.COM', address],
    ['with a query and a fragment', 'https://gitlab.example.com/?a=b#c', address],
    ['over plain HTTP', 'http://gitlab.example.com', 'http://gitlab.example.com'],
    ['with a port', 'localhost:8080', 'https://localhost:8080'],
    ['with its usual port', 'https://gitlab.example.com:443', address],
    ['by number', 'http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['with a relative URL root', 'example.com/gitlab/', 'https://example.com/gitlab'],
    ['of the API below one', 'example.com/gitlab/api/v4', 'https://example.com/gitlab'],
  ])('%s: %j', (_spelling, text, expected) => {
    expect(normalizeAddress(text)).toBe(expected)
  })

  test.each([
    ['nothing', ''],
    ['blanks', '  '],
    ['a scheme alone', 'https://'],
    ['two words', 'my gitlab'],
    ['a credential before the host', 'https://maya:secret@gitlab.example.com'],
    ['a password before the host', 'https://:secret@gitlab.example.com'],
    ['another scheme', 'ftp://gitlab.example.com'],
    ['a script', 'javascript:alert(1)'],
    ['an SSH address', 'git@gitlab.example.com:acme/app.git'],
  ])('%s is no address: %j', (_what, text) => {
    expect(normalizeAddress(text)).toBeUndefined()
  })
})

test.each([
  ['http://gitlab.example.com', true],
  [' HTTP://gitlab.example.com/api/v4 ', true],
  ['http://192.168.0.10:8080/gitlab', true],
  ['http://localhost.example.com', true],
  ['http://127.example.com', true],
  ['https://gitlab.example.com', false],
  ['gitlab.example.com', false],
  ['http://localhost:3000', false],
  ['http://gitlab.localhost', false],
  ['http://127.0.0.1:4010', false],
  ['http://[::1]:4010', false],
  ['http://', false],
  ['', false],
])('a token sent to %j could be read on the way: %s', (typed, unencrypted) => {
  expect(isUnencrypted(typed)).toBe(unencrypted)
})

describe('checking a connection', () => {
  const answers = {
    user: { id: 2, username: 'maya', name: 'Maya', avatar_url: null },
    metadata: { version: '18.3.0-ee', enterprise: true },
    self: { scopes: ['api'] },
  }
  type Answers = { [Name in keyof typeof answers]: () => Response | Promise<Response> }

  const ok: Answers = {
    user: () => Response.json(answers.user),
    metadata: () => Response.json(answers.metadata),
    self: () => Response.json(answers.self),
  }

  type Opaque = (signal: AbortSignal | null | undefined) => Promise<Response>

  /** A server that answers so; requests that may not be read by scripts are `opaque`. */
  function serve(changes: Partial<Answers>, opaque: Opaque = unreachable) {
    const table = { ...ok, ...changes }
    vi.stubGlobal('fetch', async (request: Request | string, options?: RequestInit) => {
      if (typeof request === 'string') {
        expect(options).toMatchObject({ mode: 'no-cors', credentials: 'omit' })
        return opaque(options?.signal)
      }
      request.signal.throwIfAborted()
      const name = request.url.split('/').at(-1) as keyof Answers
      return table[name]()
    })
  }

  const unreachable = () => Promise.reject(new TypeError('Failed to fetch'))
  const all = (answer: () => Response | Promise<Response>) => ({
    user: answer,
    metadata: answer,
    self: answer,
  })
  const refuse = (status: number, body: unknown) => () => Response.json(body, { status })
  const page = (status: number) => () =>
    new Response('<!DOCTYPE html>', { status, headers: { 'content-type': 'text/html' } })
  const check = (typed = address, used = token) =>
    checkConnection(serverAt(typed), { token: used }, new AbortController().signal)

  test('finds who the token belongs to and what it may do', async () => {
    serve({})
    expect(await check('gitlab.example.com/')).toEqual({
      ok: true,
      connection,
      readOnly: false,
    })
  })

  test('signs nobody in', async () => {
    serve({ user: refuse(401, { message: '401 Unauthorized' }) })
    await check()
    expect(getSession().state).toBe('signed-out')
  })

  test.each<readonly [string, Answers['self'], boolean]>([
    [
      'with the scope api it may write',
      () => Response.json({ scopes: ['read_api', 'api'] }),
      false,
    ],
    ['with read_api it may only read', () => Response.json({ scopes: ['read_api'] }), true],
    ['an older server cannot say', refuse(404, { error: '404 Not Found' }), false],
    ['nor one that answers otherwise', page(200), false],
  ])('a token: %s', async (_rule, self, readOnly) => {
    serve({ self })
    expect(await check()).toMatchObject({ ok: true, readOnly })
  })

  const expired = { error: 'invalid_token', error_description: 'Token is expired. …' }

  test.each<readonly [string, Partial<Answers>, ConnectionProblem]>([
    ['nothing there', all(unreachable), 'unreachable'],
    ['a page instead of an answer', all(page(200)), 'not-gitlab'],
    ['no such address', all(page(404)), 'not-gitlab'],
    ['another service with JSON', { user: () => Response.json({ login: 'maya' }) }, 'not-gitlab'],
    ['no release', { metadata: () => Response.json({ version: 'main' }) }, 'not-gitlab'],
    ['an unknown token', all(refuse(401, { message: '401 Unauthorized' })), 'token-wrong'],
    ['an expired token', all(refuse(401, expired)), 'token-expired'],
    [
      'a token without API',
      all(refuse(403, { error: 'insufficient_scope', error_description: '…' })),
      'token-scope',
    ],
    [
      'an account that is blocked',
      all(refuse(403, { message: '403 Forbidden - Your account has been blocked.' })),
      'refused',
    ],
    ['a crash', all(refuse(500, { message: '500 Internal Server Error' })), 'unavailable'],
    ['a gateway that fails', all(page(502)), 'unavailable'],
    ['too many requests', all(refuse(429, { message: 'Retry later' })), 'unavailable'],
  ])('%s', async (_what, changes, problem) => {
    vi.useFakeTimers()
    serve(changes)
    const checked = check()
    await vi.runAllTimersAsync()
    expect(await checked).toMatchObject({ ok: false, problem, error: { name: 'ApiError' } })
    vi.useRealTimers()
  })

  test('a server that answers what scripts may not read refuses by CORS', async () => {
    vi.useFakeTimers()
    serve(all(unreachable), () => Promise.resolve(Response.error()))
    const checked = check()
    await vi.runAllTimersAsync()
    expect(await checked).toMatchObject({ ok: false, problem: 'cors-refused' })
    vi.useRealTimers()
  })

  /** Answers nothing, until it is given up. */
  const silent: Opaque = (signal) =>
    new Promise((_resolve, reject) => {
      const giveUp = () => reject(signal?.reason)
      if (signal?.aborted) giveUp()
      else signal?.addEventListener('abort', giveUp)
    })

  test('a server that leaves the last question open is not there', async () => {
    vi.useFakeTimers()
    const soon = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort())
    serve(all(unreachable), silent)
    const checked = check()
    await vi.runAllTimersAsync()
    expect(await checked).toMatchObject({ ok: false, problem: 'unreachable' })
    expect(soon).toHaveBeenCalledWith(5_000)
    soon.mockRestore()
    vi.useRealTimers()
  })

  test('the last question is given up with the check', async () => {
    vi.useFakeTimers()
    const aborter = new AbortController()
    serve(all(unreachable), (signal) => {
      aborter.abort()
      return silent(signal)
    })
    const checked = expect(
      checkConnection(serverAt(address), { token }, aborter.signal),
    ).rejects.toMatchObject({
      name: 'AbortError',
    })
    await vi.runAllTimersAsync()
    await checked
    vi.useRealTimers()
  })

  test('a server that never answers is slow', async () => {
    vi.useFakeTimers()
    vi.stubGlobal(
      'fetch',
      ({ signal }: Request) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    )
    const checked = check()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(await checked).toMatchObject({ ok: false, problem: 'slow' })
    vi.useRealTimers()
  })

  test.each([
    ['an address that is none', 'my gitlab', token, 'address-invalid'],
    ['a token that no header can carry', address, 'glpat-秘密', 'token-wrong'],
    ['a token of two lines', address, 'glpat-a\nglpat-b', 'token-wrong'],
  ])('%s asks nobody', async (_what, typed, used, problem) => {
    const fetch = vi.fn()
    vi.stubGlobal('fetch', fetch)
    expect(await check(typed, used)).toEqual({ ok: false, problem })
    expect(fetch).not.toHaveBeenCalled()
  })

  test('that was given up is an AbortError', async () => {
    serve({})
    await expect(
      checkConnection(serverAt(address), { token }, AbortSignal.abort()),
    ).rejects.toMatchObject({
      name: 'AbortError',
    })
  })
})
