import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Target } from '../../domain/allowlist.ts'
import type { EntryList, GitLabApi } from '../gitlab-api.ts'
import { createHttp } from '../http.ts'
import { createRestApi } from './rest-api.ts'

const base = 'https://gitlab.example.com/api/v4'
const { signal } = new AbortController()

type Answer = unknown | ((url: URL) => Response | Promise<Response>)

let api: GitLabApi
/** What the server has, by `METHOD path`; all else is GitLab's 404. */
let answers: Record<string, Answer>
let asked: { line: string; params: Record<string, string>; body: unknown }[]

beforeEach(() => {
  answers = {}
  asked = []
  api = createRestApi('test', createHttp({ address: base.slice(0, -7), token: () => 'glpat' }))
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url)
    const line = `${request.method} ${url.href.slice(base.length, url.href.length - url.search.length)}`
    asked.push({
      line,
      params: Object.fromEntries(url.searchParams),
      body: request.body && (await request.json()),
    })
    const answer = answers[line]
    if (answer === undefined) return refuse(404, '404 Not Found')()
    return typeof answer === 'function' ? answer(url) : Response.json(answer)
  })
})

afterEach(() => vi.unstubAllGlobals())

const refuse = (status: number, message: string) => () => Response.json({ message }, { status })
const rejected = (call: Promise<unknown>) =>
  call.then(
    () => ({ name: 'no error' }),
    (error) => error,
  )

const projectDto = {
  id: 2,
  name: 'Deploy tools',
  path_with_namespace: 'acme/deploy-tools',
  avatar_url: 'https://gitlab.example.com/a.png',
  web_url: 'https://gitlab.example.com/acme/deploy-tools',
}
const groupDto = {
  id: 12,
  name: 'Partners',
  full_path: 'partners',
  avatar_url: null,
  web_url: 'https://gitlab.example.com/groups/partners',
}
const project: Target = {
  kind: 'project',
  id: 2,
  name: 'Deploy tools',
  fullPath: 'acme/deploy-tools',
  avatarUrl: 'https://gitlab.example.com/a.png',
  webUrl: 'https://gitlab.example.com/acme/deploy-tools',
}
const group: Target = {
  kind: 'group',
  id: 12,
  name: 'Partners',
  fullPath: 'partners',
  avatarUrl: null,
  webUrl: 'https://gitlab.example.com/groups/partners',
}
const summary = {
  ...project,
  visibility: undefined,
  archived: false,
  lastActivityAt: undefined,
}

describe('the server and who is signed in', () => {
  const user = { id: 2, username: 'maya', name: 'Maya' }
  test.each([
    ['as GitLab answers', { ...user, avatar_url: 'x', state: 'active' }, 'x', false],
    ['without a picture', { ...user, avatar_url: null }, null, false],
    ['with no word of a picture', user, null, false],
    ['an administrator', { ...user, is_admin: true }, null, true],
  ])('user: %s', async (_form, dto, avatarUrl, isAdmin) => {
    answers = { 'GET /user': dto }
    expect(await api.currentUser(signal)).toEqual({ ...user, avatarUrl, isAdmin })
  })

  test.each([
    [
      { version: '18.3.0-ee', revision: 'abc', kas: {}, enterprise: true },
      { version: { major: 18, minor: 3 }, edition: 'enterprise' },
    ],
    [
      { version: '18.3.0', enterprise: false },
      { version: { major: 18, minor: 3 }, edition: 'community' },
    ],
    [{ version: '15.4.2-ee' }, { version: { major: 15, minor: 4 }, edition: 'enterprise' }],
    [{ version: '15.4.2' }, { version: { major: 15, minor: 4 }, edition: 'community' }],
  ])('metadata %j', async (dto, metadata) => {
    answers = { 'GET /metadata': dto }
    expect(await api.metadata(signal)).toEqual(metadata)
  })

  test('metadata without a release is malformed and says where', async () => {
    answers = { 'GET /metadata': { version: 'main' } }
    expect(await rejected(api.metadata(signal))).toMatchObject({
      kind: 'malformed',
      expected: 'GET /api/v4/metadata: a release at version',
    })
  })

  test.each([true, false])('enforcement: %s', async (enforced) => {
    answers = {
      'GET /application/settings': {
        enforce_ci_inbound_job_token_scope_enabled: enforced,
        other: 1,
      },
    }
    expect(await api.enforcesAllowlist(signal)).toBe(enforced)
  })

  test('enforcement is for administrators', async () => {
    answers = { 'GET /application/settings': refuse(403, '403 Forbidden') }
    expect(await rejected(api.enforcesAllowlist(signal))).toMatchObject({ kind: 'forbidden' })
  })
})

