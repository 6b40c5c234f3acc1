import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { runnerImport } from 'vite'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { dialNames } from './dial-names.ts'
import { controlHelp } from './help.ts'
import { main } from './main.ts'
import { scenarioNames } from './scenarios/scenarios.ts'
import { type MockServer, startServer } from './server.ts'
import { pluck } from './test-client.ts'

let server: MockServer
beforeAll(async () => {
  server = await startServer({ port: 0, dials: { scenario: 'contract' } })
})
afterAll(() => server.close())

const list = '/api/v4/projects/1/job_token_scope/allowlist'
const maintainer = { 'private-token': 'glpat-maintainer' }
const json = { ...maintainer, 'content-type': 'application/json' }

const get = (path: string, headers: Record<string, string> = maintainer) =>
  fetch(server.url + path, { headers })

test('addresses in answers are its own, worlds included', async () => {
  const plain = await (await get('/api/v4/projects/1')).json()
  expect(plain).toMatchObject({ web_url: `${server.url}/acme/storefront` })
  const response = await get(`/w/links${list}?per_page=1`)
  expect(await response.json()).toMatchObject([
    { web_url: `${server.url}/w/links/acme/storefront` },
  ])
  expect(response.headers.get('link')).toContain(`<${server.url}/w/links${list}?per_page=1&page=2>`)
})

describe('any origin', () => {
  test('is let in without credentials and sees the paging headers, not Retry-After', async () => {
    const { headers } = await get(list, { ...maintainer, origin: 'https://console.example' })
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('access-control-expose-headers')).toBe(
      'Link, X-Total, X-Total-Pages, X-Per-Page, X-Page, X-Next-Page, X-Prev-Page',
    )
  })

  test.each(['/api/v4/user', '/api/v4/nowhere', '/api/graphql', '/nowhere'])(
    'is let in to errors, too: %s',
    async (path) => {
      const response = await get(path, {})
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
    },
  )

  test('may ask first', async () => {
    const response = await fetch(`${server.url}${list}/2`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://console.example',
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'private-token,content-type',
      },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-methods')).toContain('DELETE')
    expect(response.headers.get('access-control-allow-headers')).toBe('private-token,content-type')
    expect(await response.text()).toBe('')
  })
})

test('HEAD answers as GET without the body', async () => {
  const response = await fetch(server.url + list, { method: 'HEAD', headers: maintainer })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-total')).toBe('2')
  expect(await response.text()).toBe('')
})

test.each([
  [
    'urlencoded',
    new URLSearchParams([
      ['target_project_id', '6'],
      ['default_permissions', 'false'],
      ['job_token_policies[]', 'READ_JOBS'],
      ['job_token_policies[]', 'READ_RELEASES'],
    ]),
  ],
  [
    'multipart',
    multipart({
      target_project_id: '6',
      default_permissions: 'false',
      'job_token_policies[]': ['READ_JOBS', 'READ_RELEASES'],
    }),
  ],
])('a %s form is read', async (kind, body) => {
  const response = await fetch(`${server.url}/w/${kind}${list}`, {
    method: 'POST',
    headers: maintainer,
    body,
  })
  expect(response.status).toBe(201)
  expect(await response.json()).toEqual({
    source_project_id: 1,
    target_project_id: 6,
    default_permissions: false,
    job_token_policies: ['READ_JOBS', 'READ_RELEASES'],
  })
})

function multipart(fields: Record<string, string | string[]>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) form.append(name, one)
  }
  return form
}

test.each([
  ['JSON', json],
  ['multipart', { ...maintainer, 'content-type': 'multipart/form-data; boundary=x' }],
])('malformed %s is a 400 of Grape', async (_kind, headers) => {
  const response = await fetch(server.url + list, { method: 'POST', headers, body: '{' })
  expect(response.status).toBe(400)
  expect(await response.json()).toEqual({ error: 'message body does not match declared format' })
})

test('a write without content is 204', async () => {
  const response = await fetch(`${server.url}/w/remove${list}/2`, {
    method: 'DELETE',
    headers: maintainer,
  })
  expect(response.status).toBe(204)
  expect(await response.text()).toBe('')
})

