// Both sides under test: the requests of the API layer and the answers of the simulated GitLab.

import { getResponse } from 'msw'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createGitLabApi } from '../src/api/gitlab.ts'
import type { GitLabApi } from '../src/api/gitlab-api.ts'
import { createHttp } from '../src/api/http.ts'
import { arrange, countStored, type Target } from '../src/domain/allowlist.ts'
import { fromSelection, offeredResources, toSelection } from '../src/domain/permissions.ts'
import type { Backend } from './backend.ts'
import type { DialChanges } from './dials.ts'
import { openBackend, webRoot } from './test-client.ts'

const { signal } = new AbortController()
const ignore = () => {}

/** The console's API against a simulated GitLab, as the Maintainer by default. */
function open(dials: DialChanges = {}, as = 'maintainer'): { api: GitLabApi; backend: Backend } {
  const { backend, handlers } = openBackend(dials)
  vi.stubGlobal('fetch', async (request: Request) => {
    const response = await getResponse(handlers, request)
    if (!response) throw new Error(`Nobody answers ${request.method} ${request.url}`)
    // A browser reports a broken connection as a TypeError.
    if (response.type === 'error') throw new TypeError('Failed to fetch')
    return response
  })
  const http = createHttp({ address: webRoot, token: () => as && `glpat-${as}` })
  return { api: createGitLabApi('test', webRoot, http), backend }
}

afterEach(() => vi.unstubAllGlobals())

const project = (id: number): Target => ({ ...unknown, kind: 'project', id })
const group = (id: number): Target => ({ ...unknown, kind: 'group', id })
const unknown = { name: '', fullPath: '', avatarUrl: null, webUrl: '' }
const inherited = { defaultPermissions: true, policies: [] }
const fine = (...policies: string[]) => ({ defaultPermissions: false, policies })

/** The allowlist of project 1 in short form: `group partners: READ_JOBS`. */
async function listed(api: GitLabApi): Promise<string[]> {
  const { entries } = await api.listEntries(1, signal, ignore)
  return arrange(entries, await api.project({ id: 1 }, signal)).map(
    ({ target: { kind, fullPath }, permissions: { defaultPermissions, policies } }) =>
      `${kind} ${fullPath}: ${[...(defaultPermissions ? ['default'] : []), ...policies].join(' ')}`,
  )
}

const own = 'project acme/storefront: default'
const deployTools = 'project acme/platform/deploy-tools: default'
const partners = 'group partners: READ_JOBS READ_PACKAGES'

const refused = (call: Promise<unknown>) =>
  call.then(
    () => ({ kind: 'accepted' }),
    (error) => error,
  )

test('the allowlist is read with all that the server says', async () => {
  const { api } = open()
  const { entries } = await api.listEntries(1, signal, ignore)
  expect(entries).toMatchObject([
    {
      target: { kind: 'project', id: 1, fullPath: 'acme/storefront' },
      permissions: inherited,
      addedBy: null,
      addedAt: null,
      accessible: true,
    },
    {
      target: {
        kind: 'project',
        id: 2,
        fullPath: 'acme/platform/deploy-tools',
        webUrl: `${webRoot}/acme/platform/deploy-tools`,
      },
      permissions: inherited,
      addedBy: { username: 'omar', webUrl: `${webRoot}/omar` },
      addedAt: '2025-10-06T08:30:00.000Z',
    },
    {
      target: { kind: 'group', id: 12, fullPath: 'partners' },
      permissions: fine('READ_JOBS', 'READ_PACKAGES'),
      addedBy: { username: 'maya' },
    },
  ])
  expect(countStored(entries, 1)).toEqual({ project: 1, group: 1 })
})

