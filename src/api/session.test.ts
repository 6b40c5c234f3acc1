import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Connection } from './check-connection.ts'
import { recall } from './kept-connection.ts'
import {
  dropToken,
  getSession,
  isKeptForTab,
  onSessionChange,
  resumeSession,
  type Session,
  setRenewal,
  signIn,
  signOut,
} from './session.ts'

const address = 'https://gitlab.example.com'
const token = 'glpat-secret'
const maya = { id: 2, username: 'maya', name: 'Maya', avatarUrl: null, isAdmin: false }
const connection: Connection = { address, webAddress: address, token, user: maya }

class TestStorage {
  readonly items = new Map<string, string>()
  getItem = (key: string) => this.items.get(key) ?? null
  setItem = (key: string, text: string) => void this.items.set(key, text)
  removeItem = (key: string) => void this.items.delete(key)
  get written(): string {
    return JSON.stringify([...this.items])
  }
}
/** A browser with storage switched off throws on every use. */
const lockedStorage = new Proxy(
  {},
  {
    get() {
      throw new DOMException('Denied', 'SecurityError')
    },
  },
)

/** What a question comes to that is not sent. */
const noToken = { kind: 'unauthorized', reason: 'no-token' }

const bearerOf = (request: Request) => request.headers.get('authorization')?.replace('Bearer ', '')

let tab: TestStorage
let local: TestStorage

beforeEach(() => {
  tab = new TestStorage()
  local = new TestStorage()
  vi.stubGlobal('sessionStorage', tab)
  vi.stubGlobal('localStorage', local)
})

afterEach(() => {
  signOut()
  vi.unstubAllGlobals()
})

function signedIn(): Extract<Session, { state: 'signed-in' }> {
  const session = getSession()
  if (session.state !== 'signed-in') throw new Error('Nobody is signed in')
  return session
}

describe('signing in', () => {
  test('opens the API and tells who listens', () => {
    const listener = vi.fn()
    const stop = onSessionChange(listener)
    signIn(connection)
    expect(signedIn()).toMatchObject({ connection, renewal: 'none' })
    expect(listener).toHaveBeenCalledTimes(1)
    signOut()
    expect(getSession()).toEqual({ state: 'signed-out' })
    expect(listener).toHaveBeenCalledTimes(2)
    stop()
    signIn(connection)
    expect(listener).toHaveBeenCalledTimes(2)
  })

  test.each<readonly [string, Partial<Connection>, boolean]>([
    ['the same user keeps the API, and so all that was loaded', { token: 'glpat-new' }, true],
    ['so does one who is called otherwise by now', { user: { ...maya, name: 'M.' } }, true],
    ['another user has an API of his own', { user: { ...maya, id: 3 } }, false],
    ['another GitLab has one', { address: 'https://other.example' }, false],
  ])('again: %s', (_rule, changes, same) => {
    signIn(connection)
    const before = signedIn().api
    signIn({ ...connection, ...changes })
    expect(signedIn().api === before).toBe(same)
    expect(signedIn().api.id === before.id).toBe(same)
    expect(signedIn().connection).toEqual({ ...connection, ...changes })
  })

  test('after signing out shares nothing with before, even for the same user', () => {
    signIn(connection)
    const before = signedIn().api.id
    signOut()
    signIn(connection)
    expect(signedIn().api.id).not.toBe(before)
  })

  test('remembers the address for the next visit, and the token nowhere', () => {
    expect(recall('address')).toBe('')
    signIn(connection)
    expect(recall('address')).toBe(address)
    signOut()
    expect(recall('address')).toBe(address)
    expect(local.written + tab.written).not.toContain(token)
  })

  test('works where storage is switched off', () => {
    vi.stubGlobal('sessionStorage', lockedStorage)
    vi.stubGlobal('localStorage', lockedStorage)
    signIn(connection, { keepForTab: true })
    expect(signedIn().connection).toEqual(connection)
    expect(isKeptForTab()).toBe(false)
    expect(recall('address')).toBe('')
    resumeSession()
    signOut()
    expect(getSession().state).toBe('signed-out')
  })
})