describe('a write with a name, the Idempotency-Key of the permissions extension', () => {
  /** Opens a world of its own, with these dials. */
  async function open(name: string, dials: object = {}) {
    const world = `${server.url}/w/named-${name}`
    const turn = (changes: object) =>
      fetch(`${world}/-/mock`, { method: 'PUT', body: JSON.stringify(changes) })
    await turn(dials)
    const remove = (key: string | undefined, path = `${list}/2`) =>
      fetch(world + path, {
        method: 'DELETE',
        headers: { ...maintainer, ...(key && { 'idempotency-key': key }) },
      })
    const writes = async () => {
      const { journal } = await (await fetch(`${world}/-/mock`)).json()
      return journal.length
    }
    return { world, turn, remove, writes }
  }

  test('is done once, and answered again as at first, though its answer was lost', async () => {
    const { turn, remove, writes } = await open('lost')
    await turn({ fault: 'DELETE /allowlist/2 lost 1' })
    await expect(remove('one')).rejects.toThrow()
    expect((await remove('one')).status).toBe(204)
    expect((await remove('one')).status).toBe(204)
    expect(await writes()).toBe(1)
    // The same write under another key, and without one, runs again.
    expect((await remove('two')).status).toBe(400)
    expect((await remove(undefined)).status).toBe(400)
  })

  test('that was refused is looked at anew', async () => {
    const { remove, writes } = await open('refused')
    expect((await remove('one', `${list}/6`)).status).toBe(400)
    expect((await remove('one')).status).toBe(204)
    expect(await writes()).toBe(1)
  })

  test('cannot be another write', async () => {
    const { remove, writes } = await open('other')
    expect((await remove('one')).status).toBe(204)
    const answer = await remove('one', '/api/v4/projects/1/job_token_scope/groups_allowlist/12')
    expect(answer.status).toBe(422)
    expect(await writes()).toBe(1)
  })

  test('is one of its world, until that starts over', async () => {
    const { world, remove, writes } = await open('world')
    const other = await open('world-2')
    expect((await remove('one')).status).toBe(204)
    expect((await other.remove('one')).status).toBe(204)
    expect(await other.writes()).toBe(1)
    await fetch(`${world}/-/mock/reset`, { method: 'POST' })
    expect((await remove('one')).status).toBe(204)
    expect(await writes()).toBe(1)
  })

  test('is nothing special to a stock GitLab', async () => {
    const { remove } = await open('stock', { api: 'gitlab' })
    expect((await remove('one')).status).toBe(204)
    expect((await remove('one')).status).toBe(400)
  })

  test('may come from any origin', async () => {
    const { headers } = await fetch(`${server.url}${list}/2`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://console.example',
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'authorization,idempotency-key',
      },
    })
    expect(headers.get('access-control-allow-headers')).toContain('idempotency-key')
  })
})

test.each(['abort', 'lost'])('%s closes the connection without an answer', async (effect) => {
  const world = `${server.url}/w/${effect}`
  await fetch(`${world}/-/mock`, {
    method: 'PUT',
    body: JSON.stringify({ fault: `DELETE /allowlist ${effect}` }),
  })
  await expect(
    fetch(`${world}${list}/2`, { method: 'DELETE', headers: maintainer }),
  ).rejects.toThrow()
  const left = await (await fetch(world + list, { headers: maintainer })).json()
  expect(pluck(left, 'id')).toEqual(effect === 'lost' ? [1] : [1, 2])
})

test('a client may give up on an answer that never comes, and the server still closes', async () => {
  const other = await startServer({ port: 0, dials: { fault: '* / timeout' } })
  const signal = AbortSignal.timeout(50)
  await expect(fetch(`${other.url}/api/v4/user`, { signal })).rejects.toThrow()
  await other.close()
  await expect(fetch(`${other.url}/-/mock`)).rejects.toThrow()
})

describe('worlds', () => {
  test('do not see each other', async () => {
    await fetch(`${server.url}/w/one${list}/2`, { method: 'DELETE', headers: maintainer })
    const ids = async (prefix: string) => pluck(await (await get(prefix + list)).json(), 'id')
    expect(await ids('/w/one')).toEqual([1])
    expect(await ids('/w/two')).toEqual([1, 2])
    expect(await ids('')).toEqual([1, 2])
  })

  test('have dials of their own', async () => {
    const control = `${server.url}/w/dials/-/mock`
    const turned = await fetch(control, {
      method: 'PUT',
      body: JSON.stringify({ scenario: 'empty', as: 'owner', latency: 1 }),
    })
    expect(await turned.json()).toMatchObject({
      dials: { scenario: 'empty', as: 'owner', latency: 1 },
    })
    const user = await (await get('/w/dials/api/v4/user', {})).json()
    expect(user).toMatchObject({ username: 'omar' })
    expect((await get('/api/v4/user', {})).status).toBe(401)
  })
})

