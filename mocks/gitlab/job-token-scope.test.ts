import { describe, expect, test } from 'vitest'
import type { DialChanges } from '../dials.ts'
import { openBackend, pluck } from '../test-client.ts'

const scope = '/projects/1/job_token_scope'
const allowlist = `${scope}/allowlist`
const groups = `${scope}/groups_allowlist`

/** An expected refusal: its status and body. */
type Expected = { readonly status: number; readonly body: unknown }

const message = (status: number, text: string): Expected => ({ status, body: { message: text } })
const bad = (reason: string) => message(400, `400 Bad request - ${reason}`)
const invalid = (error: string): Expected => ({ status: 400, body: { error } })
const empty = (name: string) => invalid(`${name} is empty`)
const missing = (name: string) => invalid(`${name} is missing, ${name} is empty`)

const unauthorized = message(401, '401 Unauthorized')
const forbidden = message(403, '403 Forbidden')
const mayNotRemove = message(
  403,
  '403 Forbidden - Insufficient permissions to modify the job token scope',
)
const projectMissing = message(404, '404 Project Not Found')
const targetProjectMissing = message(404, '404 target_project_id not found Not Found')
const targetGroupMissing = message(404, '404 target_group_id not found Not Found')
const invalidPolicy = invalid('job_token_policies does not have a valid value')
const cannotRead = (target: string) =>
  bad(
    `The ${target} that you are attempting to access does not exist or you don't have permission to perform this action`,
  )
const tooManyProjects = bad(
  'Validation failed: Source project exceeds the allowable number of project links in this direction',
)
const tooManyGroups = bad(
  'Validation failed: Source project exceeds the allowable number of group links',
)
const fine = { default_permissions: false, job_token_policies: ['READ_JOBS'] }

type Refused = readonly [
  rule: string,
  line: string,
  expected: Expected,
  request?: Omit<DialChanges, 'as'> & { readonly as?: string; readonly body?: unknown },
]