describe.each(['rest', 'gitlab'] as const)(
  'with api=%s a write is seen by the next read',
  (served) => {
    test.each<readonly [string, (api: GitLabApi) => Promise<void>, string[]]>([
      [
        'a project is added with permissions',
        (api) => api.addEntry(1, project(6), fine('READ_JOBS', 'ADMIN_RELEASES')),
        [own, deployTools, partners, 'project partners/tools/cli: READ_JOBS ADMIN_RELEASES'],
      ],
      [
        'a group is added with default permissions',
        (api) => api.addEntry(1, group(15), inherited),
        [own, deployTools, partners, 'group partners/tools: default'],
      ],
      [
        'an entry gets other permissions',
        (api) => api.updateEntry(1, project(2), fine('READ_JOBS')),
        [own, 'project acme/platform/deploy-tools: READ_JOBS', partners],
      ],
      [
        'an entry loses all permissions',
        (api) => api.updateEntry(1, group(12), fine()),
        [own, deployTools, 'group partners: '],
      ],
      [
        'the first save of the own project makes its entry',
        (api) => api.updateEntry(1, project(1), fine('READ_JOBS')),
        ['project acme/storefront: READ_JOBS', deployTools, partners],
      ],
      ['a project is removed', (api) => api.removeEntry(1, project(2)), [own, partners]],
      ['a group is removed', (api) => api.removeEntry(1, group(12)), [own, deployTools]],
    ])('%s', async (_deed, write, rows) => {
      const { api } = open({ api: served })
      await write(api)
      expect(await listed(api)).toEqual(rows)
    })

    test('the own project counts against the limit once it is stored, and is listed once', async () => {
      const { api } = open({ api: served })
      await api.updateEntry(1, project(1), inherited)
      const { entries } = await api.listEntries(1, signal, ignore)
      expect(countStored(entries, 1)).toEqual({ project: 2, group: 1 })
      expect(
        entries.filter(({ target }) => target.kind === 'project' && target.id === 1),
      ).toHaveLength(1)
    })

    test('the mode', async () => {
      const { api } = open({ api: served })
      await api.setInboundEnabled(1, false)
      expect(await api.jobTokenScope(1, signal)).toEqual({
        inboundEnabled: false,
        outboundEnabled: false,
      })
      await api.setInboundEnabled(1, true)
      expect(await api.jobTokenScope(1, signal)).toMatchObject({ inboundEnabled: true })
    })

    test('the mode, which an enforcing instance takes and does not change', async () => {
      const { api } = open({ api: served, scenario: 'enforced' })
      await api.setInboundEnabled(1, false)
      expect(await api.jobTokenScope(1, signal)).toMatchObject({ inboundEnabled: true })
    })

    test('the mode, which a newer instance that enforces the allowlist does not take', async () => {
      const { api } = open({ api: served, scenario: 'enforced-19' })
      await expect(api.setInboundEnabled(1, false)).rejects.toMatchObject({
        kind: 'invalid',
        reason: 'enforced',
      })
      expect(await api.jobTokenScope(1, signal)).toMatchObject({ inboundEnabled: true })
    })

    test.each([
      ['contract', { own: true, crossProject: undefined }],
      ['gitlab-19-1', { own: true, crossProject: true }],
    ] as const)('push settings of the world %s', async (scenario, saved) => {
      const { api } = open({ api: served, scenario })
      const read = async () => api.pushSettings(await api.project({ id: 1 }, signal), signal)
      const before = await read()
      expect(before.own).toBe(false)
      expect(typeof before.crossProject).toBe(typeof saved.crossProject)
      await api.updatePushSettings(await api.project({ id: 1 }, signal), saved)
      expect(await read()).toEqual(saved)
    })
  },
)

test('a version that has arrived is not asked for again', async () => {
  const { api } = open()
  const known = await api.project({ id: 1 }, signal)
  await api.metadata(signal)
  const asked = vi.spyOn(globalThis, 'fetch')
  await api.pushSettings(known, signal)
  expect(asked).not.toHaveBeenCalled()
})