describe('keeping the token for the tab', () => {
  /** What a reload leaves: the storage, and nobody signed in. */
  function reload() {
    const kept = new Map(tab.items)
    signOut()
    for (const [key, text] of kept) tab.setItem(key, text)
    resumeSession()
  }

  test('survives a reload, and the next one', () => {
    signIn(connection, { keepForTab: true })
    reload()
    expect(signedIn().connection).toEqual(connection)
    expect(isKeptForTab()).toBe(true)
    reload()
    expect(signedIn().connection).toEqual(connection)
    expect(local.written).not.toContain(token)
  })

  test.each<readonly [string, () => void]>([
    ['never asked for', () => signIn(connection)],
    [
      'no longer asked for',
      () => {
        signIn(connection, { keepForTab: true })
        signIn(connection)
      },
    ],
    [
      'ended by signing out',
      () => {
        signIn(connection, { keepForTab: true })
        signOut()
      },
    ],
  ])('%s: nothing is kept', (_rule, act) => {
    act()
    expect(isKeptForTab()).toBe(false)
    expect(tab.written).not.toContain(token)
    reload()
    expect(getSession().state).toBe('signed-out')
  })

  test('ends with the time that a tab may be without input, also while it was put away', () => {
    for (const [left, state] of [
      [1_000, 'signed-in'],
      [-1_000, 'signed-out'],
    ] as const) {
      signIn(connection, { keepForTab: true })
      tab.setItem('idle-end', String(Date.now() + left))
      reload()
      expect(getSession().state).toBe(state)
    }
    expect(tab.written).toBe('[]')
  })

  test('what cannot be read is nothing', () => {
    tab.setItem('connection', '{')
    resumeSession()
    expect(getSession().state).toBe('signed-out')
  })
})

describe('a token that GitLab refuses by now', () => {
  const refused = () =>
    vi.stubGlobal('fetch', async () =>
      Response.json({ message: '401 Unauthorized' }, { status: 401 }),
    )
  const ask = () => signedIn().api.jobTokenScope(1, new AbortController().signal)

  test('asks to sign in again, once, and the page stays', async () => {
    refused()
    signIn(connection)
    const { api } = signedIn()
    await expect(ask()).rejects.toMatchObject({ kind: 'unauthorized' })
    expect(signedIn()).toMatchObject({ renewal: 'asking', connection })
    setRenewal('put-off')
    await expect(ask()).rejects.toMatchObject({ kind: 'unauthorized' })
    expect(signedIn().renewal).toBe('put-off')
    expect(signedIn().api).toBe(api)
  })

  test('gives way to the renewed one at the next call', async () => {
    refused()
    signIn(connection)
    await ask().catch(() => {})
    signIn({ ...connection, token: 'glpat-new' })
    expect(signedIn().renewal).toBe('none')
    const tokens: (string | undefined)[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      tokens.push(bearerOf(request))
      return Response.json({ inbound_enabled: true, outbound_enabled: false })
    })
    await ask()
    expect(tokens).toEqual(['glpat-new'])
  })

  test('and has been renewed meanwhile is refused late: the renewed one does, unasked', async () => {
    signIn(connection)
    const tokens: (string | undefined)[] = []
    vi.stubGlobal('fetch', async (request: Request) => {
      tokens.push(bearerOf(request))
      signIn({ ...connection, token: 'glpat-new' })
      return tokens.length === 1
        ? Response.json({ message: '401 Unauthorized' }, { status: 401 })
        : Response.json({ inbound_enabled: true, outbound_enabled: false })
    })
    await expect(ask()).resolves.toMatchObject({ inboundEnabled: true })
    expect(tokens).toEqual([token, 'glpat-new'])
    expect(signedIn().renewal).toBe('none')
    refused()
    await ask().catch(() => {})
    expect(signedIn().renewal).toBe('asking')
  })

  test('of a session that is over asks for nothing', async () => {
    refused()
    signIn(connection)
    const late = ask()
    signOut()
    await late.catch(() => {})
    expect(getSession()).toEqual({ state: 'signed-out' })
  })
})

