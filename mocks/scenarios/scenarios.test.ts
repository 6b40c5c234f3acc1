import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dialsFromRecord } from '../dials.ts'
import { projectLevel } from '../gitlab/access.ts'
import { openBackend, pluck } from '../test-client.ts'
import { scenarioNames, scenarios } from './scenarios.ts'

test('names are unique, and each has a purpose, an address and valid dials', () => {
  expect(new Set(scenarioNames).size).toBe(scenarios.length)
  for (const { purpose, address, dials } of scenarios) {
    expect(purpose).not.toBe('')
    expect(address).toMatch(/^\//)
    expect(dialsFromRecord({ ...dials })).toEqual(dials)
  }
})

test.each(scenarios)('README.md says what $name is for', ({ name, purpose }) => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  expect(readme).toContain(`| \`${name}\` | ${purpose} |`)
})

test.each(scenarioNames)('%s can be read whole by its maintainer', async (scenario) => {
  const { ask } = openBackend({ scenario, api: 'rest' })
  for (const path of ['', '/allowlist', '/groups_allowlist', '/authorizations']) {
    const answer = await ask(`GET /projects/1/job_token_scope${path}?per_page=100`)
    const isMissing = scenario === 'gitlab-17-5' && path === '/authorizations'
    expect(answer.status).toBe(isMissing ? 404 : 200)
  }
})

describe('contract', () => {
  const { gitlab, ask } = openBackend({ scenario: 'contract' })

  test('users', () => {
    const names = [...gitlab.users.values()].map(({ id, username }) => [id, username])
    expect(names).toEqual([
      [1, 'root'],
      [2, 'maya'],
      [3, 'omar'],
      [4, 'devi'],
      [5, 'gus'],
      [6, 'sam'],
    ])
  })

  test('groups and projects', () => {
    const shown = [...gitlab.groups.values(), ...gitlab.projects.values()].map(
      ({ id, fullPath, visibility }) => `${id} ${fullPath} ${visibility}`,
    )
    expect(shown).toEqual([
      '10 acme private',
      '11 acme/platform private',
      '12 partners public',
      '13 secret-society private',
      '14 acme/mobile private',
      '15 partners/tools public',
      '1 acme/storefront private',
      '2 acme/platform/deploy-tools private',
      '3 partners/sdk public',
      '4 secret-society/vault private',
      '5 acme/archive private',
      '6 partners/tools/cli public',
      '7 acme/mobile/app private',
    ])
    expect([...gitlab.projects.values()].filter(({ archived }) => archived)).toHaveLength(1)
    expect(gitlab.projects.get(5)?.archived).toBe(true)
  })

  test.each([
    ['owner', [50, 50, 0, 0, 50, 0, 50]],
    ['maintainer', [40, 20, 0, 0, 20, 0, 20]],
    ['developer', [30, 30, 0, 0, 30, 0, 30]],
    ['guest', [10, 10, 0, 0, 10, 0, 10]],
    ['stranger', [0, 0, 0, 0, 0, 0, 0]],
  ] as const)('levels of the %s in projects 1 to 7', (role, levels) => {
    const projects = [...gitlab.projects.values()]
    expect(projects.map((project) => projectLevel(gitlab.roles[role], project))).toEqual(levels)
  })

  test.each(['owner', 'maintainer', 'developer', 'guest', 'stranger'])(
    'the secret society is hidden from the %s',
    async (as) => {
      expect((await ask('GET /projects/4', { as })).status).toBe(404)
      expect((await ask('GET /groups/13', { as })).status).toBe(404)
    },
  )

  test('the panel', async () => {
    expect((await ask('GET /projects/1/job_token_scope')).body).toEqual({
      inbound_enabled: true,
      outbound_enabled: false,
    })
    const projects = await ask('GET /projects/1/job_token_scope/allowlist')
    expect(pluck(projects.body, 'id')).toEqual([1, 2])
    expect(pluck(projects.body, 'default_permissions')).toEqual([true, true])
    const groups = await ask('GET /projects/1/job_token_scope/groups_allowlist')
    expect(groups.body).toMatchObject([
      { id: 12, default_permissions: false, job_token_policies: ['READ_JOBS', 'READ_PACKAGES'] },
    ])
    const log = await ask('GET /projects/1/job_token_scope/authorizations')
    expect(pluck(log.body, 'origin_project')).toMatchObject([{ id: 2 }, { id: 6 }, { id: 3 }])
    expect(pluck(log.body, 'job_token_policies')).toEqual([
      ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'],
      ['READ_PACKAGES'],
      ['READ_JOBS'],
    ])
  })

  test('version and clock', () => {
    expect(gitlab.version).toBe('18.3.0-ee')
    expect(gitlab.now).toBe('2026-01-15T09:00:00.000Z')
    expect(gitlab.enforcesAllowlist).toBe(false)
  })
})