const refusals: readonly Refused[] = [
  // Who asks
  ['nobody reads without a token', `GET ${scope}`, unauthorized, { as: '' }],
  ['an unknown token is nobody', `GET ${scope}`, unauthorized, { as: 'unknown' }],
  [
    'an expired token is named so',
    `GET ${scope}`,
    {
      status: 401,
      body: {
        error: 'invalid_token',
        error_description: 'Token is expired. You can either do re-authorization or token refresh.',
      },
    },
    { as: 'expired' },
  ],
  [
    'a read_api token does not write',
    `PATCH ${scope}`,
    {
      status: 403,
      body: {
        error: 'insufficient_scope',
        error_description:
          'The request requires higher privileges than provided by the access token.',
        scope: 'api',
      },
    },
    { as: 'maintainer-read-api', body: { enabled: false } },
  ],
  [
    'a stranger does not learn that the project exists',
    `GET ${scope}`,
    projectMissing,
    { as: 'stranger' },
  ],
  ['a missing project', 'GET /projects/999/job_token_scope', projectMissing],
  ['a developer does not read the mode', `GET ${scope}`, forbidden, { as: 'developer' }],
  ['a guest does not read the list', `GET ${allowlist}`, forbidden, { as: 'guest' }],
  ['a guest does not read the groups', `GET ${groups}`, forbidden, { as: 'guest' }],
  [
    'a developer does not read the log',
    `GET ${scope}/authorizations`,
    forbidden,
    { as: 'developer' },
  ],
  [
    'a developer does not change the mode',
    `PATCH ${scope}`,
    forbidden,
    { as: 'developer', body: { enabled: true } },
  ],
  [
    'a developer does not add',
    `POST ${allowlist}`,
    forbidden,
    { as: 'developer', body: { target_project_id: 6 } },
  ],
  ['a developer does not edit', `PUT ${allowlist}/2`, forbidden, { as: 'developer', body: fine }],
  [
    'a developer does not remove a project',
    `DELETE ${allowlist}/2`,
    mayNotRemove,
    { as: 'developer' },
  ],
  ['a developer does not remove a group', `DELETE ${groups}/12`, mayNotRemove, { as: 'developer' }],
  [
    'parameters come before rights',
    `PATCH ${scope}`,
    missing('enabled'),
    { as: 'developer', body: {} },
  ],
  // The mode
  ['the mode must be said', `PATCH ${scope}`, missing('enabled'), { body: { other: 1 } }],
  ['the mode must not be null', `PATCH ${scope}`, empty('enabled'), { body: { enabled: null } }],
  [
    'the mode must be a boolean',
    `PATCH ${scope}`,
    invalid('enabled is invalid'),
    { body: { enabled: 123 } },
  ],
  [
    'an unreadable body',
    `PATCH ${scope}`,
    invalid('message body does not match declared format'),
    { body: '{"enabled":' },
  ],
  // Adding
  [
    'a target project must be said',
    `POST ${allowlist}`,
    missing('target_project_id'),
    { body: {} },
  ],
  [
    'a target project must not be null',
    `POST ${allowlist}`,
    empty('target_project_id'),
    { body: { target_project_id: null } },
  ],
  [
    'a target project must not be blank',
    `POST ${allowlist}`,
    empty('target_project_id'),
    { body: { target_project_id: '' } },
  ],
  [
    'a target project must be whole',
    `POST ${allowlist}`,
    invalid('target_project_id is invalid'),
    { body: { target_project_id: 12.34 } },
  ],
  [
    'a target project is no text',
    `POST ${allowlist}`,
    invalid('target_project_id is invalid'),
    { body: { target_project_id: 'acme' } },
  ],
  ['a target group must be said', `POST ${groups}`, missing('target_group_id'), { body: {} }],
  [
    'a target group must be whole',
    `POST ${groups}`,
    invalid('target_group_id is invalid'),
    { body: { target_group_id: '12.34' } },
  ],
  [
    'writes take no path for the project',
    'POST /projects/acme%2Fstorefront/job_token_scope/allowlist',
    invalid('id is invalid'),
    { body: { target_project_id: 6 } },
  ],
  [
    'nor does adding a group',
    'POST /projects/acme%2Fstorefront/job_token_scope/groups_allowlist',
    invalid('id is invalid'),
    { body: { target_group_id: 14 } },
  ],
  [
    'all faulty parameters are named',
    'POST /projects/acme%2Fstorefront/job_token_scope/allowlist',
    invalid('id is invalid, target_project_id is missing, target_project_id is empty'),
    { body: {} },
  ],
  [
    'a missing target project',
    `POST ${allowlist}`,
    targetProjectMissing,
    { body: { target_project_id: 999 } },
  ],
  [
    'a missing target group',
    `POST ${groups}`,
    targetGroupMissing,
    { body: { target_group_id: 999 } },
  ],
  [
    'a hidden target project',
    `POST ${allowlist}`,
    cannotRead('target_project'),
    { body: { target_project_id: 4 } },
  ],
  [
    'a hidden target group',
    `POST ${groups}`,
    cannotRead('target_group'),
    { body: { target_group_id: 13 } },
  ],
  [
    'a listed project',
    `POST ${allowlist}`,
    bad('This project is already in the job token allowlist.'),
    { body: { target_project_id: 2 } },
  ],
  [
    'a listed group',
    `POST ${groups}`,
    bad('This group is already in the job token allowlist.'),
    { body: { target_group_id: 12 } },
  ],
  [
    '201 projects',
    `POST ${allowlist}`,
    tooManyProjects,
    { scenario: 'at-limit', body: { target_project_id: 2 } },
  ],
  [
    '201 groups',
    `POST ${groups}`,
    tooManyGroups,
    { scenario: 'at-limit', body: { target_group_id: 11 } },
  ],
  [
    'the limit is looked at before the duplicate',
    `POST ${allowlist}`,
    tooManyProjects,
    { scenario: 'at-limit', body: { target_project_id: 20_001 } },
  ],
  [
    'an own entry beyond the limit',
    `PUT ${allowlist}/1`,
    tooManyProjects,
    { scenario: 'at-limit', body: fine },
  ],
  [
    'an own entry before 18.3',
    `POST ${allowlist}`,
    bad("Validation failed: Target project can't be the same as the source project"),
    { scenario: 'group-off', body: { target_project_id: 1 } },
  ],
  [
    'an unknown policy',
    `POST ${allowlist}`,
    invalidPolicy,
    { body: { target_project_id: 6, job_token_policies: ['READ_EVERYTHING'] } },
  ],
  [
    'a policy of a newer release',
    `POST ${allowlist}`,
    invalidPolicy,
    { body: { target_project_id: 6, job_token_policies: ['ADMIN_REPOSITORIES'] } },
  ],
  [
    'a policy that is no list',
    `POST ${allowlist}`,
    invalid('job_token_policies is invalid'),
    { body: { target_project_id: 6, job_token_policies: 'READ_JOBS' } },
  ],
  [
    'a repeated policy',
    `POST ${groups}`,
    bad('Validation failed: Job token policies must be a valid json schema'),
    {
      body: {
        target_group_id: 14,
        default_permissions: false,
        job_token_policies: ['READ_JOBS', 'READ_JOBS'],
      },
    },
  ],
  [
    'default permissions must be a boolean',
    `POST ${allowlist}`,
    invalid('default_permissions is invalid'),
    { body: { target_project_id: 6, default_permissions: 'maybe' } },
  ],
  // Editing
  [
    'both fields must be said',
    `PUT ${allowlist}/2`,
    invalid(
      'default_permissions is missing, default_permissions is empty, job_token_policies is missing, job_token_policies is empty',
    ),
    { body: {} },
  ],
  [
    'neither field may be null',
    `PUT ${groups}/12`,
    invalid('default_permissions is empty, job_token_policies is empty'),
    { body: { default_permissions: null, job_token_policies: null } },
  ],
  [
    'both fields have a type',
    `PUT ${groups}/12`,
    invalid('default_permissions is invalid, job_token_policies is invalid'),
    { body: { default_permissions: 3, job_token_policies: { a: 1 } } },
  ],
  [
    'editing takes no path',
    'PUT /projects/acme%2Fstorefront/job_token_scope/allowlist/2',
    invalid('id is invalid'),
    { body: fine },
  ],
  [
    'editing to an unknown policy',
    `PUT ${allowlist}/2`,
    invalidPolicy,
    { body: { default_permissions: false, job_token_policies: ['READ_EVERYTHING'] } },
  ],
  [
    'editing to a deprecated policy, though held',
    `PUT ${allowlist}/2`,
    invalidPolicy,
    {
      scenario: 'legacy',
      body: { default_permissions: false, job_token_policies: ['READ_CONTAINERS'] },
    },
  ],
  [
    'editing to a repeated policy',
    `PUT ${allowlist}/2`,
    bad('Job token policies must be a valid json schema'),
    { body: { default_permissions: false, job_token_policies: ['READ_JOBS', 'READ_JOBS'] } },
  ],
  [
    'editing a project that is not listed',
    `PUT ${allowlist}/6`,
    bad('Unable to find a job token scope for the given project & target'),
    { body: fine },
  ],
  [
    'editing a group that is not listed',
    `PUT ${groups}/14`,
    bad('Unable to find a job token scope for the given project & target'),
    { body: fine },
  ],
  ['editing a missing project', `PUT ${allowlist}/999`, projectMissing, { body: fine }],
  [
    'editing a hidden project',
    `PUT ${allowlist}/4`,
    projectMissing,
    { scenario: 'legacy', body: fine },
  ],
  ['editing a missing group', `PUT ${groups}/999`, targetGroupMissing, { body: fine }],
  ['editing a hidden group', `PUT ${groups}/13`, targetGroupMissing, { body: fine }],
  [
    'fine-grained permissions while the group has them off',
    `PUT ${allowlist}/2`,
    bad('Failed to update job token scope'),
    { scenario: 'group-off', body: fine },
  ],
  // Removing
  [
    'removing takes no path for the project',
    'DELETE /projects/acme%2Fstorefront/job_token_scope/allowlist/2',
    invalid('id is invalid'),
  ],
  [
    'removing takes no path for the target',
    `DELETE ${allowlist}/acme`,
    invalid('target_project_id is invalid'),
  ],
  ['removing a missing project', `DELETE ${allowlist}/999`, projectMissing],
  [
    'removing a hidden project, though listed',
    `DELETE ${allowlist}/4`,
    projectMissing,
    { scenario: 'legacy' },
  ],
  [
    'removing a project that is not listed',
    `DELETE ${allowlist}/6`,
    bad('Target project is not in the job token scope'),
  ],
  [
    'removing the project itself',
    `DELETE ${allowlist}/1`,
    bad('Source project cannot be removed from the job token scope'),
  ],
  ['removing a missing group', `DELETE ${groups}/999`, targetGroupMissing],
  [
    'removing a group that is not listed',
    `DELETE ${groups}/14`,
    bad('Target group is not in the job token scope'),
  ],
  [
    'a hidden group that is not listed is not missing',
    `DELETE ${groups}/13`,
    bad('Target group is not in the job token scope'),
  ],
  ['removing from an invisible project', `DELETE ${groups}/12`, projectMissing, { as: 'stranger' }],
  // An archived project
  [
    'an archived project keeps its mode',
    'PATCH /projects/5/job_token_scope',
    forbidden,
    { as: 'owner', body: { enabled: true } },
  ],
  [
    'an archived project takes no entry',
    'POST /projects/5/job_token_scope/allowlist',
    forbidden,
    { as: 'owner', body: { target_project_id: 6 } },
  ],
  [
    'an archived project edits no entry',
    'PUT /projects/5/job_token_scope/allowlist/5',
    forbidden,
    { as: 'owner', body: fine },
  ],
  [
    'an archived project loses no entry',
    'DELETE /projects/5/job_token_scope/allowlist/6',
    forbidden,
    { as: 'owner' },
  ],
  // Stock GitLab
  [
    'stock GitLab cannot edit entries',
    `PUT ${allowlist}/2`,
    { status: 405, body: { error: '405 Not Allowed' } },
    { api: 'gitlab', body: fine },
  ],
  [
    'opening a project that the instance holds to its allowlist, in newer releases',
    `PATCH ${scope}`,
    {
      status: 400,
      body: {
        message:
          '400 Bad request - Job token scope cannot be disabled for this project because it is enforced for the instance.',
      },
    },
    { scenario: 'enforced-19', body: { enabled: false } },
  ],
  [
    'stock GitLab has no log in REST',
    `GET ${scope}/authorizations`,
    { status: 404, body: { error: '404 Not Found' } },
    { api: 'gitlab' },
  ],
]