describe('a token that is dropped', () => {
  const ask = () => signedIn().api.jobTokenScope(1, new AbortController().signal)

  test('asks to sign in again on the page, which stays, and asks GitLab nothing', async () => {
    const fetch = vi.fn()
    vi.stubGlobal('fetch', fetch)
    signIn(connection)
    const { api } = signedIn()
    dropToken()
    expect(signedIn()).toMatchObject({ api, renewal: 'asking', connection: { token: '' } })
    await expect(ask()).rejects.toMatchObject(noToken)
    setRenewal('put-off')
    await expect(ask()).rejects.toMatchObject(noToken)
    expect(signedIn().renewal).toBe('put-off')
    expect(fetch).not.toHaveBeenCalled()
    signIn({ ...connection, token: 'glpat-new' })
    expect(signedIn()).toMatchObject({ api, renewal: 'none' })
  })

  test('is not kept any more, and the next one is, if it was', () => {
    signIn(connection, { keepForTab: true })
    dropToken()
    expect(tab.written).toBe('[]')
    expect(isKeptForTab()).toBe(true)
    signIn({ ...connection, token: 'glpat-new' }, { keepForTab: isKeptForTab() })
    expect(tab.written).toContain('glpat-new')
  })

  test('by the idle, does not ask again where signing in was put off', () => {
    signIn(connection)
    setRenewal('put-off')
    dropToken()
    expect(signedIn().renewal).toBe('put-off')
  })

  test('of nobody is nothing', () => {
    dropToken()
    expect(getSession()).toEqual({ state: 'signed-out' })
  })
})

