import { afterEach, describe, expect, test, vi } from 'vitest'
import { proxyOf, readConfig } from './config.ts'

const base = 'https://console.example/tools/'

afterEach(() => vi.unstubAllGlobals())

/** Reads what a server answers. */
function read(answer: Response | Error, from = base) {
  const fetch = vi.fn((_address: URL) =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer),
  )
  vi.stubGlobal('fetch', fetch)
  return { fetch, result: readConfig(from) }
}

const readJson = (value: unknown) => read(Response.json(value)).result

const html = { headers: { 'content-type': 'text/html; charset=utf-8' } }

test('is beside index.html, wherever that is', async () => {
  const { fetch, result } = read(Response.json({}))
  await result
  expect(String(fetch.mock.calls[0]?.[0])).toBe('https://console.example/tools/config.json')
})

describe('what it says', () => {
  test.each([
    ['nothing', {}, {}],
    [
      'a GitLab, which then is where its API is',
      { gitlabUrl: 'https://gitlab.example.com/' },
      { gitlabUrl: 'https://gitlab.example.com', apiUrl: 'https://gitlab.example.com' },
    ],
    [
      'an API of its own address',
      { gitlabUrl: 'https://gitlab.example.com', apiUrl: 'https://api.example/gitlab/api/v4' },
      { gitlabUrl: 'https://gitlab.example.com', apiUrl: 'https://api.example/gitlab' },
    ],
    [
      'an API behind a proxy of the console’s own origin',
      { gitlabUrl: 'https://gitlab.example.com', apiUrl: '/' },
      { gitlabUrl: 'https://gitlab.example.com', apiUrl: 'https://console.example' },
    ],
    [
      'an API beside the console',
      { gitlabUrl: 'https://gitlab.example.com', apiUrl: './gitlab/' },
      { gitlabUrl: 'https://gitlab.example.com', apiUrl: 'https://console.example/tools/gitlab' },
    ],
    ['an application', { applicationId: ' abc ' }, { applicationId: 'abc' }],
    ['how long a session lasts without input', { idleMinutes: 7.5 }, { idleMinutes: 7.5 }],
    ['that it never ends', { idleMinutes: 0 }, { idleMinutes: 0 }],
    ['what another version knows', { colour: 'green' }, {}],
  ])('%s', async (_what, file, config) => {
    expect(await readJson(file)).toEqual({ ok: true, config })
  })
})

test.each([
  ['nowhere, where nothing is said', {}, undefined],
  ['nowhere, where only GitLab is named', { gitlabUrl: 'https://gitlab.example.com' }, undefined],
  [
    'nowhere, where the API is GitLab’s own',
    { gitlabUrl: 'https://gitlab.example.com/', apiUrl: 'https://gitlab.example.com/api/v4' },
    undefined,
  ],
  [
    'through the console’s own server',
    { gitlabUrl: 'https://gitlab.example.com', apiUrl: '/' },
    'console.example',
  ],
  [
    'through another one',
    { gitlabUrl: 'https://gitlab.example.com', apiUrl: 'https://api.example:8443/' },
    'api.example:8443',
  ],
])('what the console asks of GitLab passes %s', async (_where, file, host) => {
  const read = await readJson(file)
  expect(read.ok && proxyOf(read.config)).toBe(host)
})

describe('none', () => {
  test.each([
    ['a server without it', new Response('Not found', { status: 404 })],
    ['a server that answers everything with the page', new Response('<!doctype html>', html)],
  ])('%s', async (_what, answer) => {
    expect(await read(answer).result).toEqual({ ok: true, config: {} })
  })
})

describe('broken', () => {
  test.each([
    ['no network', new TypeError('Failed to fetch'), 'unreachable'],
    ['a server out of order', new Response('', { status: 503 }), 'unreachable'],
    ['no JSON', new Response('{'), 'not-json'],
    ['a list', Response.json([]), 'not-json'],
    ['a number for an address', Response.json({ gitlabUrl: 1 }), 'gitlabUrl'],
    ['no address', Response.json({ gitlabUrl: '' }), 'gitlabUrl'],
    ['another scheme', Response.json({ gitlabUrl: 'ftp://gitlab.example' }), 'gitlabUrl'],
    ['a script', Response.json({ gitlabUrl: 'javascript:alert(1)' }), 'gitlabUrl'],
    [
      'an API of another scheme',
      Response.json({ gitlabUrl: 'https://gitlab.example', apiUrl: 'javascript:alert(1)' }),
      'apiUrl',
    ],
    ['an API of no GitLab', Response.json({ apiUrl: '/' }), 'apiUrl'],
    ['an empty application id', Response.json({ applicationId: ' ' }), 'applicationId'],
    ['an application id that is a number', Response.json({ applicationId: 7 }), 'applicationId'],
    ['minutes below zero', Response.json({ idleMinutes: -1 }), 'idleMinutes'],
    ['minutes in words', Response.json({ idleMinutes: '60' }), 'idleMinutes'],
  ])('%s', async (_what, answer, problem) => {
    expect(await read(answer).result).toEqual({ ok: false, problem })
  })
})