describe('what GitLab refuses, and that it changes nothing', () => {
  for (const [rule, line, expected, request = {}] of refusals) {
    test(rule, async () => {
      const { as = 'maintainer', body, ...dials } = request
      const { ask, backend } = openBackend(dials)
      const before = structuredClone(backend.gitlab.projects)
      const answer = await ask(line, { as, body })
      expect({ status: answer.status, body: answer.body }).toEqual(expected)
      expect(backend.gitlab.projects).toEqual(before)
      expect(backend.journal).toEqual([])
    })
  }
})

describe('the mode', () => {
  test('is changed without a body in the answer, and read back', async () => {
    const { ask } = openBackend()
    expect(await ask(`PATCH ${scope}`, { body: { enabled: false } })).toMatchObject({
      status: 204,
      body: '',
    })
    const read = await ask(`GET ${scope}`)
    expect(read.body).toEqual({ inbound_enabled: false, outbound_enabled: false })
  })

  test('reads by full path, too, in any letter case', async () => {
    const { ask } = openBackend()
    const read = await ask('GET /projects/ACME%2Fstorefront/job_token_scope')
    expect(read.status).toBe(200)
  })

  test('stays effective under enforcement, whatever is written', async () => {
    const { ask } = openBackend({ scenario: 'enforced' })
    expect((await ask(`PATCH ${scope}`, { body: { enabled: false } })).status).toBe(204)
    expect((await ask(`GET ${scope}`)).body).toMatchObject({ inbound_enabled: true })
    const settings = { enforce_ci_inbound_job_token_scope_enabled: false }
    await ask('PUT /application/settings', { as: 'admin', body: settings })
    expect((await ask(`GET ${scope}`)).body).toMatchObject({ inbound_enabled: false })
  })

  test('can be switched to the allowlist under enforcement in newer releases, too', async () => {
    const { ask } = openBackend({ scenario: 'enforced-19' })
    expect((await ask(`PATCH ${scope}`, { body: { enabled: true } })).status).toBe(204)
  })

  test.each(['true', 't', '1', 'on', 'yes'])('takes the form value %s', async (text) => {
    const { ask } = openBackend({ scenario: 'open' })
    expect((await ask(`PATCH ${scope}`, { form: `enabled=${text}` })).status).toBe(204)
    expect((await ask(`GET ${scope}`)).body).toMatchObject({ inbound_enabled: true })
  })
})