describe('projects', () => {
  const full = {
    ...projectDto,
    namespace: { id: 10, kind: 'group', full_path: 'acme', name: 'Acme' },
  }

  test.each<readonly [string, object, object]>([
    [
      'as little as GitLab may say',
      {},
      {
        ...summary,
        accessLevel: 0,
        namespace: { id: 10, kind: 'group', fullPath: 'acme' },
        push: { own: undefined, crossProject: undefined },
      },
    ],
    [
      'all there is',
      {
        visibility: 'internal',
        archived: true,
        last_activity_at: '2026-01-01T00:00:00Z',
        ci_push_repository_for_job_token_allowed: true,
        ci_cross_project_push_for_job_token_allowed: false,
        surprise: [1, 2],
      },
      {
        visibility: 'internal',
        archived: true,
        lastActivityAt: '2026-01-01T00:00:00Z',
        push: { own: true, crossProject: false },
      },
    ],
    [
      'null where a value may be',
      {
        avatar_url: null,
        last_activity_at: null,
        ci_push_repository_for_job_token_allowed: null,
        permissions: { project_access: null, group_access: null },
      },
      { avatarUrl: null, lastActivityAt: undefined, push: {}, accessLevel: 0 },
    ],
    [
      'a direct grant above the inherited one',
      { permissions: { project_access: { access_level: 40 }, group_access: { access_level: 20 } } },
      { accessLevel: 40 },
    ],
    [
      'an inherited grant above the direct one',
      { permissions: { project_access: { access_level: 30 }, group_access: { access_level: 50 } } },
      { accessLevel: 50 },
    ],
    [
      'an inherited grant alone',
      { permissions: { project_access: null, group_access: { access_level: 30 } } },
      { accessLevel: 30 },
    ],
    [
      'one that stands in the namespace of a user',
      { namespace: { id: 7, kind: 'user', full_path: 'maya' } },
      { namespace: { id: 7, kind: 'user', fullPath: 'maya' } },
    ],
  ])('one: %s', async (_form, changes, expected) => {
    answers = { 'GET /projects/2': { ...full, ...changes } }
    expect(await api.project({ id: 2 }, signal)).toMatchObject(expected)
  })

  test('one by path is asked for in one encoded segment', async () => {
    answers = { 'GET /projects/acme%2Fdeploy-tools': full }
    expect(await api.project({ path: 'acme/deploy-tools' }, signal)).toMatchObject({ id: 2 })
  })

  test.each([
    ['id', '2 at id'],
    ['path_with_namespace', 'string at path_with_namespace'],
    ['web_url', 'string at web_url'],
    ['namespace', 'object at namespace'],
  ])('one without %s is malformed', async (field, what) => {
    answers = { 'GET /projects/2': { ...full, [field]: undefined } }
    expect(await rejected(api.project({ id: 2 }, signal))).toMatchObject({
      kind: 'malformed',
      expected: `GET /api/v4/projects/2: ${what}`,
    })
  })

  test('another one than the id names is an error, and no panel', async () => {
    answers = { 'GET /projects/1': full }
    expect(await rejected(api.project({ id: 1 }, signal))).toMatchObject({
      kind: 'malformed',
      expected: 'GET /api/v4/projects/1: 1 at id',
    })
  })

  test.each([
    ['', { page: '1' }],
    ['acme', { page: '1', search: 'acme', search_namespaces: 'true' }],
  ])('those of a Maintainer, searched by %j', async (search, params) => {
    answers = {
      'GET /projects': () =>
        Response.json([projectDto], { headers: { 'x-total': '21', 'x-total-pages': '2' } }),
    }
    expect(await api.listProjects({ search, page: 1 }, signal)).toEqual({
      items: [summary],
      page: 1,
      nextPage: undefined,
      total: 21,
      totalPages: 2,
    })
    expect(asked[0]?.params).toEqual({
      min_access_level: '40',
      order_by: 'last_activity_at',
      per_page: '20',
      ...params,
    })
  })

  test.each([
    [
      'both settings',
      { own: true, crossProject: false },
      {
        ci_push_repository_for_job_token_allowed: true,
        ci_cross_project_push_for_job_token_allowed: false,
      },
    ],
    [
      'no setting that was not changed',
      { own: undefined, crossProject: true },
      { ci_cross_project_push_for_job_token_allowed: true },
    ],
    [
      'no setting that the server lacks',
      { own: false, crossProject: undefined },
      { ci_push_repository_for_job_token_allowed: false },
    ],
  ])('push is saved: %s', async (_rule, settings, body) => {
    answers = { 'PUT /projects/2': { id: 2 } }
    await api.updatePushSettings(
      {
        ...summary,
        id: 2,
        accessLevel: 40,
        namespace: { id: 10, kind: 'group', fullPath: 'acme' },
        push: settings,
      },
      settings,
    )
    expect(asked).toEqual([{ line: 'PUT /projects/2', params: {}, body }])
  })
})

