import { getResponse } from 'msw'
import { describe, expect, test } from 'vitest'
import { Backend } from './backend.ts'
import { openBackend, pluck, readAnswer, webRoot } from './test-client.ts'

const list = '/projects/1/job_token_scope/allowlist'
const remove = `DELETE ${list}/2`
const links = ({ gitlab }: ReturnType<typeof openBackend>['backend']) =>
  gitlab.projects.get(1)?.scope.projectLinks.length

describe('a fault before the operation', () => {
  test.each([
    [401, { message: '401 Unauthorized' }],
    [403, { message: '403 Forbidden' }],
    [404, { message: '404 Not Found' }],
    [409, { message: '409 Conflict: Resource lock' }],
    [418, { message: '418 Error' }],
    [
      429,
      {
        message: {
          error: 'This endpoint has been requested too many times. Try again later.',
        },
      },
    ],
    [500, { message: '500 Internal Server Error' }],
  ])('%d has the body of GitLab, and nothing is written', async (status, body) => {
    const { ask, backend } = openBackend({ fault: `DELETE /allowlist/2 ${status}` })
    const answer = await ask(remove)
    expect(answer).toMatchObject({ status, body })
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '1' : null)
    expect(links(backend)).toBe(1)
  })

  test.each([
    ['502', 502, '502 Bad Gateway'],
    ['503', 503, '503 Service Unavailable'],
    ['504', 504, '504 Gateway Timeout'],
    ['html', 200, 'Sign in'],
  ])('%s shows the page of a proxy', async (effect, status, title) => {
    const { ask, backend } = openBackend({ fault: `* /allowlist ${effect}` })
    const answer = await ask(remove)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(answer.body).toContain(`<h1>${title}</h1>`)
    expect(links(backend)).toBe(1)
  })

  test('no-route answers as for an address that the API does not have', async () => {
    const { ask, backend } = openBackend({ fault: 'DELETE /allowlist/2 no-route' })
    expect(await ask(remove)).toMatchObject({ status: 404, body: { error: '404 Not Found' } })
    expect(links(backend)).toBe(1)
  })

  test('timeout never answers', async () => {
    const { ask, backend } = openBackend({ fault: 'DELETE /allowlist timeout' })
    const slow = new Promise((resolve) => setTimeout(() => resolve('still waiting'), 60))
    expect(await Promise.race([ask(remove), slow])).toBe('still waiting')
    expect(links(backend)).toBe(1)
  })

  test('abort closes the connection', async () => {
    const { backend, handlers } = openBackend({ fault: 'DELETE /allowlist abort' })
    expect((await send(handlers))?.type).toBe('error')
    expect(links(backend)).toBe(1)
  })
})

describe('a fault after the operation', () => {
  test('lost has written, keeps it in the journal, and closes the connection', async () => {
    const { backend, handlers } = openBackend({ fault: 'DELETE /allowlist lost' })
    expect((await send(handlers))?.type).toBe('error')
    expect(links(backend)).toBe(0)
    expect(backend.journal).toHaveLength(1)
  })

  test('truncated cuts the body in half', async () => {
    const whole = await openBackend().ask(`GET ${list}`)
    const { ask } = openBackend({ fault: 'GET /allowlist truncated' })
    const { status, body } = await ask(`GET ${list}`)
    const text = JSON.stringify(whole.body)
    expect(status).toBe(200)
    expect(body).toBe(text.slice(0, text.length / 2))
  })

  test('empty is 200 and no body', async () => {
    const { ask } = openBackend({ fault: 'GET /allowlist empty' })
    expect(await ask(`GET ${list}`)).toMatchObject({ status: 200, body: '' })
  })

  test.each([
    [`GET ${list}`, 200, { unexpected: true }],
    ['GET /user', 200, ['unexpected']],
    [remove, 200, ['unexpected']],
  ])('wrong-type is JSON of another shape for %s', async (line, status, body) => {
    const { ask } = openBackend({ fault: '* / wrong-type' })
    expect(await ask(line)).toMatchObject({ status, body })
  })
})

