import { getResponse } from 'msw'
import { expect, test } from 'vitest'
import { openDemo } from './demo.ts'
import type { DialChanges } from './dials.ts'
import { pluck, readAnswer } from './test-client.ts'

function createStorage() {
  const texts = new Map<string, string>()
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    texts,
  }
}

const list = '/projects/1/job_token_scope/allowlist'

/** Opens the demo as one page load of a tab does. */
async function load(storage: ReturnType<typeof createStorage>, dials: DialChanges = {}) {
  const { mock, handlers } = await openDemo({
    dials: { scenario: 'contract', ...dials },
    storage,
  })
  const ask = async (method: string, path: string, body?: unknown, jobToken?: string) => {
    const request = new Request(`http://localhost:5173/api/v4${path}`, {
      method,
      headers: {
        ...(jobToken ? { 'job-token': jobToken } : { 'private-token': `glpat-${mock.dials.as}` }),
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const response = await getResponse(handlers, request)
    if (!response) throw new Error(`Nobody answers ${path}`)
    return response.type === 'error' ? 'no answer' : readAnswer(response)
  }
  const listed = async () => {
    const answer = await ask('GET', list)
    return answer === 'no answer' ? answer : pluck(answer.body, 'id')
  }
  return { mock, ask, listed }
}

test('the page is told what is stored', async () => {
  const { handlers } = await openDemo({
    dials: { scenario: 'gitlab-19-1', fault: '* / 500' },
    storage: createStorage(),
  })
  const response = await getResponse(handlers, new Request('http://localhost:5173/-/mock'))
  expect(await response?.json()).toMatchObject({
    dials: { scenario: 'gitlab-19-1', as: 'maintainer', api: 'rest' },
    state: { projects: expect.arrayContaining([expect.objectContaining({ id: 1 })]) },
  })
})

test('what was written is there after a reload, refusals are not', async () => {
  const storage = createStorage()
  const first = await load(storage)
  await first.ask('POST', list, { target_project_id: 6 })
  await first.ask('POST', list, { target_project_id: 999 })
  await first.ask('DELETE', `${list}/2`)
  const again = await load(storage)
  expect(await again.listed()).toEqual([1, 6])
  const third = await load(storage)
  expect(await third.listed()).toEqual([1, 6])
})

test('what jobs did is in the log after a reload, their reads included', async () => {
  const storage = createStorage()
  const first = await load(storage)
  await first.ask('POST', list, { target_project_id: 7 })
  await first.ask('GET', '/projects/1/jobs', undefined, 'project-7')
  await first.ask('POST', '/projects/1/deployments', undefined, 'project-7')
  const again = await load(storage)
  const log = await again.ask('GET', '/projects/1/job_token_scope/authorizations')
  expect(log).toMatchObject({
    body: [
      {
        origin_project: { id: 7 },
        job_token_policies: ['READ_JOBS', 'ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'],
      },
      {},
      {},
      {},
    ],
  })
})

test('a reload replays without latency, without faults, and as who wrote', async () => {
  const storage = createStorage()
  const owner = await load(storage, { as: 'owner' })
  await owner.ask('DELETE', `${list}/2`)
  const guest = await load(storage, { as: 'guest', latency: 60_000, fault: '* / 500' })
  guest.mock.applyDials({ scenario: 'contract' })
  expect(await guest.listed()).toEqual([1])
})

test('a lost write was written, also after a reload', async () => {
  const storage = createStorage()
  const first = await load(storage, { fault: 'DELETE /allowlist lost' })
  expect(await first.ask('DELETE', `${list}/2`)).toBe('no answer')
  expect(await (await load(storage)).listed()).toEqual([1])
})

test.each([{ scenario: 'legacy' }, { api: 'gitlab' }] as const)(
  'an address with %j starts fresh',
  async (dials) => {
    const storage = createStorage()
    const first = await load(storage)
    await first.ask('DELETE', `${list}/2`)
    expect(await (await load(storage, dials)).listed()).toContain(2)
    expect(await (await load(storage)).listed()).toContain(2)
  },
)

test('dials turned in place keep the state, or start fresh, by the same rule', async () => {
  const tab = await load(createStorage())
  await tab.ask('DELETE', `${list}/2`)
  tab.mock.applyDials({ scenario: 'contract', as: 'owner', latency: 1 })
  expect(tab.mock.dials).toMatchObject({ as: 'owner', latency: 1, scenario: 'contract' })
  expect(await tab.listed()).toEqual([1])
  tab.mock.applyDials({ scenario: 'contract', api: 'gitlab' })
  expect(await tab.listed()).toEqual([1, 2])
})

test('time passes without a loss, also over a reload', async () => {
  const storage = createStorage()
  const tab = await load(storage)
  await tab.ask('DELETE', `${list}/2`)
  const later = { scenario: 'contract', now: '2026-05-01T00:00:00.000Z' } as const
  tab.mock.applyDials(later)
  await tab.ask('POST', list, { target_project_id: 6 })
  const again = await load(storage, later)
  expect(await again.ask('GET', list)).toMatchObject({
    body: [{ id: 1 }, { id: 6, added_at: later.now }],
  })
  expect(await (await load(storage)).listed()).toEqual([1, 6])
})

test('a dial that an address leaves out is as its scenario has it', async () => {
  const { mock } = await openDemo({ dials: { scenario: 'gitlab-18-0' }, storage: createStorage() })
  expect(mock.dials.api).toBe('gitlab')
  mock.applyDials({ scenario: 'gitlab-18-0', latency: 300 })
  expect(mock.dials).toMatchObject({ api: 'gitlab', latency: 300 })
  mock.applyDials({ scenario: 'contract' })
  expect(mock.dials).toMatchObject({ api: 'rest', latency: 0 })
})

test('a fault that is used up stays so while the address keeps it', async () => {
  const tab = await load(createStorage(), { fault: 'GET /user 500 1' })
  expect(await tab.ask('GET', '/user')).toMatchObject({ status: 500 })
  tab.mock.applyDials({ scenario: 'contract', fault: 'GET /user 500 1', as: 'owner' })
  expect(await tab.ask('GET', '/user')).toMatchObject({ status: 200 })
})

test('a reset forgets what was written, for good', async () => {
  const storage = createStorage()
  const tab = await load(storage)
  await tab.ask('DELETE', `${list}/2`)
  tab.mock.reset()
  expect(await tab.listed()).toEqual([1, 2])
  expect(await (await load(storage)).listed()).toEqual([1, 2])
})

test.each([
  'nonsense',
  '{"world":1}',
  '{"world":{"scenario":"contract","now":null,"api":"rest"},"journal":[{"method":"DELETE","path":"/nowhere","body":{},"token":"glpat-owner","at":"2026-01-15T09:00:00.000Z"}]}',
])('what another version kept is dropped: %s', async (text) => {
  const storage = createStorage()
  await (await load(storage)).ask('DELETE', `${list}/2`)
  for (const key of storage.texts.keys()) storage.texts.set(key, text)
  expect(await (await load(storage)).listed()).toEqual([1, 2])
})

test('the demo is the maintainer on the default scenario unless told', async () => {
  const { mock } = await openDemo({ dials: {}, storage: createStorage() })
  expect(mock.dials).toMatchObject({ as: 'maintainer', scenario: 'default' })
  expect(mock.actor()).toMatchObject({ id: 2, username: 'maya', admin: false })
  mock.applyDials({ as: 'admin' })
  expect(mock.actor()).toMatchObject({ id: 1, username: 'root', admin: true })
  expect(mock.scenarios.map(({ name }) => name)).toContain('large')
})
