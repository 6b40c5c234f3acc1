import { describe, expect, test } from 'vitest'
import { openBackend, pluck } from '../test-client.ts'

const groupMissing = { message: '404 Group Not Found' }

test.each([
  ['sees what the group gives', 'maintainer', [1, 2, 3, 5, 6, 7]],
  ['sees the public ones only', 'stranger', [3, 6]],
  ['sees all', 'admin', [1, 2, 3, 4, 5, 6, 7]],
])('in the list of projects a caller %s (%s)', async (_rule, as, ids) => {
  const { ask } = openBackend()
  const { body } = await ask('GET /projects?order_by=id&sort=asc', { as })
  expect(pluck(body, 'id')).toEqual(ids)
})

test.each([
  ['min_access_level=40', [1]],
  ['min_access_level=20', [1, 2, 5, 7]],
  ['membership=true', [1, 2, 5, 7]],
  ['archived=true', [5]],
  ['archived=false', [1, 2, 3, 6, 7]],
  ['search=store', [1]],
  ['search=STORE', [1]],
  ['search=acme', []],
  ['search=acme&search_namespaces=true', [1, 2, 5, 7]],
  ['search=acme%2Fplatform%2Fdeploy&search_namespaces=true', [2]],
  ['search=platform+deploy&search_namespaces=true', [2]],
])('GET /projects?%s lists %j', async (query, ids) => {
  const { ask } = openBackend()
  const { body } = await ask(`GET /projects?order_by=id&sort=asc&${query}`)
  expect(pluck(body, 'id')).toEqual(ids)
})

test.each([
  ['nothing said: newest first', ''],
  ['by activity', 'order_by=last_activity_at'],
  ['by name upwards', 'order_by=name&sort=asc'],
  ['by path upwards', 'order_by=path&sort=asc'],
])('projects come in the order asked for: %s', async (_rule, query) => {
  const { ask } = openBackend({ scenario: 'default' })
  const { body } = await ask(`GET /projects?per_page=100&${query}`)
  const field = /order_by=(\w+)/.exec(query)?.[1] ?? 'created_at'
  const keys = pluck(body, field).map((key) => String(key).toLowerCase())
  const sorted = [...keys].sort()
  expect(keys).toEqual(query.includes('asc') ? sorted : sorted.reverse())
})

test('the closest match of a search comes first when asked for', async () => {
  const { ask } = openBackend({ scenario: 'default' })
  const query = 'search=check&search_namespaces=true&order_by=similarity&simple=true'
  const { body } = await ask(`GET /projects?${query}`)
  expect(pluck(body, 'path')).toEqual(['checkout-v1', 'checkout'])
  const exact = await ask('GET /projects?search=checkout&order_by=similarity')
  expect(pluck(exact.body, 'path')).toEqual(['checkout', 'checkout-v1'])
})

test.each([
  ['order_by=size', 'order_by does not have a valid value'],
  ['sort=up', 'sort does not have a valid value'],
  ['min_access_level=41', 'min_access_level does not have a valid value'],
  ['min_access_level=high', 'min_access_level is invalid'],
  ['archived=perhaps', 'archived is invalid'],
])('GET /projects?%s is refused', async (query, error) => {
  const { ask } = openBackend()
  expect(await ask(`GET /projects?${query}`)).toMatchObject({ status: 400, body: { error } })
})

describe('one project', () => {
  test('is read by id and by full path, with the rights and features of the caller', async () => {
    const { ask } = openBackend()
    const byId = await ask('GET /projects/1')
    expect(byId.body).toMatchObject({
      id: 1,
      name: 'storefront',
      name_with_namespace: 'acme / storefront',
      path_with_namespace: 'acme/storefront',
      ssh_url_to_repo: 'git@gitlab.example.com:acme/storefront.git',
      http_url_to_repo: 'https://gitlab.example.com/acme/storefront.git',
      web_url: 'https://gitlab.example.com/acme/storefront',
      default_branch: 'main',
      namespace: { id: 10, kind: 'group', full_path: 'acme', parent_id: null },
      visibility: 'private',
      archived: false,
      builds_access_level: 'enabled',
      repository_access_level: 'enabled',
      ci_push_repository_for_job_token_allowed: false,
      permissions: {
        project_access: { access_level: 40, notification_level: 3 },
        group_access: { access_level: 20, notification_level: 3 },
      },
    })
    expect((await ask('GET /projects/acme%2Fstorefront')).body).toEqual(byId.body)
  })

  test('inherits levels from any ancestor group', async () => {
    const { ask } = openBackend()
    const { body } = await ask('GET /projects/2', { as: 'owner' })
    expect(body).toMatchObject({
      permissions: { project_access: null, group_access: { access_level: 50 } },
    })
  })

  test('keeps its code from guests', async () => {
    const { ask } = openBackend()
    const { body } = await ask('GET /projects/1', { as: 'guest' })
    expect(body).not.toHaveProperty('default_branch')
    expect(body).not.toHaveProperty('readme_url')
  })

  test.each(['/projects/4', '/projects/999', '/projects/acme%2Fnope'])(
    'hidden and missing look the same: %s',
    async (path) => {
      const { ask } = openBackend()
      expect(await ask(`GET ${path}`)).toMatchObject({
        status: 404,
        body: { message: '404 Project Not Found' },
      })
    },
  )
})