describe('groups and targets', () => {
  test.each([true, false, undefined])('fine-grained permissions allowed: %s', async (allowed) => {
    answers = { 'GET /groups/12': { ...groupDto, job_token_policies_enabled: allowed } }
    expect(await api.fineGrainedAllowed(12, signal)).toBe(allowed)
  })

  test('are found by one search of each, ten at most', async () => {
    answers = { 'GET /groups': [groupDto], 'GET /projects': [projectDto] }
    expect(await api.searchTargets('par', signal)).toEqual({
      groups: [group],
      projects: [summary],
      isCut: false,
    })
    expect(asked.map(({ params }) => params)).toEqual([
      { search: 'par', all_available: 'true', per_page: '10' },
      { search: 'par', search_namespaces: 'true', simple: 'true', per_page: '10' },
    ])
  })

  const twelve = { ...projectDto, id: 12 }
  const groupAt = { 'GET /groups/12': groupDto, 'GET /groups/acme%2Fx': groupDto }
  const projectAt = { 'GET /projects/12': twelve, 'GET /projects/acme%2Fx': twelve }
  test.each([
    ['nothing', {}, []],
    ['a group', groupAt, [group]],
    ['a project', projectAt, [{ ...summary, id: 12 }]],
    ['by id both', { ...groupAt, ...projectAt }, [group, { ...summary, id: 12 }]],
  ])('a reference names %s', async (_what, has, targets) => {
    answers = has
    expect(await api.resolveTarget({ id: 12 }, signal)).toEqual(targets)
    expect(await api.resolveTarget({ path: 'acme/x' }, signal)).toEqual(targets)
  })

  test.each([
    ['group', [group]],
    ['project', [{ ...summary, id: 12 }]],
  ] as const)('of the kind %s nothing else is asked for', async (kind, targets) => {
    answers = { ...groupAt, ...projectAt }
    expect(await api.resolveTarget({ id: 12, kind }, signal)).toEqual(targets)
    expect(asked.map(({ line }) => line)).toEqual([`GET /${kind}s/12`])
  })

  test('a reference that cannot be looked up is an error, not nothing', async () => {
    answers = { 'GET /groups/12': refuse(500, '500'), 'GET /projects/12': twelve }
    expect(await rejected(api.resolveTarget({ id: 12 }, signal))).toMatchObject({
      kind: 'unavailable',
    })
  })

  test.each([
    ['group', 'GET /groups/12', { ...groupDto, id: 13 }],
    ['project', 'GET /projects/12', { ...projectDto, id: 13 }],
  ])('another %s than the id names is an error', async (kind, line, dto) => {
    answers = { [line]: dto }
    expect(await rejected(api.resolveTarget({ id: 12 }, signal))).toMatchObject({
      kind: 'malformed',
      expected: `GET /api/v4/${kind}s/12: 12 at id`,
    })
  })

  test('nor is the switch of another group taken for that of this one', async () => {
    answers = { 'GET /groups/12': { ...groupDto, id: 13, job_token_policies_enabled: true } }
    expect(await rejected(api.fineGrainedAllowed(12, signal))).toMatchObject({ kind: 'malformed' })
  })
})