describe('what GitLab refuses is understood, and changes nothing', () => {
  type Refused = readonly [
    rule: string,
    call: (api: GitLabApi) => Promise<unknown>,
    expected: object,
    dials?: DialChanges,
    as?: string,
  ]
  const addSdk = (api: GitLabApi) => api.addEntry(1, project(3), inherited)
  const cases: readonly Refused[] = [
    [
      'a project that is listed',
      (api) => api.addEntry(1, project(2), inherited),
      { kind: 'invalid', reason: 'already-listed' },
    ],
    [
      'a group that is listed',
      (api) => api.addEntry(1, group(12), inherited),
      { kind: 'invalid', reason: 'already-listed' },
    ],
    [
      'a project that does not exist',
      (api) => api.addEntry(1, project(99), inherited),
      { kind: 'not-found', reason: 'target-missing' },
    ],
    [
      'a group that does not exist',
      (api) => api.addEntry(1, group(99), inherited),
      { kind: 'not-found', reason: 'target-missing' },
    ],
    [
      'a hidden project',
      (api) => api.addEntry(1, project(4), inherited),
      { kind: 'invalid', reason: 'target-not-visible' },
    ],
    [
      'a hidden group',
      (api) => api.addEntry(1, group(13), inherited),
      { kind: 'invalid', reason: 'target-not-visible' },
    ],
    [
      'an unknown policy',
      (api) => api.addEntry(1, project(3), fine('READ_MOON')),
      {
        kind: 'invalid',
        reason: 'policy-refused',
        fields: { job_token_policies: 'does not have a valid value' },
      },
    ],
    [
      'a deprecated policy',
      (api) => api.updateEntry(1, group(12), fine('READ_CONTAINERS')),
      { kind: 'invalid', reason: 'policy-refused' },
    ],
    [
      'a policy that stands twice',
      (api) => api.updateEntry(1, group(12), fine('READ_JOBS', 'READ_JOBS')),
      { kind: 'invalid', reason: 'policies-not-unique' },
    ],
    [
      'permissions of what is not listed',
      (api) => api.updateEntry(1, project(3), inherited),
      { kind: 'invalid', reason: 'not-listed' },
    ],
    [
      'removal of a project that is not listed',
      (api) => api.removeEntry(1, project(3)),
      { kind: 'invalid', reason: 'not-listed' },
    ],
    [
      'removal of a group that is not listed',
      (api) => api.removeEntry(1, group(15)),
      { kind: 'invalid', reason: 'not-listed' },
    ],
    [
      'removal of the own project',
      (api) => api.removeEntry(1, project(1)),
      { kind: 'invalid', reason: 'own-project' },
    ],
    [
      'the own project, before 18.3',
      (api) => api.addEntry(1, project(1), inherited),
      { kind: 'invalid', reason: 'own-project' },
      { scenario: 'group-off' },
    ],
    [
      'the project past 200',
      // The own project's first entry: saving it adds an entry, which exceeds the limit.
      (api) => api.addEntry(1, project(1), inherited),
      { kind: 'invalid', reason: 'limit' },
      { scenario: 'at-limit' },
    ],
    ['a Developer', addSdk, { kind: 'forbidden' }, {}, 'developer'],
    ['a stranger', addSdk, { kind: 'not-found', reason: 'project-missing' }, {}, 'stranger'],
    ['nobody', addSdk, { kind: 'unauthorized' }, {}, ''],
    ['an expired token', addSdk, { kind: 'unauthorized', reason: 'token-expired' }, {}, 'expired'],
    [
      'a token that may only read',
      addSdk,
      { kind: 'insufficient-scope' },
      {},
      'maintainer-read-api',
    ],
    [
      'writes to an archived project',
      (api) => api.setInboundEnabled(5, false),
      { kind: 'forbidden', status: 403 },
      {},
      'owner',
    ],
    ['administration to others', (api) => api.enforcesAllowlist(signal), { kind: 'forbidden' }],
  ]

  for (const [rule, call, expected, dials, as] of cases) {
    test(rule, async () => {
      const { api, backend } = open(dials, as)
      const before = structuredClone(backend.gitlab.projects.get(1)?.scope)
      expect(await refused(call(api))).toMatchObject({ name: 'ApiError', ...expected })
      expect(backend.gitlab.projects.get(1)?.scope).toEqual(before)
      expect(backend.journal).toEqual([])
    })
  }
})

describe('policies that the console does not know', () => {
  const at18_3 = offeredResources({ major: 18, minor: 3 })

  test('are read as they are held', async () => {
    const { api } = open({ scenario: 'legacy' })
    const rows = await listed(api)
    expect(rows).toContain('project acme/platform/deploy-tools: READ_CONTAINERS READ_PACKAGES')
    expect(rows).toContain('project partners/sdk: READ_FEATURE_FLAGS ADMIN_RELEASES')
    expect(rows).toContain('project partners/tools/cli: READ_JOBS READ_JOBS ADMIN_JOBS')
  })

  test('survive a change of another resource, where the server takes them', async () => {
    const { api } = open({ scenario: 'legacy' })
    const held = ['READ_FEATURE_FLAGS', 'ADMIN_RELEASES']
    const { scopes, other } = toSelection(held, at18_3)
    const changed = fromSelection({ scopes: { ...scopes, JOBS: 'read' }, other }, held, at18_3)
    await api.updateEntry(1, project(3), fine(...changed))
    expect(await listed(api)).toContain(
      'project partners/sdk: READ_FEATURE_FLAGS ADMIN_RELEASES READ_JOBS',
    )
  })

  test('are named as the reason where it does not, and go only when the user drops them', async () => {
    const { api } = open({ scenario: 'legacy' })
    const held = ['READ_CONTAINERS', 'READ_PACKAGES']
    const selection = toSelection(held, at18_3)
    const unchanged = fromSelection(selection, held, at18_3)
    expect(await refused(api.updateEntry(1, project(2), fine(...unchanged)))).toMatchObject({
      reason: 'policy-refused',
    })
    const dropped = fromSelection({ ...selection, other: [] }, held, at18_3)
    await api.updateEntry(1, project(2), fine(...dropped))
    expect(await listed(api)).toContain('project acme/platform/deploy-tools: READ_PACKAGES')
  })
})

