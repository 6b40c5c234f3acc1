import { getResponse } from 'msw'
import { describe, expect, test } from 'vitest'
import type { DialChanges } from './dials.ts'
import { createOAuthHandlers } from './oauth.ts'
import { type Answer, openBackend, readAnswer, webRoot } from './test-client.ts'

const redirectUri = 'http://127.0.0.1:4173/connect'
const verifier = 'a-verifier-that-nobody-guesses-and-that-is-long-enough'
// Computed by `printf %s VERIFIER | openssl dgst -sha256 -binary | basenc --base64url`.
const challenge = 'V5gdPaNl2CFpDy4BsSpMmLC6paoiw6Ou5x4w3GefAR4'

const request = {
  response_type: 'code',
  client_id: 'job-token-console',
  redirect_uri: redirectUri,
  scope: 'api',
  state: 'xyz',
  code_challenge: challenge,
  code_challenge_method: 'S256',
}
type Changes = Readonly<Record<string, string>>

function open(dials: DialChanges = {}) {
  const { backend, ask } = openBackend(dials)
  const handlers = createOAuthHandlers(backend)
  const send = async (path: string, init?: RequestInit) => {
    const response = await getResponse(handlers, new Request(`${webRoot}${path}`, init))
    if (!response) throw new Error(`Nobody answers ${path}`)
    return response
  }
  const authorizePath = (changes: Changes) =>
    `/oauth/authorize?${new URLSearchParams({ ...request, ...changes })}`
  const consent = async (answer: 'authorize' | 'deny', changes: Changes = {}, as = 'owner') => {
    const body = new URLSearchParams({ answer, as })
    const response = await send(authorizePath(changes), { method: 'POST', body })
    expect(response.status).toBe(302)
    return new URL(response.headers.get('location') ?? '')
  }
  const post = async (path: string, body: Changes): Promise<Answer> =>
    readAnswer(await send(path, { method: 'POST', body: new URLSearchParams(body) }))
  const token = (body: Changes) => post('/oauth/token', { client_id: 'job-token-console', ...body })
  const exchange = (code: string, changes: Changes = {}) =>
    token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      ...changes,
    })
  const refresh = (refreshToken: string) =>
    token({ grant_type: 'refresh_token', refresh_token: refreshToken })
  const signIn = async (changes: Changes = {}) =>
    tokensOf(await exchange((await consent('authorize', changes)).searchParams.get('code') ?? ''))
  /** Sends a request with an access token. `openBackend` itself only knows the tokens of roles. */
  const api = async (accessToken: string, line = 'GET /user', body?: unknown) => {
    const [path = '', query] = (line.split(' ')[1] ?? '').split('?')
    return ask(`${line.split(' ')[0]} ${path}?access_token=${accessToken}${query ?? ''}`, {
      as: '',
      body,
    })
  }
  const show = async (changes: Changes = {}) => readAnswer(await send(authorizePath(changes)))
  return { backend, show, consent, post, token, exchange, refresh, signIn, api, send }
}

function tokensOf({ status, body }: Answer) {
  expect(status).toBe(200)
  return body as { access_token: string; refresh_token: string; scope: string }
}

const invalidGrant = { status: 400, body: { error: 'invalid_grant' } }
const errorOf = (answer: Answer) => ({
  status: answer.status,
  body: { error: (answer.body as { error: string }).error },
})

describe('asking for consent', () => {
  test('shows a page that says what is wanted, and lets choose who signs in', async () => {
    const { body } = await open().show({ scope: 'read_api' })
    expect(body).toContain('Read the API on your behalf')
    expect(body).toContain('Omar Haddad (@omar), owner')
  })

  test('asks as the role of the dial, where there is one', async () => {
    const { show, consent, exchange, api } = open({ as: 'developer' })
    expect((await show()).body).not.toContain('<select')
    const code = (await consent('authorize')).searchParams.get('code') ?? ''
    const { access_token } = tokensOf(await exchange(code))
    expect((await api(access_token)).body).toMatchObject({ username: 'devi' })
  })

  test.each([
    ['another application', { client_id: 'other' }],
    ['another address', { redirect_uri: 'https://evil.example/connect' }],
    [
      'an address that only begins alike',
      { redirect_uri: 'http://127.0.0.1.evil.example/connect' },
    ],
    ['no address', { redirect_uri: '' }],
  ])('%s is refused on the spot, and nobody is sent anywhere', async (_what, changes) => {
    const answer = await open().show(changes)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('location')).toBeNull()
  })

  test.each([
    ['another kind of answer', { response_type: 'token' }, 'unsupported_response_type'],
    ['a scope that the application has not', { scope: 'sudo' }, 'invalid_scope'],
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ])('%s is sent back with an error', async (_what, changes, error) => {
    const { status, headers } = await open().show(changes)
    expect(status).toBe(302)
    const { origin, searchParams } = new URL(headers.get('location') ?? '')
    expect(origin).toBe('http://127.0.0.1:4173')
    expect(Object.fromEntries(searchParams)).toMatchObject({ error, state: 'xyz' })
  })

  test('what the request says cannot become a part of the page', async () => {
    const { body } = await open().show({ client_id: '<script>', redirect_uri: '<script>' })
    expect(body).not.toContain('<script>')
  })

  test('a refusal goes back as one', async () => {
    const { searchParams } = await open().consent('deny')
    expect(Object.fromEntries(searchParams)).toMatchObject({ error: 'access_denied', state: 'xyz' })
    expect(searchParams.has('code')).toBe(false)
  })
})