describe('the control address', () => {
  test('shows dials, clock, faults, state and journal', async () => {
    const world = `${server.url}/w/shown`
    await fetch(`${world}${list}/2`, { method: 'DELETE', headers: maintainer })
    const response = await fetch(`${world}/-/mock`)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toMatchObject({
      dials: { scenario: 'contract', as: null },
      scenario: { name: 'contract', address: '/projects/1/settings/ci_cd' },
      now: '2026-01-15T09:00:00.000Z',
      faults: [],
      state: {
        version: '18.3.0-ee',
        roles: { maintainer: 'maya' },
        counts: { users: 6 },
        projects: [{ id: 1, full_path: 'acme/storefront', allowlist: [] }],
        groups: [],
      },
      journal: [
        {
          method: 'DELETE',
          path: '/v4/projects/1/job_token_scope/allowlist/2',
          token: 'glpat-maintainer',
        },
      ],
    })
  })

  test('tells what is stored, whatever the API, faults and latency', async () => {
    const world = `${server.url}/w/stored`
    const dials = { api: 'gitlab', fault: 'GET / 500', latency: 60_000 }
    await fetch(`${world}/-/mock`, { method: 'PUT', body: JSON.stringify(dials) })
    const { state } = await (await fetch(`${world}/-/mock`)).json()
    expect(state.projects).toEqual([
      {
        id: 1,
        full_path: 'acme/storefront',
        inbound_enabled: true,
        outbound_enabled: false,
        ci_push_repository_for_job_token_allowed: false,
        ci_cross_project_push_for_job_token_allowed: false,
        allowlist: [
          {
            id: 2,
            full_path: 'acme/platform/deploy-tools',
            default_permissions: true,
            job_token_policies: [],
            added_by: 'omar',
            added_at: '2025-10-06T08:30:00.000Z',
          },
        ],
        groups_allowlist: [
          {
            id: 12,
            full_path: 'partners',
            default_permissions: false,
            job_token_policies: ['READ_JOBS', 'READ_PACKAGES'],
            added_by: 'maya',
            added_at: '2025-11-18T13:05:00.000Z',
          },
        ],
        outbound_allowlist: [],
        authorizations: [
          expect.objectContaining({
            origin_project_id: 2,
            last_authorized_at: '2026-01-14T17:42:00.000Z',
            job_token_policies: ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'],
          }),
          expect.objectContaining({ origin_project_id: 6 }),
          expect.objectContaining({ origin_project_id: 3 }),
        ],
      },
    ])
  })

  test('starts a world over', async () => {
    const world = `${server.url}/w/over`
    await fetch(`${world}${list}/2`, { method: 'DELETE', headers: maintainer })
    await fetch(`${world}/-/mock/reset`, { method: 'POST' })
    expect(pluck(await (await get(`/w/over${list}`)).json(), 'id')).toEqual([1, 2])
  })

  test.each([
    ['{"scenario":"nope"}', 'Unknown scenario "nope"'],
    ['{"fault":"GET"}', 'Fault "GET": expected'],
    ['{"speed":1}', 'Unknown dial "speed"'],
    ['{', 'Expected an object in JSON'],
    ['3', 'Expected an object in JSON'],
  ])('refuses %s and keeps its dials', async (body, error) => {
    const control = `${server.url}/w/refusing/-/mock`
    const response = await fetch(control, { method: 'PUT', body })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringContaining(error) })
    expect(await (await fetch(control)).json()).toMatchObject({ dials: { scenario: 'contract' } })
  })

  test('explains itself, with the address of the world', async () => {
    const answer = await get('/w/any/-/mock/help')
    expect(answer.headers.get('content-type')).toBe('text/plain')
    expect(await answer.text()).toContain(`curl -X POST ${server.url}/w/any/-/mock/reset\n`)
  })

  test('is shown in the kit’s README with the same examples', () => {
    const curl = /^ *(curl .*)$/gm
    const examples = [...controlHelp('http://127.0.0.1:4010').matchAll(curl)].map(([, one]) => one)
    expect(examples.length).toBeGreaterThan(5)
    const readme = readFileSync(new URL('../kit/README.md', import.meta.url), 'utf8')
    expect(readme).toContain(`\n${examples.join('\n')}\n`)
  })

  test('has no other verbs or addresses', async () => {
    expect((await fetch(`${server.url}/-/mock`, { method: 'DELETE' })).status).toBe(405)
    expect((await get('/-/mock/other')).status).toBe(404)
  })
})

