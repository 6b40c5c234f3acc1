import { getResponse } from 'msw'
import { describe, expect, test } from 'vitest'
import { controllableEndpoints, uncontrollableEndpoints } from '../src/domain/endpoint-catalogue.ts'
import type { DialChanges } from './dials.ts'
import { findJobRoute } from './job-token-routes.ts'
import { openBackend, pluck, readAnswer, webRoot } from './test-client.ts'

/** A backend with a function that sends a job's request, such as `GET /projects/1/jobs`. */
function open(dials: DialChanges = {}) {
  const opened = openBackend(dials)
  const call = async (line: string, token: string) => {
    const [method = '', path = ''] = line.split(' ')
    const headers = { 'job-token': token }
    const request = new Request(`${webRoot}/api/v4${path}`, { method, headers })
    const response = await getResponse(opened.handlers, request)
    if (!response) throw new Error(`Nobody answers ${line}`)
    return readAnswer(response)
  }
  return { ...opened, call }
}

const jobs = 'GET /projects/1/jobs'
const required = (policies: string) =>
  `403 Forbidden - Insufficient permissions to access this resource in project storefront. The following token ${policies}.`

/**
 * Entries of project 1 in the contract world: project 2 by default, group 12 READ_JOBS,
 * READ_PACKAGES.
 */
describe('a job token', () => {
  test.each([
    ['of a listed project with default permissions', 'DELETE /projects/1/packages/5', 'project-2'],
    ['of a project in a listed group', jobs, 'project-3'],
    ['of a project in a subgroup of it', jobs, 'project-6'],
    ['of the project itself', 'POST /projects/1/deployments', 'project-1'],
    ['by the path of the project', 'GET /projects/acme%2Fstorefront/jobs', 'project-2'],
    ['where no permission counts', 'GET /projects/1/packages/conan/v1/ping', 'project-3'],
    [
      'of the project itself, at its registry',
      'GET /projects/1/registry/repositories',
      'project-1',
    ],
    ['at an endpoint of no project', 'GET /job', 'project-4'],
    ['at a group', 'GET /groups/12/-/packages/pypi/simple', 'project-4'],
    [
      'at a package called after the project',
      'GET /packages/maven/acme/storefront/1.0/a.jar',
      'project-3',
    ],
    [
      'at a recipe that names it',
      'GET /packages/conan/v1/conans/a/1/acme+storefront/c',
      'project-3',
    ],
    ['of a user who sees the project', 'GET /projects/1/packages', 'project-2:gus'],
    ['of a user who is a Developer', 'DELETE /projects/1/packages/5', 'project-2:devi'],
    ['asking with HEAD', 'HEAD /projects/1/jobs', 'project-2'],
  ])('is let in %s: %s', async (_rule, line, token) => {
    expect((await open().call(line, token)).status).toBe(200)
  })

  const outside = (from: string, to = 'storefront') =>
    `403 Forbidden - Authentication by CI/CD job token not allowed from ${from} to ${to}.`

  test.each([
    ['of a project without entry', jobs, 'project-7', outside('app')],
    [
      'without the one permission',
      'GET /projects/1/releases',
      'project-3',
      required('permission is required: read_releases'),
    ],
    [
      'without both permissions',
      'POST /projects/1/deployments',
      'project-3',
      required('permissions are required: admin_deployments and admin_environments'),
    ],
    [
      'that may only read',
      'DELETE /projects/1/packages/5',
      'project-3',
      required('permission is required: admin_packages'),
    ],
    [
      'at the registry of another project',
      'GET /projects/1/registry/repositories',
      'project-2',
      "403 Forbidden - This project's CI/CD job token cannot be used to authenticate with the container registry of a different project.",
    ],
    ['of a user who cannot see the project', jobs, 'project-2:sam', outside('deploy-tools')],
    [
      'of a user below Developer',
      'DELETE /projects/1/packages/5',
      'project-2:gus',
      '403 Forbidden',
    ],
    [
      'that would write to an archive',
      'POST /projects/5/deployments',
      'project-5',
      '403 Forbidden',
    ],
  ])('is refused %s: %s', async (_rule, line, token, message) => {
    expect(await open().call(line, token)).toMatchObject({ status: 403, body: { message } })
  })

  test.each([
    ['an unknown token', jobs, 'glcbt-64_abc', 401, '401 Unauthorized'],
    ['a project that is not there', jobs, 'project-99', 401, '401 Unauthorized'],
    ['a user who is not there', jobs, 'project-2:nobody', 401, '401 Unauthorized'],
    ['a later release', 'GET /projects/1/badges', 'project-2', 401, '401 Unauthorized'],
    ['no such project', 'GET /projects/99/jobs', 'project-2', 404, '404 Project Not Found'],
    [
      'no such group',
      'GET /groups/99/-/packages/pypi/simple',
      'project-2',
      404,
      '404 Group Not Found',
    ],
    ['what no project is told of', 'GET /jobs/7/artifacts', 'project-2', 404, '404 Not Found'],
  ])('meets %s', async (_rule, line, token, status, message) => {
    expect(await open().call(line, token)).toMatchObject({ status, body: { message } })
  })

  test('opens nothing else, and nothing opens what is made for it', async () => {
    const { ask, call } = open()
    expect((await call('GET /projects/1', 'project-1')).status).toBe(401)
    expect((await call('GET /projects/1/variables', 'project-1')).status).toBe(404)
    expect((await ask(jobs)).status).toBe(404)
  })

  test('of any project is let in while the allowlist is off, but not at the registry', async () => {
    const { call } = open({ scenario: 'open' })
    expect((await call('DELETE /projects/1/packages/5', 'project-7')).status).toBe(200)
    expect((await call('GET /projects/1/registry/repositories', 'project-7')).status).toBe(403)
  })

  test('is refused where the instance enforces the allowlist', async () => {
    expect((await open({ scenario: 'enforced' }).call(jobs, 'project-7')).status).toBe(403)
  })

  test('needs no permissions while the switch of the group is off', async () => {
    const { call } = open({ scenario: 'group-off' })
    expect((await call('GET /projects/1/releases', 'project-2')).status).toBe(200)
  })

  test('goes nowhere private where its own project limits that', async () => {
    const { call, gitlab } = open({ scenario: 'legacy' })
    const [app, sdk] = [gitlab.projects.get(7), gitlab.projects.get(2)]
    if (!app || !sdk) throw new Error('The world lacks a project')
    app.scope.inboundEnabled = false
    sdk.scope.inboundEnabled = false
    expect((await call('GET /projects/7/jobs', 'project-1')).status).toBe(200)
    expect((await call('GET /projects/2/jobs', 'project-1')).status).toBe(403)
  })
})