describe('a fault that answers too much', () => {
  test('endless says after each page of a list that there is one more, and no totals', async () => {
    const { ask } = openBackend({ fault: 'GET /allowlist endless' })
    const first = await ask(`GET ${list}`)
    expect(first.body).toHaveLength(2)
    expect(first.headers.get('x-next-page')).toBe('2')
    expect(first.headers.get('x-total')).toBeNull()
    expect(first.headers.get('x-total-pages')).toBeNull()
    const second = await ask(`GET ${list}?page=2`)
    expect(second.body).toEqual([])
    expect(second.headers.get('x-next-page')).toBe('3')
  })

  test('endless does so by GraphQL', async () => {
    const { query } = openBackend({ fault: 'POST /projectsAllowlist endless' })
    const { body } = await query(`{
      project(fullPath: "acme/storefront") {
        ciJobTokenScopeAllowlist { projectsAllowlist { pageInfo { hasNextPage } nodes { createdAt } } }
      }
    }`)
    expect(JSON.stringify(body)).toContain('"hasNextPage":true')
  })

  test('twice lists the last entry once more, with other permissions', async () => {
    const { ask } = openBackend({ fault: 'GET /allowlist twice' })
    const { body } = await ask(`GET ${list}`)
    expect(pluck(body, 'id')).toEqual([1, 2, 2])
    expect(pluck(body, 'default_permissions')).toEqual([true, true, false])
  })

  test('huge is the answer and 20 MB', async () => {
    const { handlers } = openBackend({ fault: 'GET /allowlist huge' })
    const request = new Request(`${webRoot}/api/v4${list}`, {
      headers: { 'private-token': 'glpat-maintainer' },
    })
    const text = await (await getResponse(handlers, request))?.text()
    expect(text).toHaveLength(20_000_000)
    expect(JSON.parse(text ?? '')).toHaveLength(2)
  })
})

test.each([
  ['429', '1'],
  ['429:0', '0'],
  ['429:-3', '-3'],
  ['429:soon', 'soon'],
  ['429:', ''],
  ['429:Thu,%2015%20Jan%202026%2009:00:00%20GMT', 'Thu, 15 Jan 2026 09:00:00 GMT'],
])('%s is refused with Retry-After "%s"', async (effect, header) => {
  const { ask } = openBackend({ fault: `GET /user ${effect}` })
  const { status, headers } = await ask('GET /user')
  expect({ status, header: headers.get('retry-after') }).toEqual({ status: 429, header })
})

test('403 says why', async () => {
  const { ask } = openBackend({ fault: 'GET /user 403:Your%20account%20has%20been%20blocked.' })
  const answer = await ask('GET /user')
  expect({ status: answer.status, body: answer.body }).toEqual({
    status: 403,
    body: { message: '403 Forbidden - Your account has been blocked.' },
  })
})

test('304 has no body', async () => {
  const { ask } = openBackend({ fault: 'GET /user 304' })
  expect(await ask('GET /user')).toMatchObject({ status: 304, body: '' })
})

describe('a fault fits', () => {
  test('only its method and its part of the decoded address with the query', async () => {
    const { ask } = openBackend({ fault: 'GET acme/storefront 500; GET page=2 404' })
    expect((await ask('GET /projects/acme%2Fstorefront')).status).toBe(500)
    expect((await ask('GET /projects/1')).status).toBe(200)
    expect((await ask('GET /projects?page=2')).status).toBe(404)
    expect((await ask('PUT /projects/acme%2Fstorefront?page=2', { body: {} })).status).toBe(400)
  })

  test('as often as it says, then never; without a number for ever', async () => {
    const { ask, backend } = openBackend({ fault: 'GET /user 503 2; GET /version 500' })
    const statuses = []
    for (let n = 0; n < 3; n += 1) statuses.push((await ask('GET /user')).status)
    expect(statuses).toEqual([503, 503, 200])
    expect((await ask('GET /version')).status).toBe(500)
    expect(backend.faults).toEqual([
      { fault: 'GET /user 503 2', left: 0 },
      { fault: 'GET /version 500', left: null },
    ])
  })

  test('from the k-th to the n-th time, whatever other faults hit in between', async () => {
    const fault = 'GET /user 503 2..3; GET /user 500 3..4; GET /version 404 1..1'
    const { ask, backend } = openBackend({ fault })
    const statuses = []
    for (let n = 0; n < 6; n += 1) statuses.push((await ask('GET /user')).status)
    expect(statuses).toEqual([200, 503, 503, 500, 200, 200])
    expect((await ask('GET /version')).status).toBe(404)
    expect((await ask('GET /version')).status).toBe(200)
    expect(backend.faults.map(({ left }) => left)).toEqual([0, 0, 0])
  })

  test('delays add up and leave the answer alone', async () => {
    const { ask } = openBackend({ fault: '* / delay:30; GET /user delay:30', latency: 30 })
    const start = performance.now()
    expect((await ask('GET /user')).status).toBe(200)
    expect(performance.now() - start).toBeGreaterThanOrEqual(85)
  })
})