describe('the list of projects', () => {
  test('holds the project itself once, with default permissions, before it is stored', async () => {
    const { ask } = openBackend()
    const { body } = await ask(`GET ${allowlist}`)
    expect(pluck(body, 'id')).toEqual([1, 2])
    expect(body).toMatchObject([
      {
        default_permissions: true,
        job_token_policies: [],
        added_by: null,
        added_at: null,
        accessible: true,
      },
      {
        path_with_namespace: 'acme/platform/deploy-tools',
        default_permissions: true,
        added_by: {
          id: 3,
          username: 'omar',
          name: 'Omar Haddad',
          avatar_url: null,
          web_url: 'https://gitlab.example.com/omar',
        },
        added_at: '2025-10-06T08:30:00.000Z',
      },
    ])
  })

  test('still holds it once when stored', async () => {
    const { ask } = openBackend()
    await ask(`PUT ${allowlist}/1`, { body: fine })
    const { body } = await ask(`GET ${allowlist}`)
    expect(pluck(body, 'id')).toEqual([1, 2])
    expect(pluck(body, 'job_token_policies')).toEqual([['READ_JOBS'], []])
  })

  test('on stock GitLab holds it twice when stored, and nothing of the extension', async () => {
    const { ask } = openBackend({ api: 'gitlab' })
    const added = await ask(`POST ${allowlist}`, { body: { target_project_id: 1 } })
    expect(added.body).toEqual({ source_project_id: 1, target_project_id: 1 })
    const { body } = await ask(`GET ${allowlist}`)
    expect(pluck(body, 'id')).toEqual([1, 1, 2])
    expect(pluck(body, 'default_permissions')).toEqual([undefined, undefined, undefined])
  })

  test('tells hidden targets by name and path', async () => {
    const { ask } = openBackend({ scenario: 'legacy' })
    const { body } = await ask(`GET ${allowlist}`)
    expect(body).toContainEqual(
      expect.objectContaining({ path_with_namespace: 'secret-society/vault', accessible: false }),
    )
    const asAdmin = await ask(`GET ${allowlist}`, { as: 'admin' })
    expect(pluck(asAdmin.body, 'accessible')).toEqual([true, true, true, true, true])
  })

  test('keeps duplicates and unknown names that an old world holds', async () => {
    const { ask } = openBackend({ scenario: 'legacy' })
    const { body } = await ask(`GET ${allowlist}`)
    expect(pluck(body, 'job_token_policies')).toEqual([
      [],
      ['READ_CONTAINERS', 'READ_PACKAGES'],
      ['READ_FEATURE_FLAGS', 'ADMIN_RELEASES'],
      [],
      ['READ_JOBS', 'READ_JOBS', 'ADMIN_JOBS'],
    ])
  })

  test('leaves legacy outbound links out', async () => {
    const { ask } = openBackend({ scenario: 'legacy' })
    expect(pluck((await ask(`GET ${allowlist}`)).body, 'id')).not.toContain(7)
    expect((await ask(`GET ${scope}`)).body).toMatchObject({ outbound_enabled: true })
  })

  test('is there while all projects are let in', async () => {
    const { ask } = openBackend({ scenario: 'open' })
    expect(pluck((await ask(`GET ${allowlist}`)).body, 'id')).toEqual([1, 2])
  })
})