describe('what is no request to a GitLab', () => {
  /** Sends bytes unchanged, as no browser would, and reads the whole answer. */
  function raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.end(text))
      let said = ''
      socket.on('data', (data) => {
        said += data
      })
      socket.on('close', () => resolve(said))
      socket.on('error', reject)
    })
  }
  const request = (line: string, host = '127.0.0.1', headers = '') =>
    raw(`${line} HTTP/1.1\r\nHost: ${host}\r\n${headers}Connection: close\r\n\r\n`)

  test.each([
    ['a path that is not encoded', 'GET /api/v4/projects/%zz', '127.0.0.1', 400],
    ['half a letter in a path', 'GET /api/v4/projects/%E3%81', '127.0.0.1', 400],
    ['a path of the control address that is not encoded', 'GET /-/mock/%zz', '127.0.0.1', 400],
    ['a world that is not encoded', 'GET /w/%zz/api/v4/user', '127.0.0.1', 400],
    ['no path', 'GET *', '127.0.0.1', 400],
    ['a path without a slash', 'GET api/v4/user', '127.0.0.1', 400],
    ['an address of another host', 'GET http://evil.example/api/v4/user', '127.0.0.1', 400],
    ['a host with a space', 'GET /api/v4/user', 'a b', 400],
    ['a host that is none', 'GET /api/v4/user', ':::', 400],
    ['a host with a path', 'GET /api/v4/user', 'a/b', 400],
    ['a host with a user', 'GET /api/v4/user', 'a@b', 400],
    ['a port that is none', 'GET /api/v4/user', '127.0.0.1:99999999', 400],
    ['TRACE', 'TRACE /api/v4/user', '127.0.0.1', 405],
    ['TRACE of the control address', 'TRACE /-/mock', '127.0.0.1', 405],
    ['a method of files', 'PROPFIND /api/v4/user', '127.0.0.1', 405],
    ['TRACK', 'TRACK /api/v4/user', '127.0.0.1', 400],
    ['no HTTP', 'nonsense', '127.0.0.1', 400],
  ])('%s is refused without a word in the log', async (_what, line, host, status) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const said = await request(line, host)
    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(said).not.toContain('    at ')
    expect(log).not.toHaveBeenCalled()
    log.mockRestore()
  })

  test('a query that is not encoded is GitLab’s concern', async () => {
    expect((await get(`${list}?search=%zz`)).status).toBe(200)
  })

  const deep = (start: string, end: string) => start.repeat(50_000) + end.repeat(50_000)
  test.each([
    [
      'a GraphQL document',
      'POST',
      '/api/graphql',
      JSON.stringify({ query: '{a'.repeat(50_000) }),
      200,
    ],
    ['JSON for GitLab', 'PUT', '/api/v4/projects/1', deep('{"a":[', ']}'), 400],
    [
      'variables of GraphQL',
      'POST',
      '/api/graphql',
      `{"query":"query($a: ID!) { project(fullPath: $a) { id } }","variables":{"a":${deep('[', ']')}}}`,
      400,
    ],
    ['a dial', 'PUT', '/-/mock', `{"scenario":${deep('[', ']')}}`, 400],
  ])('%s that is nested without end is refused', async (_what, method, path, body, status) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const answer = await fetch(server.url + path, { method, headers: json, body })
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain('error')
    expect(log).not.toHaveBeenCalled()
    log.mockRestore()
  })
})