describe('a journal with a limit', () => {
  const write = (body: object) => ({ method: 'PUT', path: '/v4/x', body: { ...body }, token: null })
  const open = (entries: number, characters: number) =>
    new Backend({ dials: {}, webRoot, mostJournal: { entries, characters } })
  const kept = ({ journal }: Backend) => journal.map(({ body }) => body.n)

  test('of entries keeps the newest, and counts the others', () => {
    const backend = open(3, 10_000)
    for (let n = 1; n <= 5; n += 1) backend.record(write({ n }))
    expect(kept(backend)).toEqual([3, 4, 5])
    expect(backend.forgotten).toBe(2)
    backend.reset()
    backend.record(write({ n: 6 }))
    expect(kept(backend)).toEqual([6])
    expect(backend.forgotten).toBe(0)
  })

  test('of characters keeps as many as fit, and always the last', () => {
    const backend = open(100, 1000)
    for (let n = 1; n <= 5; n += 1) backend.record(write({ n, much: 'x'.repeat(300) }))
    expect(kept(backend)).toEqual([4, 5])
    backend.record(write({ n: 6, much: 'x'.repeat(3000) }))
    expect(kept(backend)).toEqual([6])
  })

  test('is none unless told: a replay needs all of it', () => {
    const backend = new Backend({ dials: {}, webRoot })
    for (let n = 1; n <= 2000; n += 1) backend.record(write({ n }))
    expect(backend.journal).toHaveLength(2000)
  })
})

describe('turning dials', () => {
  test('who asks, latency, faults and the clock keep what was written', async () => {
    const { ask, backend } = openBackend()
    await ask(remove)
    backend.turn({ as: 'guest', latency: 1, fault: 'GET /x 500', now: '2026-03-01T00:00:00.000Z' })
    expect(links(backend)).toBe(0)
    await ask(`POST ${list}`, { body: { target_project_id: 6 } })
    expect(backend.gitlab.projects.get(1)?.scope.projectLinks[0]?.addedAt).toBe(
      '2026-03-01T00:00:00.000Z',
    )
    backend.turn({ now: null })
    expect(backend.gitlab.now).toBe('2026-01-15T09:00:00.000Z')
  })

  test.each([{ api: 'gitlab' }, { scenario: 'empty' }] as const)(
    '%j starts over',
    async (dials) => {
      const { ask, backend } = openBackend()
      await ask(remove)
      backend.turn(dials)
      expect(backend.journal).toEqual([])
      expect(links(backend)).toBe('scenario' in dials ? 0 : 1)
    },
  )

  test('a request without a token is nobody, or who the dial says', async () => {
    const { ask, backend } = openBackend()
    expect((await ask('GET /user', { as: '' })).status).toBe(401)
    backend.turn({ as: 'developer' })
    expect((await ask('GET /user', { as: '' })).body).toMatchObject({ username: 'devi' })
    expect((await ask('GET /user', { as: 'guest' })).body).toMatchObject({ username: 'gus' })
  })
})

test.each([
  ['PRIVATE-TOKEN', { headers: { 'private-token': 'glpat-owner' } }, ''],
  ['Authorization', { headers: { authorization: 'Bearer glpat-owner' } }, ''],
  ['private_token', {}, '?private_token=glpat-owner'],
  ['access_token', {}, '?access_token=glpat-owner'],
])('a token is taken from %s', async (_place, init, query) => {
  const { handlers } = openBackend()
  const response = await getResponse(handlers, new Request(`${webRoot}/api/v4/user${query}`, init))
  expect(response && (await readAnswer(response)).body).toMatchObject({ username: 'omar' })
})

test.each([
  ['maintainer', 'api'],
  ['maintainer-read-api', 'read_api'],
])('the token of %s says that it may %s', async (as, scope) => {
  const { ask } = openBackend()
  const { body } = await ask('GET /personal_access_tokens/self', { as })
  expect(body).toMatchObject({ scopes: [scope], user_id: 2, active: true })
})

test('a crash in the mock is not dressed up as an answer of GitLab', async () => {
  const { ask, gitlab } = openBackend()
  Object.assign(gitlab, { users: undefined })
  await expect(ask(`GET ${list}`)).rejects.toThrow(TypeError)
})

function send(handlers: ReturnType<typeof openBackend>['handlers']) {
  const request = new Request(`${webRoot}/api/v4${list}/2`, {
    method: 'DELETE',
    headers: { 'private-token': 'glpat-maintainer' },
  })
  return getResponse(handlers, request)
}