describe('a code', () => {
  test('becomes a token of who agreed, for two hours', async () => {
    const { consent, exchange, api } = open()
    const { searchParams } = await consent('authorize')
    expect(searchParams.get('state')).toBe('xyz')
    const answer = await exchange(searchParams.get('code') ?? '')
    expect(answer.body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 7200,
      scope: 'api',
      created_at: 1_768_467_600,
    })
    expect((await api(tokensOf(answer).access_token)).body).toMatchObject({ username: 'omar' })
  })

  test('is good for one use', async () => {
    const { consent, exchange } = open()
    const code = (await consent('authorize')).searchParams.get('code') ?? ''
    expect((await exchange(code)).status).toBe(200)
    expect(errorOf(await exchange(code))).toEqual(invalidGrant)
  })

  test.each([
    ['another verifier', { code_verifier: `${verifier}x` }],
    ['no verifier', { code_verifier: '' }],
    ['another redirect URI', { redirect_uri: 'http://127.0.0.1:4174/connect' }],
  ])('is refused with %s, and used up by that', async (_what, changes) => {
    const { consent, exchange } = open()
    const code = (await consent('authorize')).searchParams.get('code') ?? ''
    expect(errorOf(await exchange(code, changes))).toEqual(invalidGrant)
    expect(errorOf(await exchange(code))).toEqual(invalidGrant)
  })

  test('is refused to another application', async () => {
    const { consent, exchange } = open()
    const code = (await consent('authorize')).searchParams.get('code') ?? ''
    expect(errorOf(await exchange(code, { client_id: 'other' }))).toEqual({
      status: 401,
      body: { error: 'invalid_client' },
    })
  })

  test('lives ten minutes', async () => {
    const { backend, consent, exchange } = open()
    const code = (await consent('authorize')).searchParams.get('code') ?? ''
    backend.turn({ now: '2026-01-15T09:10:00Z' })
    expect(errorOf(await exchange(code))).toEqual(invalidGrant)
  })
})

describe('a token', () => {
  test('ends after two hours', async () => {
    const { backend, signIn, api } = open()
    const { access_token } = await signIn()
    backend.turn({ now: '2026-01-15T10:59:59Z' })
    expect((await api(access_token)).status).toBe(200)
    backend.turn({ now: '2026-01-15T11:00:00Z' })
    expect(await api(access_token)).toMatchObject({
      status: 401,
      body: {
        error: 'invalid_token',
        error_description: 'Token is expired. You can either do re-authorization or token refresh.',
      },
    })
  })

  test('with read_api cannot write', async () => {
    const { signIn, api } = open()
    const { access_token } = await signIn({ scope: 'read_api' })
    expect((await api(access_token, 'GET /projects/1/job_token_scope')).status).toBe(200)
    expect(
      await api(access_token, 'PATCH /projects/1/job_token_scope', { enabled: false }),
    ).toMatchObject({ status: 403, body: { error: 'insufficient_scope', scope: 'api' } })
  })

  test('is refreshed even after its end, and the one before is over', async () => {
    const { backend, signIn, refresh, api } = open()
    const first = await signIn()
    backend.turn({ now: '2026-01-15T12:00:00Z' })
    const second = tokensOf(await refresh(first.refresh_token))
    expect(second.access_token).not.toBe(first.access_token)
    expect((await api(second.access_token)).status).toBe(200)
    expect((await api(first.access_token)).status).toBe(401)
  })

  test('is refreshed once', async () => {
    const { signIn, refresh } = open()
    const { refresh_token } = await signIn()
    expect((await refresh(refresh_token)).status).toBe(200)
    expect(errorOf(await refresh(refresh_token))).toEqual(invalidGrant)
  })

  test.each(['access_token', 'refresh_token'] as const)(
    'is over, with its refresh token, when its %s is revoked',
    async (name) => {
      const { signIn, post, refresh, api } = open()
      const tokens = await signIn()
      const answer = await post('/oauth/revoke', {
        client_id: 'job-token-console',
        token: tokens[name],
      })
      expect(answer).toMatchObject({ status: 200, body: {} })
      expect(await api(tokens.access_token)).toMatchObject({
        status: 401,
        body: { error_description: 'Token was revoked. You have to re-authorize from the user.' },
      })
      expect(errorOf(await refresh(tokens.refresh_token))).toEqual(invalidGrant)
    },
  )
})

test('faults reach the token endpoint', async () => {
  const { signIn, refresh } = open({ fault: 'POST /oauth/token 503 1' })
  expect((await refresh('oauth-refresh-1')).status).toBe(503)
  await signIn()
})