describe('a body of more than 1 MB', () => {
  const large = JSON.stringify({ description: 'x'.repeat(1_000_000) })
  const chunked = () =>
    new ReadableStream({
      start(controller) {
        for (let part = 0; part < 20; part += 1)
          controller.enqueue(new Uint8Array(100_000).fill(32))
        controller.close()
      },
    })

  test.each([
    ['to GitLab', '/api/v4/projects/1', 'PUT'],
    ['to its GraphQL', '/api/graphql', 'POST'],
    ['to its OAuth', '/oauth/token', 'POST'],
    ['to the control address', '/-/mock', 'PUT'],
  ])('%s is 413', async (_what, path, method) => {
    for (const body of [large, chunked()]) {
      const answer = await fetch(server.url + path, {
        method,
        headers: json,
        body,
        ...(typeof body !== 'string' && { duplex: 'half' }),
      })
      expect(answer.status).toBe(413)
    }
    expect((await get('/api/v4/projects/1')).status).toBe(200)
  })

  test('up to that it is taken', async () => {
    const answer = await fetch(`${server.url}/w/large/api/v4/projects/1`, {
      method: 'PUT',
      headers: json,
      body: '{}'.padEnd(1_000_000),
    })
    expect(answer.status).toBe(400) // nothing to change, as in GitLab
  })

  test('is not waited for when its length says so', async () => {
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.write('PUT /-/mock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999\r\n\r\n{'),
      )
      socket.once('data', (data) => {
        resolve(String(data))
        socket.destroy()
      })
      socket.once('error', reject)
    })
    expect(said).toMatch(/^HTTP\/1.1 413 /)
  })
})