describe('the list of groups', () => {
  test('carries path and permissions', async () => {
    const { ask } = openBackend()
    expect((await ask(`GET ${groups}`)).body).toMatchObject([
      {
        id: 12,
        name: 'partners',
        web_url: 'https://gitlab.example.com/groups/partners',
        full_path: 'partners',
        avatar_url: null,
        default_permissions: false,
        job_token_policies: ['READ_JOBS', 'READ_PACKAGES'],
        accessible: true,
      },
    ])
  })

  test('on stock GitLab carries id, address and name only', async () => {
    const { ask } = openBackend({ api: 'gitlab' })
    expect((await ask(`GET ${groups}`)).body).toEqual([
      { id: 12, web_url: 'https://gitlab.example.com/groups/partners', name: 'partners' },
    ])
  })

  test('reads as default permissions while the group has the feature off', async () => {
    const { ask } = openBackend({ scenario: 'group-off' })
    const { body } = await ask(`GET ${allowlist}`)
    expect(pluck(body, 'default_permissions')).toEqual([true, true])
    expect(pluck(body, 'job_token_policies')).toEqual([[], []])
    const on = { job_token_policies_enabled: true }
    expect((await ask('PUT /groups/10', { as: 'owner', body: on })).body).toMatchObject(on)
    expect(pluck((await ask(`GET ${allowlist}`)).body, 'default_permissions')).toEqual([
      true,
      false,
    ])
  })
})