describe('an entry', () => {
  const put = (kind: 'allowlist' | 'groups_allowlist', id: number, ...policies: string[]) => ({
    line: `PUT /projects/1/job_token_scope/${kind}/${id}`,
    body: { default_permissions: false, job_token_policies: policies },
  })

  test('that writes includes reading', async () => {
    const { ask, call } = open()
    const { line, body } = put('groups_allowlist', 12, 'ADMIN_PACKAGES')
    await ask(line, { body })
    expect((await call('GET /projects/1/packages', 'project-3')).status).toBe(200)
    expect((await call(jobs, 'project-3')).status).toBe(403)
  })

  test('of a project hides that of its group', async () => {
    const { ask, call } = open()
    const body = { target_project_id: 3, default_permissions: false, job_token_policies: [] }
    await ask('POST /projects/1/job_token_scope/allowlist', { body })
    expect((await call(jobs, 'project-3')).status).toBe(403)
    expect((await call(jobs, 'project-6')).status).toBe(200)
  })

  test('of a subgroup hides that of its parent', async () => {
    const { ask, call } = open()
    const body = { target_group_id: 15, default_permissions: false, job_token_policies: [] }
    await ask('POST /projects/1/job_token_scope/groups_allowlist', { body })
    expect((await call(jobs, 'project-6')).status).toBe(403)
    expect((await call(jobs, 'project-3')).status).toBe(200)
  })

  test('of an own group limits the project itself, until its own row is saved', async () => {
    const { ask, call } = open()
    const body = { target_group_id: 10, default_permissions: false, job_token_policies: [] }
    await ask('POST /projects/1/job_token_scope/groups_allowlist', { body })
    expect(await call(jobs, 'project-1')).toMatchObject({
      status: 403,
      body: { message: required('permission is required: read_jobs') },
    })
    const own = { default_permissions: true, job_token_policies: [] }
    await ask('PUT /projects/1/job_token_scope/allowlist/1', { body: own })
    expect((await call(jobs, 'project-1')).status).toBe(200)
  })

  test('did not limit the project itself before 18.3', async () => {
    const { call, gitlab } = open({ scenario: 'gitlab-18-0' })
    const project = gitlab.projects.get(1)
    if (!project) throw new Error('The world lacks the project')
    const link = { targetId: 10, defaultPermissions: false, policies: [], addedBy: 3, addedAt: '' }
    project.scope.groupLinks = [link]
    expect((await call('POST /projects/1/deployments', 'project-1')).status).toBe(200)
    expect((await call('POST /projects/1/deployments', 'project-7')).status).toBe(403)
  })
})