describe('push with job tokens', () => {
  const push = 'ci_push_repository_for_job_token_allowed'
  const cross = 'ci_cross_project_push_for_job_token_allowed'

  test('is saved by a maintainer', async () => {
    const { ask } = openBackend()
    expect((await ask('PUT /projects/1', { body: { [push]: true } })).body).toMatchObject({
      [push]: true,
    })
    expect((await ask('GET /projects/1')).body).toMatchObject({ [push]: true })
  })

  test.each([
    [
      'nothing known',
      { other: 1 },
      'maintainer',
      400,
      { error: `${push} are missing, at least one parameter must be provided` },
    ],
    ['no boolean', { [push]: 'x' }, 'maintainer', 400, { error: `${push} is invalid` }],
    ['a developer', { [push]: true }, 'developer', 403, { message: '403 Forbidden' }],
    ['a stranger', { [push]: true }, 'stranger', 404, { message: '404 Project Not Found' }],
  ])('is refused: %s', async (_rule, body, as, status, expected) => {
    const { ask } = openBackend()
    expect(await ask('PUT /projects/1', { as, body })).toMatchObject({ status, body: expected })
  })

  test('an archived project is read-only', async () => {
    const { ask } = openBackend()
    const saved = await ask('PUT /projects/5', { as: 'owner', body: { [push]: true } })
    expect(saved).toMatchObject({ status: 403, body: { message: '403 Forbidden' } })
  })

  test('across projects is unknown before 19.0 and saved since', async () => {
    const old = openBackend()
    expect((await old.ask('GET /projects/1')).body).not.toHaveProperty(cross)
    const recent = openBackend()
    Object.assign(recent.backend.gitlab, { version: '19.0.0-ee' })
    await recent.ask('PUT /projects/1', { body: { [cross]: true } })
    expect((await recent.ask('GET /projects/1')).body).toMatchObject({ [cross]: true })
  })
})

describe('groups', () => {
  test.each([
    ['own ones', '', 'maintainer', [10, 11, 14]],
    ['all that may be seen', 'all_available=true', 'maintainer', [10, 11, 12, 14, 15]],
    ['those of a level', 'min_access_level=30&all_available=true', 'maintainer', []],
    ['none of a stranger', '', 'stranger', []],
    ['all for the administrator', '', 'admin', [10, 11, 12, 13, 14, 15]],
    ['by name and path', 'search=plat', 'maintainer', [11]],
    ['by full path', 'search=partners%2Ft&all_available=true', 'maintainer', [15]],
  ])('the list holds %s', async (_rule, query, as, ids) => {
    const { ask } = openBackend()
    const { body } = await ask(`GET /groups?order_by=id&${query}`, { as })
    expect(pluck(body, 'id')).toEqual(ids)
  })

  test('a group is read by id and by full path', async () => {
    const { ask } = openBackend()
    const byId = await ask('GET /groups/11')
    expect(byId.body).toMatchObject({
      id: 11,
      full_path: 'acme/platform',
      full_name: 'acme / platform',
      parent_id: 10,
      web_url: 'https://gitlab.example.com/groups/acme/platform',
    })
    expect((await ask('GET /groups/acme%2Fplatform')).body).toEqual(byId.body)
  })

  test.each(['/groups/13', '/groups/999'])('hidden and missing look the same: %s', async (path) => {
    const { ask } = openBackend()
    expect(await ask(`GET ${path}`)).toMatchObject({ status: 404, body: groupMissing })
  })

  test('a private group shows itself to members of a project inside it', async () => {
    const { ask, gitlab } = openBackend()
    gitlab.roles.stranger.projectLevels.set(4, 10)
    expect((await ask('GET /groups/13', { as: 'stranger' })).status).toBe(200)
  })

  test('the switch of fine-grained permissions is for owners of 17.11 to 18.2', async () => {
    const { ask } = openBackend({ scenario: 'group-off' })
    const body = { job_token_policies_enabled: true }
    expect(await ask('PUT /groups/10', { body })).toMatchObject({
      status: 403,
      body: { message: '403 Forbidden' },
    })
    expect((await ask('GET /groups/10')).body).not.toHaveProperty('job_token_policies_enabled')
    expect((await ask('GET /groups/10', { as: 'owner' })).body).toMatchObject({
      job_token_policies_enabled: false,
    })
    const recent = openBackend()
    expect((await recent.ask('PUT /groups/10', { as: 'owner', body })).body).not.toHaveProperty(
      'job_token_policies_enabled',
    )
  })
})

describe('the instance', () => {
  test('says who asks', async () => {
    const { ask } = openBackend()
    expect((await ask('GET /user')).body).toMatchObject({ id: 2, username: 'maya' })
    expect((await ask('GET /user')).body).not.toHaveProperty('is_admin')
    expect((await ask('GET /user', { as: 'admin' })).body).toMatchObject({ id: 1, is_admin: true })
  })

  test('says its version', async () => {
    const { ask } = openBackend()
    expect((await ask('GET /version')).body).toMatchObject({ version: '18.3.0-ee' })
    expect((await ask('GET /metadata')).body).toMatchObject({
      version: '18.3.0-ee',
      enterprise: true,
    })
  })

  test('shows and changes its settings to administrators only', async () => {
    const { ask } = openBackend()
    const enforced = { enforce_ci_inbound_job_token_scope_enabled: true }
    for (const line of ['GET /application/settings', 'PUT /application/settings']) {
      expect(
        await ask(line, { as: 'owner', ...(line.startsWith('PUT') && { body: enforced }) }),
      ).toMatchObject({ status: 403, body: { message: '403 Forbidden' } })
    }
    await ask('PUT /application/settings', { as: 'admin', body: enforced })
    expect((await ask('GET /application/settings', { as: 'admin' })).body).toMatchObject(enforced)
  })

  test('has no other routes', async () => {
    const { ask } = openBackend()
    expect(await ask('GET /nowhere')).toMatchObject({
      status: 404,
      body: { error: '404 Not Found' },
    })
  })
})