describe('adding', () => {
  test('gives default permissions unless told, says both back, and keeps order by id', async () => {
    const { ask } = openBackend()
    const added = await ask(`POST ${groups}`, { body: { target_group_id: 11 } })
    expect(added).toMatchObject({ status: 201 })
    expect(added.body).toEqual({
      source_project_id: 1,
      target_group_id: 11,
      default_permissions: true,
      job_token_policies: [],
    })
    const { body } = await ask(`GET ${groups}`)
    expect(pluck(body, 'id')).toEqual([11, 12])
    expect(body).toMatchObject([
      { added_by: { username: 'maya' }, added_at: '2026-01-15T09:00:00.000Z' },
      {},
    ])
  })

  test('takes permissions from a form with a repeated list parameter', async () => {
    const { ask } = openBackend()
    const form =
      'target_project_id=6&default_permissions=false&job_token_policies[]=READ_JOBS&job_token_policies[]=READ_PACKAGES'
    const added = await ask(`POST ${allowlist}`, { form })
    expect(added.body).toMatchObject({
      default_permissions: false,
      job_token_policies: ['READ_JOBS', 'READ_PACKAGES'],
    })
  })

  test('takes a name that this server knows beyond the catalogue', async () => {
    const { ask } = openBackend({ scenario: 'legacy' })
    const body = { default_permissions: false, job_token_policies: ['READ_FEATURE_FLAGS'] }
    expect((await ask(`PUT ${allowlist}/3`, { body })).status).toBe(200)
  })

  test('ignores permissions on stock GitLab', async () => {
    const { ask, gitlab } = openBackend({ api: 'gitlab' })
    const body = { target_project_id: 6, default_permissions: false, job_token_policies: ['NO'] }
    expect((await ask(`POST ${allowlist}`, { body })).status).toBe(201)
    expect(gitlab.projects.get(1)?.scope.projectLinks[1]).toMatchObject({
      targetId: 6,
      defaultPermissions: true,
      policies: [],
    })
  })

  test('drops permissions in silence while the group has the feature off', async () => {
    const { ask } = openBackend({ scenario: 'group-off' })
    const added = await ask(`POST ${allowlist}`, { body: { target_project_id: 6, ...fine } })
    expect(added).toMatchObject({
      status: 201,
      body: { default_permissions: true, job_token_policies: [] },
    })
  })

  test('works again as soon as one of 200 is gone', async () => {
    const { ask } = openBackend({ scenario: 'at-limit' })
    const body = { target_project_id: 2 }
    expect((await ask(`POST ${allowlist}`, { body })).status).toBe(400)
    await ask(`DELETE ${allowlist}/20001`)
    expect((await ask(`POST ${allowlist}`, { body })).status).toBe(201)
    expect((await ask(`POST ${groups}`, { body: { target_group_id: 11 } })).status).toBe(400)
  })
})