describe('a public project', () => {
  test.each([
    ['reads what everybody may', 'GET /projects/3/packages', 200, undefined],
    ['does not write', 'DELETE /projects/3/packages/5', 403, 'sdk'],
    ['does not read what members may', 'GET /projects/3/secure_files', 403, 'sdk'],
    ['asks its Conan registry', 'GET /projects/3/packages/conan/v1/ping', 200, undefined],
  ])('without entry: %s', async (_rule, line, status, name) => {
    const answer = await open().call(line, 'project-7')
    expect(answer.status).toBe(status)
    if (name) expect(JSON.stringify(answer.body)).toContain(`in project ${name}. The following`)
  })
})

test('a public project keeps visitors from writing without permissions, too', async () => {
  const { call } = open({ scenario: 'group-off' })
  expect((await call('GET /projects/3/packages', 'project-7')).status).toBe(200)
  expect(await call('DELETE /projects/3/packages/5', 'project-7')).toMatchObject({
    status: 403,
    body: { message: '403 Forbidden' },
  })
})

describe('the authentication log', () => {
  const list = '/projects/1/job_token_scope/authorizations'
  const originsOf = async ({ ask }: ReturnType<typeof open>) => {
    const { body } = await ask(`GET ${list}`)
    return pluck(body, 'origin_project').map((origin) => pluck([origin], 'id')[0])
  }

  test('names a project that was let in, with all that it used', async () => {
    const opened = open({ now: '2026-01-20T08:00:00.000Z' })
    await opened.call('GET /projects/1/packages', 'project-3')
    await opened.call('POST /projects/1/packages/npm/-/npm/v1/security/audits/quick', 'project-3')
    expect(await originsOf(opened)).toEqual([3, 2, 6])
    const { body } = await opened.ask(`GET ${list}`)
    expect(body).toMatchObject([
      {
        last_authorized_at: '2026-01-20T08:00:00.000Z',
        job_token_policies: ['READ_JOBS', 'READ_PACKAGES'],
      },
      {},
      {},
    ])
  })

  test('does not name the project itself, one that was refused, or a visitor', async () => {
    const opened = open({ now: '2026-01-20T08:00:00.000Z' })
    await opened.call(jobs, 'project-1')
    await opened.call(jobs, 'project-7')
    await opened.call('GET /projects/1/releases', 'project-3')
    expect(await originsOf(opened)).toEqual([2, 6, 3])
    await opened.call('GET /projects/3/packages', 'project-7')
    const { body } = await opened.ask('GET /projects/3/job_token_scope/authorizations', {
      as: 'admin',
    })
    expect(body).toEqual([])
  })

  test('is kept in the journal once for all that is the same', async () => {
    const { backend, call } = open()
    await call(jobs, 'project-2')
    await call(jobs, 'project-2')
    await call(jobs, 'project-7')
    expect(backend.journal).toMatchObject([
      { method: 'GET', path: '/v4/projects/1/jobs', token: null, jobToken: 'project-2' },
    ])
  })
})

test('faults hit the requests of jobs, too', async () => {
  const { backend, call } = open({ fault: 'GET /projects/1/jobs 503 1; GET /jobs lost 1' })
  expect((await call(jobs, 'project-2')).status).toBe(503)
  await call(jobs, 'project-2')
  expect(backend.journal).toHaveLength(1)
})

describe('routing', () => {
  const rows = [...Object.values(controllableEndpoints).flat(), ...uncontrollableEndpoints]

  test('finds each endpoint at its own path', () => {
    const strays = rows.filter(({ method, path }) => {
      const url = path
        .replace('(/)(', '(/')
        .replace(/[()]/g, '')
        .replace(/[:*](?:\w*_?i?id|serial)\b/g, '42')
        .replace(/[:*](\w+)/g, '$1')
      const route = findJobRoute(method, url)
      return route?.path !== path
    })
    expect(strays).toEqual([])
  })

  test.each([
    ['PUT', '/projects/1/packages/maven/a/b/1.0/b.jar/authorize', '*path/:file_name/authorize'],
    ['GET', '/projects/1/packages/npm/@a/b/-/@a/b-1.tgz', '*package_name/-/*file_name'],
    ['GET', '/projects/1//jobs/', '/projects/:id/jobs'],
    ['GET', '/projects/1/jobs/artifacts/feature/x/raw/a/b', ':ref_name/raw/*artifact_path'],
    ['DELETE', '/projects/1/environments/review_apps', '/review_apps'],
    ['GET', '/projects/1/packages/npm/@a/b', undefined],
    ['GET', '/group/1/-/packages/composer/a/b', undefined],
    ['GET', '/projects/1/pipelines/latest', undefined],
    ['GET', '/projects/1/releases/permalink/latestish', undefined],
    ['PATCH', '/projects/1/jobs', undefined],
  ])('%s %s goes to …%s', (method, path, end) => {
    const route = findJobRoute(method, path)
    if (end === undefined) expect(route).toBeUndefined()
    else expect(route?.path.endsWith(end)).toBe(true)
  })
})