test('a target whose address does not get through to the API is no missing target', async () => {
  const cut = () => Response.json({ error: '404 Not Found' }, { status: 404 })
  answers = { 'GET /groups/acme%2Fx': cut, 'GET /projects/acme%2Fx': cut }
  expect(await rejected(api.resolveTarget({ path: 'acme/x' }, signal))).toMatchObject({
    kind: 'not-found',
    reason: 'unknown-address',
  })
})

describe('the mode', () => {
  test('is read', async () => {
    answers = {
      'GET /projects/1/job_token_scope': { inbound_enabled: true, outbound_enabled: false, x: 1 },
    }
    expect(await api.jobTokenScope(1, signal)).toEqual({
      inboundEnabled: true,
      outboundEnabled: false,
    })
  })

  test.each([true, false])('is written: %s', async (enabled) => {
    answers = { 'PATCH /projects/1/job_token_scope': () => new Response(null, { status: 204 }) }
    await api.setInboundEnabled(1, enabled)
    expect(asked).toEqual([
      { line: 'PATCH /projects/1/job_token_scope', params: {}, body: { enabled } },
    ])
  })
})

describe('the allowlist', () => {
  const projectsPath = '/projects/1/job_token_scope/allowlist'
  const groupsPath = '/projects/1/job_token_scope/groups_allowlist'
  const granted = {
    default_permissions: false,
    job_token_policies: ['READ_MOON', 'READ_JOBS', 'READ_CONTAINERS', 'READ_JOBS', 'ADMIN_JOBS'],
    added_by: { id: 3, username: 'omar', name: 'Omar', avatar_url: null, web_url: 'u' },
    added_at: '2026-01-01T00:00:00Z',
    accessible: true,
  }
  const projectItem = { ...projectDto, ...granted }
  const groupItem = { ...groupDto, ...granted }
  const entry = {
    permissions: { defaultPermissions: false, policies: granted.job_token_policies },
    addedBy: { username: 'omar', name: 'Omar', webUrl: 'u' },
    addedAt: '2026-01-01T00:00:00Z',
    accessible: true,
  }
  const own = {
    ...projectItem,
    id: 1,
    default_permissions: true,
    job_token_policies: [],
    added_by: null,
    added_at: null,
  }

  const lists = (projects: unknown, groups: unknown) => ({
    [`GET ${projectsPath}`]: projects,
    [`GET ${groupsPath}`]: groups,
  })
  const list = (onProgress: (part: EntryList) => void = () => {}) =>
    api.listEntries(1, signal, onProgress)

  test('is both lists, each policy as the server wrote it', async () => {
    answers = lists([projectItem], [groupItem])
    const { entries, total, loaded } = await list()
    expect(entries).toEqual([
      { target: summary, ...entry },
      { target: group, ...entry },
    ])
    expect({ total, loaded }).toEqual({ total: 2, loaded: 2 })
  })

  test.each<readonly [string, object, object]>([
    ['the own project without an entry', own, { addedBy: null, addedAt: null }],
    ['an entry whose author is gone', { ...projectItem, added_by: null }, { addedBy: null }],
    ['a hidden one', { ...projectItem, accessible: false }, { accessible: false }],
    [
      'policies kept under default permissions',
      { ...projectItem, default_permissions: true },
      { permissions: { defaultPermissions: true, policies: granted.job_token_policies } },
    ],
    ['no policies', { ...projectItem, job_token_policies: [] }, { permissions: { policies: [] } }],
    ['no picture', { ...projectItem, avatar_url: null }, { target: { avatarUrl: null } }],
    [
      'fields of releases to come',
      { ...projectItem, direction: 'inbound', topics: ['x'] },
      { target: { id: 2 } },
    ],
  ])('shows %s', async (_form, item, expected) => {
    answers = lists([item], [])
    expect((await list()).entries).toMatchObject([expected])
  })

  test.each([
    ['id', 'number at 1.id'],
    ['name', 'string at 1.name'],
    ['path_with_namespace', 'string at 1.path_with_namespace'],
    ['web_url', 'string at 1.web_url'],
    ['default_permissions', 'boolean at 1.default_permissions'],
    ['job_token_policies', 'array at 1.job_token_policies'],
    ['added_by', 'object at 1.added_by'],
    ['added_at', 'string at 1.added_at'],
    ['accessible', 'boolean at 1.accessible'],
  ])('is malformed when an item lacks %s', async (field, what) => {
    answers = lists([own, { ...projectItem, [field]: undefined }], [])
    const error = await rejected(list())
    expect(error).toMatchObject({
      kind: 'malformed',
      expected: `GET /api/v4${projectsPath}: ${what}`,
    })
    expect(error.reason).toBeUndefined()
  })

  test.each([
    ['rounded', '9007199254740993', 'at most 9007199254740991 at 1.id'],
    ['far beyond', '1e300', 'at most 9007199254740991 at 1.id'],
    ['no whole number', '1.5', 'int at 1.id'],
  ])('is malformed when an id is %s: a change would hit something else', async (_, id, what) => {
    const text = JSON.stringify([own, projectItem]).replace('"id":2', `"id":${id}`)
    answers = lists(() => new Response(text), [])
    expect(await rejected(list())).toMatchObject({
      kind: 'malformed',
      reason: undefined,
      expected: `GET /api/v4${projectsPath}: ${what}`,
    })
  })

  test('of a thousand policies in one entry is read, of more it is not', async () => {
    const policies = (count: number) => Array.from({ length: count }, () => 'READ_JOBS')
    answers = lists([{ ...projectItem, job_token_policies: policies(1000) }], [])
    expect((await list()).entries).toHaveLength(1)
    answers = lists([{ ...projectItem, job_token_policies: policies(100_000) }], [])
    asked = []
    expect(await rejected(list())).toMatchObject({
      kind: 'malformed',
      reason: 'too-large',
      expected: `GET /api/v4${projectsPath}: at most 1000 items at 0.job_token_policies`,
    })
    expect(asked, 'no look at what kind of server it is').toHaveLength(2)
  })

  test.each([
    ['projects', 'x-next-page', 'repeated'],
    ['groups', 'x-next-page', 'repeated'],
  ])('whose %s never end is said to be cut', async (kind, header, cut) => {
    const endless = (item: object) => () => Response.json([item], { headers: { [header]: '2' } })
    answers = lists(
      kind === 'projects' ? endless(projectItem) : [projectItem],
      kind === 'groups' ? endless(groupItem) : [groupItem],
    )
    const { entries, total, loaded, ...rest } = await list()
    expect({ rows: entries.length, total, loaded, cut: rest.cut }).toEqual({
      rows: 2,
      total: undefined,
      loaded: 2,
      cut,
    })
  })

  test.each([
    ['full_path', 'string at 0.full_path'],
    ['accessible', 'boolean at 0.accessible'],
  ])('is malformed when a group lacks %s', async (field, what) => {
    answers = lists([own], [{ ...groupItem, [field]: undefined }])
    expect(await rejected(list())).toMatchObject({
      kind: 'malformed',
      reason: undefined,
      expected: `GET /api/v4${groupsPath}: ${what}`,
    })
  })

  describe('of a GitLab without the extension', () => {
    test('is told from a broken answer, with what was missing', async () => {
      answers = lists([projectDto, { ...projectDto, id: 1 }], [{ id: 12, name: 'x', web_url: 'x' }])
      expect(await rejected(list())).toMatchObject({
        name: 'ApiError',
        kind: 'malformed',
        reason: 'no-permissions-extension',
        expected: expect.stringContaining('GET /api/v4/projects/1/job_token_scope/'),
      })
    })

    test.each([
      ['a page', () => new Response('<html>')],
      ['an object', { unexpected: true }],
      ['items that are none', [1, 2]],
    ])('is not what answers with %s', async (_what, answer) => {
      answers = lists(answer, answer)
      expect(await rejected(list())).toMatchObject({ kind: 'malformed', reason: undefined })
    })

    test('is not what refuses', async () => {
      answers = lists(refuse(403, '403 Forbidden'), [])
      expect(await rejected(list())).toMatchObject({ kind: 'forbidden', reason: undefined })
      expect(asked).toHaveLength(2)
    })
  })

  describe('when it is large', () => {
    /** Pages of a list of so many items, each held back until released. */
    function paged(item: object, total: number, headers: Record<string, string>) {
      return (url: URL) => {
        const page = Number(url.searchParams.get('page'))
        const length = Math.min(100, total - (page - 1) * 100)
        const items = Array.from({ length }, (_, index) => ({
          ...item,
          id: (page - 1) * 100 + index + 1,
        }))
        return Response.json(items, { headers: headersOf(page) })
      }
      function headersOf(page: number): Record<string, string> {
        const pages = Math.ceil(total / 100)
        const next = { 'x-next-page': page < pages ? String(page + 1) : '' }
        return { ...next, ...headers }
      }
    }
    const counted = (item: object, total: number) =>
      paged(item, total, { 'x-total': `${total}`, 'x-total-pages': `${Math.ceil(total / 100)}` })

    test('shows the first 400 rows at once, then only how far it is', async () => {
      answers = lists(counted(projectItem, 750), counted(groupItem, 200))
      const parts: EntryList[] = []
      const { entries, total, loaded } = await list((part) => parts.push(part))
      expect({ rows: entries.length, total, loaded }).toEqual({
        rows: 950,
        total: 950,
        loaded: 950,
      })
      const [first] = parts
      expect(first?.entries.length).toBeGreaterThanOrEqual(400)
      expect(first?.loaded).toBe(first?.entries.length)
      // The rows that are shown stay put until all are here.
      expect(parts.every((part) => part.entries === first?.entries)).toBe(true)
      expect(parts.every((part) => part.total === 950)).toBe(true)
      const steps = parts.map((part) => part.loaded)
      expect(steps).toEqual([...steps].sort((a, b) => a - b))
      expect(steps.at(-1)).toBe(950)
    })

    test('says no size before it knows that of both lists', async () => {
      const groups = counted(groupItem, 10)
      answers = lists(counted(projectItem, 750), async (url: URL) => {
        while (asked.length < 9) await new Promise((resolve) => setTimeout(resolve)) // all of projects
        return groups(url)
      })
      const totals: unknown[] = []
      await list(({ total }) => totals.push(total))
      expect(new Set(totals)).toEqual(new Set([760]))
    })

    test('says no total where GitLab does not count', async () => {
      answers = lists(paged(projectItem, 450, {}), counted(groupItem, 10))
      const parts: EntryList[] = []
      const { total } = await list((part) => parts.push(part))
      expect(parts.length).toBeGreaterThan(0)
      expect(parts.every((part) => part.total === undefined)).toBe(true)
      expect(total).toBe(460)
    })

    test('and is not, it comes at once', async () => {
      answers = lists(counted(projectItem, 199), counted(groupItem, 200))
      const onProgress = vi.fn()
      expect((await list(onProgress)).entries).toHaveLength(399)
      expect(onProgress).not.toHaveBeenCalled()
    })
  })

  const permissions = { defaultPermissions: false, policies: ['READ_MOON', 'READ_JOBS'] }
  const body = { default_permissions: false, job_token_policies: ['READ_MOON', 'READ_JOBS'] }
  test.each<readonly [string, () => Promise<void>, string, unknown]>([
    [
      'a project is added',
      () => api.addEntry(1, project, permissions),
      `POST ${projectsPath}`,
      { target_project_id: 2, ...body },
    ],
    [
      'a group is added',
      () => api.addEntry(1, group, permissions),
      `POST ${groupsPath}`,
      { target_group_id: 12, ...body },
    ],
    [
      'a project is updated',
      () => api.updateEntry(1, project, permissions),
      `PUT ${projectsPath}/2`,
      body,
    ],
    [
      'a group is updated',
      () => api.updateEntry(1, group, permissions),
      `PUT ${groupsPath}/12`,
      body,
    ],
    ['a project is removed', () => api.removeEntry(1, project), `DELETE ${projectsPath}/2`, null],
    ['a group is removed', () => api.removeEntry(1, group), `DELETE ${groupsPath}/12`, null],
  ])('%s by one request', async (_deed, write, line, sent) => {
    const done = () => new Response(null, { status: 204 })
    answers = { [line]: sent ? { source_project_id: 1 } : done }
    await write()
    expect(asked).toEqual([{ line, params: {}, body: sent }])
  })
})