describe('editing', () => {
  test('says the pair and the permissions, and keeps who added it and when', async () => {
    const { ask } = openBackend()
    const edited = await ask(`PUT ${groups}/12`, { body: { ...fine, job_token_policies: [] } })
    expect(edited.status).toBe(200)
    expect(edited.body).toEqual({
      source_project_id: 1,
      target_group_id: 12,
      default_permissions: false,
      job_token_policies: [],
    })
    expect((await ask(`GET ${groups}`)).body).toMatchObject([
      { job_token_policies: [], added_at: '2025-11-18T13:05:00.000Z' },
    ])
  })

  test('says the empty list in a form', async () => {
    const { ask } = openBackend()
    const form = 'default_permissions=true&job_token_policies[]='
    const edited = await ask(`PUT ${groups}/12`, { form })
    expect(edited).toMatchObject({ status: 200, body: { job_token_policies: [] } })
  })

  test('creates the own entry, which then stays', async () => {
    const { ask } = openBackend()
    expect((await ask(`PUT ${allowlist}/1`, { body: fine })).body).toEqual({
      source_project_id: 1,
      target_project_id: 1,
      ...fine,
    })
    expect((await ask(`DELETE ${allowlist}/1`)).status).toBe(400)
    expect((await ask(`GET ${allowlist}`)).body).toMatchObject([
      { id: 1, added_by: { username: 'maya' }, added_at: '2026-01-15T09:00:00.000Z' },
      { id: 2 },
    ])
  })
})

describe('removing', () => {
  test('answers without a body and empties the list down to the project itself', async () => {
    const { ask } = openBackend()
    expect(await ask(`DELETE ${allowlist}/2`)).toMatchObject({ status: 204, body: '' })
    expect(await ask(`DELETE ${groups}/12`)).toMatchObject({ status: 204, body: '' })
    expect(pluck((await ask(`GET ${allowlist}`)).body, 'id')).toEqual([1])
    expect((await ask(`GET ${groups}`)).body).toEqual([])
  })

  test('does not look at whether a group is visible', async () => {
    const { ask, gitlab } = openBackend()
    await ask(`POST ${groups}`, { as: 'admin', body: { target_group_id: 13 } })
    expect((await ask(`DELETE ${groups}/13`)).status).toBe(204)
    expect(gitlab.projects.get(1)?.scope.groupLinks).toHaveLength(1)
  })
})

test('the authorization log starts with the last use and names the policies used', async () => {
  const { ask } = openBackend()
  const { body, headers } = await ask(`GET ${scope}/authorizations?per_page=2`)
  expect(body).toEqual([
    {
      origin_project: {
        id: 2,
        name: 'deploy-tools',
        path_with_namespace: 'acme/platform/deploy-tools',
        avatar_url: null,
        web_url: 'https://gitlab.example.com/acme/platform/deploy-tools',
      },
      last_authorized_at: '2026-01-14T17:42:00.000Z',
      job_token_policies: ['ADMIN_DEPLOYMENTS', 'ADMIN_ENVIRONMENTS'],
    },
    expect.objectContaining({ job_token_policies: ['READ_PACKAGES'] }),
  ])
  expect(headers.get('x-total')).toBe('3')
})

test('the authorization log tells of a hidden project its name, and of a deleted one nothing', async () => {
  const hidden = await openBackend({ scenario: 'default' }).ask(
    `GET ${scope}/authorizations?per_page=100`,
  )
  expect(pluck(hidden.body, 'origin_project')).toContainEqual({
    id: 111,
    name: 'Contracts vault',
    path_with_namespace: 'legal/contracts-vault',
    avatar_url: null,
    web_url: null,
  })
  const deleted = await openBackend({ scenario: 'hostile' }).ask(`GET ${scope}/authorizations`)
  expect(deleted.body).toContainEqual({
    origin_project: null,
    last_authorized_at: '2026-01-10T10:00:00.000Z',
    job_token_policies: ['READ_JOBS'],
  })
})

test('a GitLab older than the authentication log has no such route', async () => {
  const { ask } = openBackend({ scenario: 'gitlab-17-5' })
  expect(await ask(`GET ${scope}/authorizations`)).toMatchObject({
    status: 404,
    body: { error: '404 Not Found' },
  })
})

test('an administrator needs no membership', async () => {
  const { ask } = openBackend()
  expect((await ask(`DELETE ${allowlist}/2`, { as: 'admin' })).status).toBe(204)
})