describe('default', () => {
  const { ask, gitlab } = openBackend({ scenario: 'default' })

  test('lists 30 projects and 10 groups, one of them hidden, and not itself', async () => {
    const { projectLinks, groupLinks } = gitlab.projects.get(1)?.scope ?? {}
    expect([projectLinks?.length, groupLinks?.length]).toEqual([30, 10])
    const { body } = await ask('GET /projects/1/job_token_scope/allowlist?per_page=100')
    expect(pluck(body, 'accessible').filter((accessible) => !accessible)).toHaveLength(1)
    expect(projectLinks?.some(({ targetId }) => targetId === 1)).toBe(false)
  })

  test('gives the maintainer more projects than fit on a page', async () => {
    const { headers } = await ask('GET /projects?min_access_level=40')
    expect(headers.get('x-total')).toBe('29')
  })
})

test.each([
  ['single', 1, 0],
  ['below-limit', 199, 0],
  ['at-limit', 200, 200],
  ['large', 9000, 1000],
] as const)('%s lists %d projects and %d groups', async (scenario, projects, groups) => {
  const { ask } = openBackend({ scenario })
  const list = '/projects/1/job_token_scope'
  const own = 1
  expect((await ask(`GET ${list}/allowlist`)).headers.get('x-total')).toBe(String(projects + own))
  expect((await ask(`GET ${list}/groups_allowlist?per_page=100`)).headers.get('x-total')).toBe(
    String(groups),
  )
})

test('log-1000 logs 1,000 projects within 30 days, some hidden', async () => {
  const { ask, gitlab } = openBackend({ scenario: 'log-1000' })
  const log = 'GET /projects/1/job_token_scope/authorizations?per_page=100'
  const { body, headers } = await ask(log)
  expect(headers.get('x-total')).toBe('1000')
  const origins = new Set(
    gitlab.projects.get(1)?.scope.authorizations.map(({ originId }) => originId),
  )
  expect(origins.size).toBe(1000)
  const addresses = pluck(pluck(body, 'origin_project'), 'web_url')
  expect(addresses.filter((address) => address === null)).toHaveLength(3)
  const [oldest] = pluck((await ask(`${log}&page=10`)).body, 'last_authorized_at').slice(-1)
  expect(Date.parse(gitlab.now) - Date.parse(String(oldest))).toBeLessThan(30 * 86_400_000)
})

test('hostile paths are as long as GitLab lets them be', () => {
  const { gitlab } = openBackend({ scenario: 'hostile' })
  expect(gitlab.groups.get(21)?.path).toHaveLength(255)
})

describe('mixed', () => {
  const entries = openBackend({ scenario: 'mixed' }).gitlab.projects.get(1)?.scope
  const links = [...(entries?.projectLinks ?? []), ...(entries?.groupLinks ?? [])]
  const { groups, projects } = openBackend({ scenario: 'mixed' }).gitlab
  const pathOf = (id: number) => (projects.get(id) ?? groups.get(id))?.fullPath ?? ''
  const below = links.filter(({ targetId }) => pathOf(targetId).startsWith('partners/'))

  test('has 137 of 200 entries below partners/, 11 of them with default permissions', () => {
    expect([links.length, below.length]).toEqual([200, 137])
    expect(below.filter(({ defaultPermissions }) => defaultPermissions)).toHaveLength(11)
  })

  test('has hidden ones and refused ones among them', async () => {
    const { ask } = openBackend({ scenario: 'mixed' })
    const list = 'GET /projects/1/job_token_scope/allowlist?per_page=100'
    const pages = [await ask(list), await ask(`${list}&page=2`)].flatMap(({ body }) => body)
    expect(pluck(pages, 'accessible').filter((accessible) => !accessible)).toHaveLength(2)
    const refused = below.filter(({ policies }) => policies.includes('READ_CONTAINERS'))
    expect(refused).toHaveLength(3)
  })
})

test('conflicts changes a third of the list between its first and its second reading', async () => {
  const { ask } = openBackend({ scenario: 'conflicts' })
  const list = '/projects/1/job_token_scope'
  async function read() {
    await ask(`GET ${list}/groups_allowlist?per_page=100`)
    const { body } = await ask(`GET ${list}/allowlist?per_page=100`)
    return pluck(body, 'job_token_policies').map(String)
  }
  const [first, second, third] = [await read(), await read(), await read()]
  expect(first.filter((policies) => policies === 'READ_PACKAGES')).toHaveLength(12)
  expect(second.filter((policies) => policies === 'READ_PACKAGES,READ_JOBS')).toHaveLength(4)
  expect(third).toEqual(second)
})

test('refusals refuses to change a third of the list', async () => {
  const { ask, gitlab } = openBackend({ scenario: 'refusals' })
  const links = gitlab.projects.get(1)?.scope.projectLinks ?? []
  const statuses = []
  for (const { targetId, policies } of links) {
    const address = `/projects/1/job_token_scope/allowlist/${targetId}`
    const body = { default_permissions: false, job_token_policies: [...policies, 'READ_JOBS'] }
    statuses.push((await ask(`PUT ${address}`, { body })).status)
  }
  expect(statuses.filter((status) => status === 400)).toHaveLength(4)
  expect(statuses.filter((status) => status === 200)).toHaveLength(8)
})