describe('who may turn the dials', () => {
  const turn = (base: string, headers: Record<string, string>, method = 'PUT', below = '') =>
    new Promise<number | undefined>((resolve, reject) => {
      // `node:http`, because `fetch` sets Host and Origin by itself.
      const sent = httpRequest(`${base}/w/turned/-/mock${below}`, { method, headers }, (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      sent.on('error', reject)
      sent.end(method === 'PUT' ? '{"latency":0}' : undefined)
    })

  test.each([
    ['a page of this machine', { origin: 'http://localhost:5173' }],
    ['another one', { origin: 'https://127.0.0.1:8443' }],
    ['one by IPv6', { origin: 'http://[::1]:3000' }],
    ['one by a name of this machine', { origin: 'http://console.localhost' }],
    ['no page', {}],
    ['by the name of this machine', { host: 'localhost:4010' }],
    ['by its IPv6 address', { host: '[::1]:4010' }],
  ])('%s', async (_who, headers: Record<string, string>) => {
    expect(await turn(server.url, headers)).toBe(200)
  })

  const foreign: readonly (readonly [string, Record<string, string>])[] = [
    ['a page elsewhere', { origin: 'https://evil.example' }],
    ['one that hides where it is from', { origin: 'null' }],
    ['one whose name looks like this machine', { origin: 'http://localhost.evil.example' }],
    ['one whose name begins as an address does', { origin: 'http://127.0.0.1.evil.example' }],
    ['a name that was led to this machine', { host: 'evil.example' }],
    ['that name at our port', { host: 'evil.example:4010' }],
  ]
  test.each(foreign)('not %s', async (_who, headers) => {
    for (const method of ['PUT', 'GET', 'POST', 'OPTIONS', 'DELETE']) {
      expect(await turn(server.url, headers, method)).toBe(403)
    }
    for (const below of ['/reset', '/help', '/openapi.json', '/none']) {
      expect(await turn(server.url, headers, 'GET', below)).toBe(403)
    }
    const { dials } = await (await fetch(`${server.url}/w/turned/-/mock`)).json()
    expect(dials).toMatchObject({ scenario: 'contract' })
  })

  test.each(foreign)('%s, where the server was told to let everybody', async (_who, headers) => {
    const open = await startServer({ port: 0, openControl: true })
    expect(await turn(open.url, headers)).toBe(200)
    await open.close()
  })

  test('GitLab itself lets every origin in, as before', async () => {
    const { status } = await get(list, { ...maintainer, origin: 'https://evil.example' })
    expect(status).toBe(200)
  })
})

describe('what is kept', () => {
  test('are so many worlds: those that were not used for longest go, the one without a name never', async () => {
    const own = await startServer({ port: 0, mostWorlds: 3 })
    const latency = async (name: string) =>
      (await (await fetch(`${own.url}${name}/-/mock`)).json()).dials.latency
    const turn = (name: string) =>
      fetch(`${own.url}${name}/-/mock`, { method: 'PUT', body: '{"latency":1}' })
    for (const name of ['', '/w/a', '/w/b', '/w/c']) await turn(name)
    expect(await latency('/w/a')).toBe(1)
    await turn('/w/d')
    expect(await latency('/w/a')).toBe(1)
    expect(await latency('/w/c')).toBe(1)
    expect(await latency('')).toBe(1)
    expect(await latency('/w/b')).toBe(0)
    await own.close()
  })

  test('are the newest writes of each, up to 1 MB', async () => {
    const own = await startServer({ port: 0, dials: { scenario: 'contract' } })
    for (let n = 0; n < 3; n += 1) {
      await fetch(`${own.url}/api/v4/projects/1/job_token_scope`, {
        method: 'PATCH',
        headers: json,
        body: JSON.stringify({ enabled: true, n, much: 'x'.repeat(600_000) }),
      })
    }
    const { journal, journal_forgotten } = await (await fetch(`${own.url}/-/mock`)).json()
    expect(journal).toMatchObject([{ body: { n: 2 } }])
    expect(journal_forgotten).toBe(2)
    await own.close()
  })
})

describe('the command line', () => {
  async function run(...argv: string[]) {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    const log = vi.spyOn(console, 'log').mockImplementation(() => {})
    const before = process.exitCode
    try {
      await main(argv)
      return {
        code: process.exitCode,
        errors: error.mock.calls.flat(),
        lines: log.mock.calls.flat(),
      }
    } finally {
      process.exitCode = before
      vi.restoreAllMocks()
    }
  }

  test.each([
    [['--scenario', 'nope'], 'mock-api: Unknown scenario "nope", expected one of'],
    [['--as', 'king'], 'mock-api: Unknown as "king"'],
    [['--port', 'http'], 'mock-api: Unknown port "http", expected a number from 0 to 65535'],
    [['--fault', 'GET'], 'mock-api: Fault "GET": expected'],
    [['--bogus'], "mock-api: Unknown option '--bogus'"],
  ])('refuses %j in one line', async (argv, message) => {
    const { code, errors } = await run(...argv)
    expect(code).toBe(1)
    expect(errors).toEqual([expect.stringContaining(message)])
    expect(String(errors[0])).not.toContain('\n')
  })

  test('refuses a taken port', async () => {
    const { code, errors } = await run('--port', String(server.port))
    expect(code).toBe(1)
    expect(errors).toEqual([expect.stringMatching(/^mock-api: The port is taken/)])
  })

  test('names every flag, scenario and control address in its help', async () => {
    const { code, lines } = await run('--help')
    expect(code).toBeUndefined()
    const help = lines.join('\n')
    const flags = [...dialNames, 'port', 'open-control', 'openapi', 'help']
    for (const name of flags) expect(help).toContain(`  --${name} `)
    for (const name of scenarioNames) expect(help).toMatch(new RegExp(`[ ,]${name}(,|\\n)`))
    for (const path of ['/-/mock', '/-/mock/reset', '/-/mock/openapi.json']) {
      expect(help).toContain(`http://127.0.0.1:4010${path}\n`)
    }
    for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
  })

  test('prints the routes as OpenAPI', async () => {
    const { code, lines } = await run('--openapi')
    expect(code).toBeUndefined()
    expect(JSON.parse(lines.join(''))).toMatchObject({ openapi: '3.1.1', paths: {} })
  })
})

test('the command answers GraphQL and job tokens, too, though Vite imports nothing more once it runs', async () => {
  const { module } = await runnerImport<typeof import('./server.ts')>('./mocks/server.ts', {
    configFile: false,
  })
  const own = await module.startServer({ port: 0, dials: { scenario: 'gitlab-18-0' } })
  const query = '{ project(fullPath: "acme/storefront") { id } }'
  const response = await fetch(`${own.url}/w/any/api/graphql`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ query }),
  })
  expect(await response.json()).toEqual({ data: { project: { id: 'gid://gitlab/Project/1' } } })
  const job = await fetch(`${own.url}/w/any/api/v4/projects/1/packages`, {
    headers: { 'job-token': 'project-2' },
  })
  expect(await job.json()).toEqual({ endpoint: 'GET /projects/:id/packages' })
  await own.close()
})