describe('a token that came by OAuth', () => {
  const now = Date.parse('2026-01-15T09:00:00Z')
  const oauth = {
    applicationId: 'app',
    scope: 'api',
    expiresAt: now + 7_200_000,
    refreshToken: 'refresh-1',
  }
  const byOAuth: Connection = { ...connection, token: 'access-1', oauth }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now })
  })
  afterEach(() => {
    vi.useRealTimers()
    // Or the sign-out after each test would ask the next one's GitLab.
    signIn(connection)
  })

  type Asked = { path: string; token: string | undefined; body: URLSearchParams }

  /** A GitLab that renews and revokes as `answer` says, and answers everything else. */
  function serve(answer: (asked: Asked) => Response | Promise<Response>) {
    const asked: Asked[] = []
    vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
      const request = new Request(input, init)
      const one = {
        path: request.url.replace(address, ''),
        token: bearerOf(request),
        body: new URLSearchParams(await request.text()),
      }
      asked.push(one)
      return one.path.startsWith('/oauth')
        ? answer(one)
        : Response.json({ inbound_enabled: true, outbound_enabled: false })
    })
    return asked
  }
  const renewed = (number: number) => () =>
    Response.json({
      access_token: `access-${number}`,
      token_type: 'Bearer',
      expires_in: 7200,
      refresh_token: `refresh-${number}`,
      scope: 'api',
    })
  const refuse = () => Response.json({ error: 'invalid_grant' }, { status: 400 })
  const ask = () => signedIn().api.jobTokenScope(1, new AbortController().signal)

  test('is sent as it is until a minute before its end', async () => {
    const asked = serve(refuse)
    signIn(byOAuth)
    vi.setSystemTime(oauth.expiresAt - 60_001)
    await ask()
    expect(asked.map(({ token }) => token)).toEqual(['access-1'])
  })

  test('is renewed then, once for all who ask, and the next time by what came with it', async () => {
    let count = 1
    const asked = serve(() => renewed(++count)())
    signIn(byOAuth, { keepForTab: true })
    const { api } = signedIn()
    vi.setSystemTime(oauth.expiresAt - 60_000)
    await Promise.all([ask(), ask(), ask()])
    expect(asked.map(({ path, token }) => (path.startsWith('/oauth') ? path : token))).toEqual([
      '/oauth/token',
      'access-2',
      'access-2',
      'access-2',
    ])
    expect(Object.fromEntries(asked[0]?.body ?? [])).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
      client_id: 'app',
    })
    vi.setSystemTime(oauth.expiresAt + 7_200_000)
    await ask()
    expect(asked.at(-2)?.body.get('refresh_token')).toBe('refresh-2')
    expect(asked.at(-1)?.token).toBe('access-3')
    expect(signedIn().api).toBe(api)
    expect(tab.written).toContain('refresh-3')
    expect(tab.written).not.toContain('access-2')
  })

  test('is not kept when it is renewed, unless it was', async () => {
    serve(renewed(2))
    signIn(byOAuth)
    vi.setSystemTime(oauth.expiresAt)
    await ask()
    expect(signedIn().connection.token).toBe('access-2')
    expect(tab.written).toBe('[]')
  })

  test('asks to sign in again when GitLab refuses to renew it, and does not try twice', async () => {
    const asked = serve(refuse)
    signIn(byOAuth)
    vi.setSystemTime(oauth.expiresAt)
    await ask()
    expect(signedIn().renewal).toBe('asking')
    await ask()
    expect(asked.filter(({ path }) => path === '/oauth/token')).toHaveLength(1)
  })

  test.each([
    ['does not answer', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['is out of order', () => new Response('', { status: 503 })],
  ])('is sent as it is while GitLab %s, and renewed later', async (_what, answer) => {
    const asked = serve(answer)
    signIn(byOAuth)
    vi.setSystemTime(oauth.expiresAt - 30_000)
    await ask()
    expect(asked.at(-1)?.token).toBe('access-1')
    expect(signedIn().renewal).toBe('none')
    serve(renewed(2))
    await ask()
    expect(signedIn().connection.token).toBe('access-2')
  })

  test('is revoked by signing out; a personal one is not', async () => {
    const asked = serve(() => Response.json({}))
    signIn(byOAuth)
    signOut()
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    expect(asked[0]?.path).toBe('/oauth/revoke')
    expect(Object.fromEntries(asked[0]?.body ?? [])).toEqual({
      client_id: 'app',
      token: 'access-1',
    })
    signIn(connection)
    signOut()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toHaveLength(1)
  })

  test('that arrives after signing out is revoked', async () => {
    const asked = serve((one) => {
      signOut()
      return one.path === '/oauth/token' ? renewed(2)() : Response.json({})
    })
    signIn(byOAuth)
    vi.setSystemTime(oauth.expiresAt)
    await expect(ask()).rejects.toMatchObject(noToken)
    await vi.waitFor(() =>
      expect(asked.map(({ body }) => body.get('token'))).toEqual(
        expect.arrayContaining(['access-1', 'access-2']),
      ),
    )
    expect(getSession()).toEqual({ state: 'signed-out' })
  })

  test('outlives a reload with all that belongs to it, where it is kept', () => {
    signIn(byOAuth, { keepForTab: true })
    const kept = new Map(tab.items)
    serve(() => Response.json({}))
    signOut()
    for (const [key, text] of kept) tab.setItem(key, text)
    resumeSession()
    expect(signedIn().connection).toEqual(byOAuth)
  })

  test('is revoked when it is dropped, with what would fetch the next one', async () => {
    const asked = serve(() => Response.json({}))
    signIn(byOAuth)
    const held = getSession()
    dropToken()
    await vi.waitFor(() => expect(asked.map(({ path }) => path)).toEqual(['/oauth/revoke']))
    expect(asked[0]?.body.get('token')).toBe('access-1')
    vi.setSystemTime(oauth.expiresAt)
    await expect(ask()).rejects.toMatchObject(noToken)
    expect(JSON.stringify([getSession(), held])).not.toMatch(/access-1|refresh-1/)
    dropToken()
    signOut()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toHaveLength(1)
  })

  test('leaves the application for the next visit, and no token', () => {
    serve(() => Response.json({}))
    signIn(byOAuth)
    signOut()
    expect(recall('applicationId')).toBe('app')
    expect(local.written).not.toMatch(/access|refresh/)
  })
})

test('what an earlier session still asks of its GitLab never carries the next one’s token', async () => {
  const sent: (string | undefined)[] = []
  vi.stubGlobal('fetch', async (request: Request) => {
    sent.push(bearerOf(request))
    return Response.json({ inbound_enabled: true, outbound_enabled: false })
  })
  signIn(connection)
  const { api } = signedIn()
  signIn({ ...connection, address: 'https://other.example', token: 'glpat-other' })
  await expect(api.jobTokenScope(1, new AbortController().signal)).rejects.toMatchObject(noToken)
  expect(sent).toEqual([])
})

test.each([
  ['signing out', signOut],
  ['the idle end', dropToken],
])('%s drops the token that the head start holds', (_, end) => {
  signIn(connection, { keepForTab: false })
  globalThis.headStart = { authorization: `Bearer ${token}`, answers: new Map() }
  end()
  expect(globalThis.headStart).toBeUndefined()
})