describe('what goes wrong on the way', () => {
  test.each([
    ['html', 'JSON'],
    ['empty', 'a JSON body'],
    ['truncated', 'JSON'],
    ['wrong-type', 'a list'],
  ])('a list answered by %s is malformed: %s was expected', async (effect, what) => {
    const { api } = open({ fault: `GET /allowlist ${effect}` })
    expect(await refused(api.listEntries(1, signal, ignore))).toMatchObject({
      kind: 'malformed',
      reason: undefined,
      expected: `GET /api/v4/projects/1/job_token_scope/allowlist: ${what}`,
    })
  })

  test.each(['abort', '503', '429'])(
    'a read that ends in %s once is read again',
    async (effect) => {
      const { api, backend } = open({ fault: `GET /allowlist ${effect} 1` })
      expect(await listed(api)).toEqual([own, deployTools, partners])
      expect(backend.faults).toMatchObject([{ left: 0 }])
    },
  )

  test.each([
    ['abort', 'unreachable', [own, deployTools, partners]],
    ['lost', 'unreachable', [own, partners]],
    ['503', 'unavailable', [own, deployTools, partners]],
    ['429', 'rate-limited', [own, deployTools, partners]],
  ])('a write that ends in %s is %s, and is not sent again', async (effect, kind, rows) => {
    const { api, backend } = open({ fault: `DELETE /allowlist ${effect} 5` })
    expect(await refused(api.removeEntry(1, project(2)))).toMatchObject({ kind })
    expect(backend.faults).toMatchObject([{ left: 4 }])
    expect(await listed(api)).toEqual(rows)
  })
})

test.each(['contract', 'default', 'legacy', 'at-limit'] as const)(
  'a stock GitLab shows the same rows of the world %s as one with the extension',
  async (scenario) => {
    const rows = async (served: 'rest' | 'gitlab') => {
      const { api } = open({ api: served, scenario })
      const { entries } = await api.listEntries(1, signal, ignore)
      return arrange(entries, await api.project({ id: 1 }, signal)).map(
        ({ target, permissions, addedBy, addedAt, accessible }) => ({
          path: target.fullPath,
          key: `${target.kind} ${target.id}`,
          permissions,
          addedBy: addedBy?.username,
          addedAt,
          accessible,
        }),
      )
    }
    const extended = await rows('rest')
    expect(extended.length).toBeGreaterThan(2)
    expect(await rows('gitlab')).toEqual(extended)
  },
)

test('a hidden project can be removed, which REST alone refuses', async () => {
  const { api, backend } = open({ scenario: 'default' })
  const { entries } = await api.listEntries(1, signal, ignore)
  const hidden = entries.find(({ accessible }) => !accessible)
  if (!hidden) throw new Error('the world has no hidden target')
  await api.removeEntry(1, hidden.target)
  const left = backend.gitlab.projects.get(1)?.scope.projectLinks
  expect(left?.some(({ targetId }) => targetId === hidden.target.id)).toBe(false)
})

test('a full list comes whole, and never in part', async () => {
  const { api } = open({ scenario: 'at-limit' })
  const parts: number[] = []
  const { entries } = await api.listEntries(1, signal, (part) => parts.push(part.loaded))
  const targets = new Set(entries.map(({ target: { kind, id } }) => `${kind} ${id}`))
  expect(targets.size).toBe(entries.length)
  expect(countStored(entries, 1)).toEqual({ project: 200, group: 200 })
  expect(parts).toEqual([])
})
