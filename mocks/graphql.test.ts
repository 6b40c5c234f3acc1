import { buildSchema, parse, validate } from 'graphql'
import { getResponse } from 'msw'
import { describe, expect, test } from 'vitest'
import { openDemo } from './demo.ts'
import type { DialChanges } from './dials.ts'
import { newestSchemaText } from './graphql-schema.ts'
import { scenarioNames } from './scenarios/scenarios.ts'
import { openBackend, type Query, readAnswer, webRoot } from './test-client.ts'

const storefront = 'acme/storefront'
const standard =
  "The resource that you are attempting to access does not exist or you don't have permission to perform this action"
const cannotRead = (target: string) =>
  `The ${target} that you are attempting to access does not exist or you don't have permission to perform this action`
const tooManyProjects =
  'Validation failed: Source project exceeds the allowable number of project links in this direction'
const tooManyGroups =
  'Validation failed: Source project exceeds the allowable number of group links'
const schemaProblem = 'Job token policies must be a valid json schema'

const entryFields = `
  direction defaultPermissions jobTokenPolicies createdAt
  target {
    __typename
    ... on CiJobTokenAccessibleProject { id name path fullPath avatarUrl webUrl }
    ... on CiJobTokenAccessibleGroup { id name path fullPath avatarUrl webUrl }
  }
  addedBy { id username name webUrl }
  sourceProject { fullPath }
`
const window = 'first: $first, last: $last, after: $after, before: $before'
const listOf = (field: string) => `
  query ($path: ID!, $first: Int, $last: Int, $after: String, $before: String) {
    project(fullPath: $path) {
      ciJobTokenScopeAllowlist {
        list: ${field}(${window}) {
          count
          nodes { ${entryFields} }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
      }
    }
  }
`
const projectList = listOf('projectsAllowlist')
const groupList = listOf('groupsAllowlist')

const logQuery = `query ($path: ID!) { project(fullPath: $path) {
  ciJobTokenAuthLogs { nodes { lastAuthorizedAt originProject { fullPath webUrl } } }
} }`

const mutations = {
  add: 'ciJobTokenScopeAddGroupOrProject',
  update: 'ciJobTokenScopeUpdatePolicies',
  removeProject: 'ciJobTokenScopeRemoveProject',
  removeGroup: 'ciJobTokenScopeRemoveGroup',
} as const
type Deed = keyof typeof mutations

const documentOf = (deed: Deed) => {
  const name = mutations[deed]
  const input = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
  return `mutation ($input: ${input}!) {
    result: ${name}(input: $input) {
      errors
      ciJobTokenScopeAllowlistEntry { ${entryFields} }
    }
  }`
}
const settingsDocument = `mutation ($input: ProjectCiCdSettingsUpdateInput!) {
  result: projectCiCdSettingsUpdate(input: $input) {
    errors
    ciCdSettings {
      inboundJobTokenScopeEnabled jobTokenScopeEnabled pushRepositoryForJobTokenAllowed
    }
  }
}`

type Entry = {
  readonly target: { readonly fullPath: string } | null
  readonly direction: string
  readonly defaultPermissions: boolean
  readonly jobTokenPolicies: readonly string[] | null
}
type List = {
  readonly count: number
  readonly nodes: readonly Entry[]
  readonly pageInfo: Readonly<Record<string, unknown>>
}

/** Fetches one page of a list, and fails where the answer has none. */
async function page(query: Query, document: string, variables: object = {}): Promise<List> {
  const { body } = await query(document, { path: storefront, ...variables })
  expect(body).not.toHaveProperty('errors')
  return (body as { data: { project: { ciJobTokenScopeAllowlist: { list: List } } } }).data.project
    .ciJobTokenScopeAllowlist.list
}

const paths = ({ nodes }: List) => nodes.map(({ target }) => target?.fullPath)

/** The default input of a mutation with `changes`, reduced to the fields of its input type. */
const inputOf = (deed: Deed, changes: object) => ({
  projectPath: storefront,
  ...(deed === 'update' && { defaultPermissions: false, jobTokenPolicies: ['READ_JOBS'] }),
  ...(deed === 'removeProject' && { direction: 'INBOUND' }),
  ...changes,
})

type Asked = Omit<DialChanges, 'as'> & { readonly as?: string }
type Refused = readonly [rule: string, deed: Deed, changes: object, error: string, asked?: Asked]

const atLimit = { projectPath: 'fleet/hub' }
const repeated = { defaultPermissions: false, jobTokenPolicies: ['READ_JOBS', 'READ_JOBS'] }
const deprecated = { defaultPermissions: false, jobTokenPolicies: ['READ_CONTAINERS'] }

const businessErrors: readonly Refused[] = [
  [
    'adding what is not there',
    'add',
    { targetPath: 'acme/nowhere' },
    'The group or project does not exist.',
  ],
  [
    'adding a hidden project',
    'add',
    { targetPath: 'secret-society/vault' },
    cannotRead('target_project'),
  ],
  ['adding a hidden group', 'add', { targetPath: 'secret-society' }, cannotRead('target_group')],
  [
    'adding a listed project',
    'add',
    { targetPath: 'acme/platform/deploy-tools' },
    'This project is already in the job token allowlist.',
  ],
  [
    'adding a listed group, found in any letter case',
    'add',
    { targetPath: 'Partners' },
    'This group is already in the job token allowlist.',
  ],
  [
    '201 projects',
    'add',
    { ...atLimit, targetPath: 'fleet/newcomer' },
    tooManyProjects,
    { scenario: 'at-limit' },
  ],
  [
    '201 groups',
    'add',
    { ...atLimit, targetPath: 'fleet/newcomers' },
    tooManyGroups,
    { scenario: 'at-limit' },
  ],
  [
    'adding with a repeated policy',
    'add',
    { targetPath: 'partners/sdk', ...repeated },
    `Validation failed: ${schemaProblem}`,
  ],
  [
    'adding with a deprecated policy',
    'add',
    { targetPath: 'partners/sdk', ...deprecated },
    `Validation failed: ${schemaProblem}`,
  ],
  [
    'adding the project itself before 18.3',
    'add',
    { targetPath: storefront },
    "Validation failed: Target project can't be the same as the source project",
    { scenario: 'gitlab-18-0' },
  ],
  [
    'updating what is not there',
    'update',
    { targetPath: 'acme/nowhere' },
    'The target does not exist',
  ],
  [
    'updating a hidden project, though listed',
    'update',
    { targetPath: 'secret-society/vault' },
    'You have insufficient permission to update this job token scope',
    { scenario: 'legacy' },
  ],
  [
    'updating what is not listed',
    'update',
    { targetPath: 'partners/sdk' },
    'Unable to find a job token scope for the given project & target',
  ],
  [
    'updating the project itself before it is listed',
    'update',
    { targetPath: storefront },
    'Unable to find a job token scope for the given project & target',
  ],
  [
    'fine-grained permissions while the group has them off',
    'update',
    { targetPath: 'acme/platform/deploy-tools' },
    'Failed to update job token scope',
    { scenario: 'group-off' },
  ],
  [
    'updating to a repeated policy',
    'update',
    { targetPath: 'partners', ...repeated },
    schemaProblem,
  ],
  [
    'updating to a deprecated policy, though held',
    'update',
    { targetPath: 'acme/platform/deploy-tools', ...deprecated },
    schemaProblem,
    { scenario: 'legacy' },
  ],
  [
    'removing a project that is not listed',
    'removeProject',
    { targetProjectPath: 'partners/sdk' },
    'Target project is not in the job token scope',
  ],
  [
    'removing a project that is not there',
    'removeProject',
    { targetProjectPath: 'acme/nowhere' },
    'Target project is not in the job token scope',
  ],
  [
    'removing a listed project without a direction, which means outbound',
    'removeProject',
    { targetProjectPath: 'acme/platform/deploy-tools', direction: undefined },
    'Target project is not in the job token scope',
  ],
  [
    'removing the project itself',
    'removeProject',
    { targetProjectPath: storefront },
    'Source project cannot be removed from the job token scope',
  ],
  [
    'removing the project itself, outbound',
    'removeProject',
    { targetProjectPath: storefront, direction: 'OUTBOUND' },
    'Source project cannot be removed from the job token scope',
  ],
  [
    'removing a group that is not listed',
    'removeGroup',
    { targetGroupPath: 'acme/mobile' },
    'Target group is not in the job token scope',
  ],
  [
    'removing a group that is not there',
    'removeGroup',
    { targetGroupPath: storefront },
    'Target group is not in the job token scope',
  ],
]

describe('what the payload refuses, and that it changes nothing', () => {
  for (const [rule, deed, changes, error, { as = 'maintainer', ...dials } = {}] of businessErrors) {
    test(rule, async () => {
      const { query, backend } = openBackend(dials)
      const before = structuredClone(backend.gitlab.projects)
      const answer = await query(documentOf(deed), { input: inputOf(deed, changes) }, { as })
      expect(answer).toMatchObject({ status: 200 })
      expect(answer.body).toEqual({
        data: { result: { errors: [error], ciJobTokenScopeAllowlistEntry: null } },
      })
      expect(backend.gitlab.projects).toEqual(before)
      expect(backend.journal).toEqual([])
    })
  }
})

describe('whom mutations refuse at the top level', () => {
  const callers: readonly (readonly [rule: string, as: string, projectPath: string])[] = [
    ['developers', 'developer', storefront],
    ['strangers', 'stranger', storefront],
    ['tokens that may only read', 'maintainer-read-api', storefront],
    ['all, for a missing project', 'maintainer', 'acme/nowhere'],
    ['all, for an archived project', 'owner', 'acme/archive'],
  ]
  const inputs: readonly (readonly [document: string, input: object])[] = [
    [documentOf('add'), { targetPath: 'partners/sdk' }],
    [documentOf('update'), inputOf('update', { targetPath: 'partners' })],
    [documentOf('removeProject'), { targetProjectPath: 'acme/platform/deploy-tools' }],
    [documentOf('removeGroup'), { targetGroupPath: 'partners' }],
  ]
  test.each(callers)('%s', async (_rule, as, projectPath) => {
    const { query, backend } = openBackend()
    const before = structuredClone(backend.gitlab.projects)
    const asked = [
      ...inputs.map(([document, input]) => [document, { ...input, projectPath }] as const),
      [settingsDocument, { fullPath: projectPath, inboundJobTokenScopeEnabled: false }] as const,
    ]
    for (const [document, input] of asked) {
      const { status, body } = await query(document, { input }, { as })
      expect(status).toBe(200)
      expect(body).toMatchObject({
        data: { result: null },
        errors: [{ message: standard, path: ['result'] }],
      })
    }
    expect(backend.gitlab.projects).toEqual(before)
    expect(backend.journal).toEqual([])
  })
})

describe('who asks', () => {
  test.each(['', 'unknown', 'expired'])('a token of "%s" is refused with 401', async (as) => {
    const { query } = openBackend()
    const answer = await query('{ project(fullPath: "partners/sdk") { id } }', {}, { as })
    expect(answer).toMatchObject({ status: 401, body: { errors: [{ message: 'Invalid token' }] } })
  })

  test('a dial answers for who has no token', async () => {
    const { query } = openBackend({ as: 'owner' })
    const { body } = await query(`{ project(fullPath: "${storefront}") { id } }`, {}, { as: '' })
    expect(body).toEqual({ data: { project: { id: 'gid://gitlab/Project/1' } } })
  })

  test('a token that may only read reads', async () => {
    const { query } = openBackend()
    const { body } = await query(groupList, { path: storefront }, { as: 'maintainer-read-api' })
    expect(body).toMatchObject({
      data: { project: { ciJobTokenScopeAllowlist: { list: { count: 1 } } } },
    })
  })

  const everything = `query ($path: ID!) {
    project(fullPath: $path) {
      fullPath
      ciCdSettings { inboundJobTokenScopeEnabled }
      ciJobTokenScopeAllowlist { projectsAllowlist { count } }
      ciJobTokenAuthLogs { count }
    }
  }`
  test.each(['developer', 'guest'])('a %s is told null, not an error', async (as) => {
    const { query } = openBackend()
    expect((await query(everything, { path: storefront }, { as })).body).toEqual({
      data: {
        project: {
          fullPath: storefront,
          ciCdSettings: null,
          ciJobTokenScopeAllowlist: null,
          ciJobTokenAuthLogs: null,
        },
      },
    })
  })

  test.each([
    ['stranger', storefront],
    ['maintainer', 'acme/nowhere'],
    ['maintainer', 'acme'],
    ['maintainer', 'secret-society/vault'],
  ])('for a %s there is no project %s', async (as, path) => {
    const { query } = openBackend()
    expect((await query(everything, { path }, { as })).body).toEqual({ data: { project: null } })
  })
})

describe('variables that do not fit are refused in GitLab’s words', () => {
  test.each([
    ['add', { targetPath: 'partners/sdk', jobTokenPolicies: ['READ_JOBS', 'READ_EVERYTHING'] }],
    ['add', { targetPath: 'partners/sdk', jobTokenPolicies: ['ADMIN_REPOSITORIES'] }],
    ['update', { targetPath: 'partners', jobTokenPolicies: 'read_jobs' }],
  ] as const)('%s with an unknown policy: %j', async (deed, changes) => {
    const { query, backend } = openBackend()
    const { status, body } = await query(documentOf(deed), { input: inputOf(deed, changes) })
    expect(status).toBe(200)
    expect(body).not.toHaveProperty('data')
    expect(body).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(
            /^Variable \$input of type CiJob\w+Input! was provided invalid value for jobTokenPolicies.*Expected ".+" to be one of: READ_.*, READ_CONTAINERS, ADMIN_CONTAINERS\)$/,
          ),
        },
      ],
    })
    expect(backend.journal).toEqual([])
  })

  const prefix = 'Variable $input of type CiJobTokenScopeUpdatePoliciesInput! was provided invalid'
  test.each([
    [
      'missing fields',
      { projectPath: 'a', targetPath: 'b' },
      'value for defaultPermissions (Expected value to not be null), jobTokenPolicies (Expected value to not be null)',
    ],
    [
      'an unknown field',
      inputOf('update', { targetPath: 'b', color: 'red' }),
      'value for color (Field is not defined on CiJobTokenScopeUpdatePoliciesInput)',
    ],
    [
      'another type',
      inputOf('update', { targetPath: 'b', defaultPermissions: 'maybe' }),
      'value for defaultPermissions (Could not coerce value "maybe" to Boolean)',
    ],
    [
      'null in a list',
      inputOf('update', { targetPath: 'b', jobTokenPolicies: [null] }),
      'value for jobTokenPolicies.0 (Expected value to not be null)',
    ],
    ['no object', 7, 'value'],
    ['nothing', undefined, 'value'],
  ])('%s', async (_rule, input, rest) => {
    const { query } = openBackend()
    const { body } = await query(documentOf('update'), { input })
    expect(body).toMatchObject({ errors: [{ message: `${prefix} ${rest}` }] })
  })

  test.each([
    ['contract', 'READ_CONTAINERS', true],
    ['contract', 'READ_FEATURE_FLAGS', false],
    ['legacy', 'READ_FEATURE_FLAGS', true],
    ['gitlab-18-0', 'READ_REPOSITORIES', false],
    ['gitlab-19-1', 'ADMIN_REPOSITORIES', true],
    ['gitlab-19-1', 'READ_BADGES', true],
  ] as const)('%s knows %s: %s', async (scenario, policy, known) => {
    const { query } = openBackend({ scenario })
    const input = inputOf('add', { targetPath: 'acme/nowhere', jobTokenPolicies: [policy] })
    const { body } = await query(documentOf('add'), { input })
    if (known) expect(body).not.toHaveProperty('errors')
    else expect(body).toHaveProperty('errors')
  })
})

describe('requests that are no question', () => {
  const send = async (body: string) => {
    const { handlers } = openBackend()
    const headers = {
      'content-type': 'application/json',
      'private-token': 'glpat-maintainer',
    }
    const request = new Request(`${webRoot}/api/graphql`, { method: 'POST', headers, body })
    const response = await getResponse(handlers, request)
    if (!response) throw new Error('Nobody answers')
    return readAnswer(response)
  }

  test('JSON that is none is 400', async () => {
    expect(await send('{"query":')).toMatchObject({ status: 400 })
  })

  test.each([
    ['no query', {}, 'Syntax Error: Unexpected <EOF>.'],
    ['half a query', { query: '{ project(' }, 'Syntax Error: Expected Name, found <EOF>.'],
    ['an unknown field', { query: '{ me }' }, "Field 'me' doesn't exist on type 'Query'"],
    [
      'an unknown operation',
      { query: 'query A { __typename }', operationName: 'B' },
      'Unknown operation named "B".',
    ],
    [
      'one of several operations, unsaid which',
      { query: 'query A { __typename } query B { __typename }' },
      'Must provide operation name if query contains multiple operations.',
    ],
    [
      'a setting of a newer release',
      {
        query: '{ project(fullPath: "a") { ciCdSettings { crossProjectPushForJobTokenAllowed } } }',
      },
      "Field 'crossProjectPushForJobTokenAllowed' doesn't exist on type 'ProjectCiCdSetting'",
    ],
  ])('%s is 200 with errors', async (_rule, body, message) => {
    const answer = await send(JSON.stringify(body))
    expect(answer).toMatchObject({ status: 200, body: { errors: [{ message }] } })
    expect(answer.body).not.toHaveProperty('data')
  })

  test('operations need no name', async () => {
    const body = JSON.stringify({ query: 'query { __typename }' })
    expect(await send(body)).toMatchObject({ status: 200, body: { data: { __typename: 'Query' } } })
  })
})

describe('the lists', () => {
  test('say all about an entry', async () => {
    const { query } = openBackend()
    expect((await page(query, groupList)).nodes).toEqual([
      {
        direction: 'inbound',
        defaultPermissions: false,
        jobTokenPolicies: ['READ_JOBS', 'READ_PACKAGES'],
        createdAt: '2025-11-18T13:05:00.000Z',
        target: {
          __typename: 'CiJobTokenAccessibleGroup',
          id: 'gid://gitlab/Group/12',
          name: 'partners',
          path: 'partners',
          fullPath: 'partners',
          avatarUrl: null,
          webUrl: `${webRoot}/groups/partners`,
        },
        addedBy: {
          id: 'gid://gitlab/User/2',
          username: 'maya',
          name: 'Maya Lindqvist',
          webUrl: `${webRoot}/maya`,
        },
        sourceProject: { fullPath: storefront },
      },
    ])
  })

  test('hold the project itself only once it is stored', async () => {
    const { query } = openBackend()
    expect(paths(await page(query, projectList))).toEqual(['acme/platform/deploy-tools'])
    await query(documentOf('add'), { input: inputOf('add', { targetPath: storefront }) })
    expect(paths(await page(query, projectList))).toContain(storefront)
  })

  test('show outbound links, hidden targets and policies as an old world holds them', async () => {
    const { query } = openBackend({ scenario: 'legacy' })
    const { count, nodes } = await page(query, projectList)
    expect(count).toBe(5)
    expect(
      nodes.map(({ target, direction, jobTokenPolicies }) => [
        target?.fullPath,
        direction,
        jobTokenPolicies,
      ]),
    ).toEqual([
      ['acme/platform/deploy-tools', 'inbound', ['READ_CONTAINERS', 'READ_PACKAGES']],
      ['partners/sdk', 'inbound', ['READ_FEATURE_FLAGS', 'ADMIN_RELEASES']],
      ['secret-society/vault', 'inbound', []],
      ['partners/tools/cli', 'inbound', ['READ_JOBS', 'READ_JOBS', 'ADMIN_JOBS']],
      ['acme/mobile/app', 'outbound', []],
    ])
    expect(nodes).toContainEqual(
      expect.objectContaining({
        addedBy: expect.objectContaining({ username: 'root' }),
        target: {
          __typename: 'CiJobTokenAccessibleProject',
          id: 'gid://gitlab/Project/4',
          name: 'vault',
          path: 'vault',
          fullPath: 'secret-society/vault',
          avatarUrl: null,
          webUrl: null,
        },
      }),
    )
    expect(nodes[0]).toMatchObject({ addedBy: null })
  })

  test('read as default permissions while the group has the feature off', async () => {
    const { query } = openBackend({ scenario: 'group-off' })
    expect((await page(query, projectList)).nodes).toMatchObject([
      { defaultPermissions: true, jobTokenPolicies: null },
    ])
  })

  test.each(scenarioNames)('of %s can be read by the maintainer, as can its log', async (name) => {
    const { query, gitlab } = openBackend({ scenario: name })
    const path = gitlab.projects.get(1)?.fullPath
    const known = gitlab.projects.get(1)?.scope
    const projects = await page(query, projectList, { path })
    const groups = await page(query, groupList, { path })
    expect(projects.count).toBe(
      (known?.projectLinks.length ?? 0) + (known?.outboundLinks.length ?? 0),
    )
    expect(groups.count).toBe(known?.groupLinks.length)
    const { body } = await query(logQuery, { path })
    const without = {
      'gitlab-17-5': "Field 'ciJobTokenAuthLogs' doesn't exist on type 'Project'",
      hostile: 'Cannot return null for non-nullable field CiJobTokenAuthLog.originProject',
    }
    const [, message] = Object.entries(without).find(([scenario]) => scenario === name) ?? []
    if (message) expect(body).toMatchObject({ errors: [{ message }] })
    else expect(body).not.toHaveProperty('errors')
  })

  test('a row of the log whose project was deleted is null, and an error beside the others', async () => {
    const { query } = openBackend({ scenario: 'hostile' })
    const { body } = await query(logQuery, { path: storefront })
    const row = { originProject: expect.anything() }
    expect(body).toMatchObject({
      data: { project: { ciJobTokenAuthLogs: { nodes: [row, row, row, row, null] } } },
      errors: [{ path: ['project', 'ciJobTokenAuthLogs', 'nodes', 4, 'originProject'] }],
    })
  })
})

describe('paging', () => {
  const path = 'fleet/hub'

  test.each([
    ['without first', {}, 100],
    ['with more than the limit', { first: 200 }, 100],
    ['with less', { first: 7 }, 7],
    ['with none', { first: 0 }, 0],
  ])('cuts a list of 200 in silence %s', async (_rule, variables, length) => {
    const { query } = openBackend({ scenario: 'at-limit' })
    const { count, nodes, pageInfo } = await page(query, projectList, { path, ...variables })
    expect(nodes).toHaveLength(length)
    expect({ count, more: pageInfo.hasNextPage }).toEqual({ count: 200, more: true })
  })

  test.each([projectList, groupList])('cuts nothing when followed', async (document) => {
    const { query } = openBackend({ scenario: 'at-limit' })
    const seen: unknown[] = []
    let after: unknown = null
    for (let pages = 1; pages <= 3; pages += 1) {
      const list = await page(query, document, { path, first: 80, after })
      seen.push(...paths(list))
      after = list.pageInfo.endCursor
      expect(list.pageInfo).toMatchObject({
        hasNextPage: pages < 3,
        hasPreviousPage: pages > 1,
      })
    }
    expect(new Set(seen).size).toBe(200)
  })

  test('serves a whole list at once in newer releases', async () => {
    const { query, gitlab } = openBackend({ scenario: 'at-limit' })
    Object.assign(gitlab, { version: '19.1.0-ee' })
    const { nodes, pageInfo } = await page(query, groupList, { path })
    expect(nodes).toHaveLength(200)
    expect(pageInfo.hasNextPage).toBe(false)
  })

  test('goes backwards, too', async () => {
    const { query } = openBackend({ scenario: 'at-limit' })
    const last = await page(query, groupList, { path, last: 2 })
    expect(paths(last)).toEqual(['fleet/team-0199', 'fleet/team-0200'])
    const before = await page(query, groupList, {
      path,
      last: 1,
      before: last.pageInfo.startCursor,
    })
    expect(paths(before)).toEqual(['fleet/team-0198'])
  })

  test('skips nothing when a row before the cursor goes', async () => {
    const { query, ask } = openBackend({ scenario: 'at-limit' })
    const first = await page(query, groupList, { path, first: 2 })
    await ask('DELETE /projects/1/job_token_scope/groups_allowlist/1001')
    const after = first.pageInfo.endCursor
    expect(paths(await page(query, groupList, { path, first: 1, after }))).toEqual([
      'fleet/team-0003',
    ])
  })

  test.each([
    [{ after: 'page 2' }, 'Please provide a valid cursor'],
    [{ before: btoa('{}') }, 'Please provide a valid cursor'],
    [{ first: 1, last: 1 }, 'Can only provide either `first` or `last`, not both'],
  ])('refuses %j', async (variables, message) => {
    const { query } = openBackend()
    const { body } = await query(groupList, { path: storefront, ...variables })
    expect(body).toMatchObject({ errors: [{ message }] })
  })

  test('of the log starts with the last use', async () => {
    const { query } = openBackend()
    const log = `query ($after: String) { project(fullPath: "${storefront}") {
      ciJobTokenAuthLogs(first: 2, after: $after) {
        count
        nodes { lastAuthorizedAt originProject { fullPath } }
        edges { cursor }
        pageInfo { hasNextPage endCursor }
      }
    } }`
    const { body } = await query(log)
    expect(body).toMatchObject({
      data: {
        project: {
          ciJobTokenAuthLogs: {
            count: 3,
            nodes: [
              {
                lastAuthorizedAt: '2026-01-14T17:42:00.000Z',
                originProject: { fullPath: 'acme/platform/deploy-tools' },
              },
              { originProject: { fullPath: 'partners/tools/cli' } },
            ],
            pageInfo: { hasNextPage: true },
          },
        },
      },
    })
    const [, second] = (
      body as { data: { project: { ciJobTokenAuthLogs: { edges: { cursor: string }[] } } } }
    ).data.project.ciJobTokenAuthLogs.edges
    expect((await query(log, { after: second?.cursor })).body).toMatchObject({
      data: {
        project: {
          ciJobTokenAuthLogs: {
            nodes: [{ originProject: { fullPath: 'partners/sdk' } }],
            pageInfo: { hasNextPage: false },
          },
        },
      },
    })
  })
})

describe('mutations', () => {
  const run = async (query: Query, deed: Deed, changes: object) => {
    const { body } = await query(documentOf(deed), { input: inputOf(deed, changes) })
    return body
  }
  const saved = (entry: object) => ({
    data: { result: { errors: [], ciJobTokenScopeAllowlistEntry: entry } },
  })

  test('add with default permissions unless told', async () => {
    const { query } = openBackend()
    expect(await run(query, 'add', { targetPath: 'acme/mobile' })).toMatchObject(
      saved({
        target: { fullPath: 'acme/mobile' },
        defaultPermissions: true,
        jobTokenPolicies: [],
        addedBy: { username: 'maya' },
        createdAt: '2026-01-15T09:00:00.000Z',
      }),
    )
    const fine = { defaultPermissions: false, jobTokenPolicies: ['READ_JOBS'] }
    expect(await run(query, 'add', { targetPath: 'partners/sdk', ...fine })).toMatchObject(
      saved({ target: { fullPath: 'partners/sdk' }, ...fine }),
    )
  })

  test('drop permissions in silence while the group has the feature off', async () => {
    const { query, gitlab } = openBackend({ scenario: 'group-off' })
    const fine = { defaultPermissions: false, jobTokenPolicies: ['READ_JOBS'] }
    expect(await run(query, 'add', { targetPath: 'partners/sdk', ...fine })).toMatchObject(
      saved({ defaultPermissions: true, jobTokenPolicies: null }),
    )
    expect(gitlab.projects.get(1)?.scope.projectLinks[1]).toMatchObject({ policies: [] })
  })

  test('update an entry, the own one after it was added', async () => {
    const { query } = openBackend()
    await run(query, 'add', { targetPath: storefront })
    expect(
      await run(query, 'update', { targetPath: storefront, jobTokenPolicies: [] }),
    ).toMatchObject(saved({ defaultPermissions: false, jobTokenPolicies: [] }))
  })

  test('remove what the caller cannot see', async () => {
    const { query } = openBackend({ scenario: 'legacy' })
    expect(
      await run(query, 'removeProject', { targetProjectPath: 'secret-society/vault' }),
    ).toMatchObject(saved({ target: { fullPath: 'secret-society/vault' } }))
    expect(paths(await page(query, projectList))).not.toContain('secret-society/vault')
  })

  test('remove outbound links when no direction is told', async () => {
    const { query } = openBackend({ scenario: 'legacy' })
    const outbound = { targetProjectPath: 'acme/mobile/app', direction: undefined }
    expect(await run(query, 'removeProject', outbound)).toMatchObject(
      saved({ direction: 'outbound' }),
    )
    expect(paths(await page(query, projectList))).not.toContain('acme/mobile/app')
  })

  test('remove a group', async () => {
    const { query } = openBackend()
    await run(query, 'removeGroup', { targetGroupPath: 'partners' })
    expect((await page(query, groupList)).count).toBe(0)
  })

  test('change the settings that are told and leave the others', async () => {
    const { query, ask } = openBackend({ scenario: 'legacy' })
    const settings = async (changes: object) =>
      (await query(settingsDocument, { input: { fullPath: storefront, ...changes } })).body
    expect(await settings({ pushRepositoryForJobTokenAllowed: true })).toEqual({
      data: {
        result: {
          errors: [],
          ciCdSettings: {
            inboundJobTokenScopeEnabled: true,
            jobTokenScopeEnabled: true,
            pushRepositoryForJobTokenAllowed: true,
          },
        },
      },
    })
    await settings({ inboundJobTokenScopeEnabled: false, jobTokenScopeEnabled: false })
    expect((await ask('GET /projects/1/job_token_scope')).body).toEqual({
      inbound_enabled: false,
      outbound_enabled: false,
    })
    expect(await settings({ jobTokenScopeEnabled: true })).toMatchObject({
      data: { result: null },
      errors: [{ message: 'job_token_scope_enabled can only be set to false' }],
    })
  })

  test('let other projects push since 19.0', async () => {
    const { query, gitlab } = openBackend({ scenario: 'gitlab-19-1', api: 'gitlab' })
    const input = { fullPath: storefront, crossProjectPushForJobTokenAllowed: true }
    await query(settingsDocument, { input })
    expect(gitlab.projects.get(1)?.crossProjectPushAllowed).toBe(true)
    const read = `{ project(fullPath: "${storefront}") {
      ciCdSettings { crossProjectPushForJobTokenAllowed }
    } }`
    expect((await query(read)).body).toEqual({
      data: { project: { ciCdSettings: { crossProjectPushForJobTokenAllowed: true } } },
    })
  })
})

describe('REST and GraphQL', () => {
  const rest = '/projects/1/job_token_scope'
  const fine = { default_permissions: false, job_token_policies: ['READ_RELEASES'] }
  type Client = ReturnType<typeof openBackend>
  const mutate = ({ query }: Client, deed: Deed, changes: object) =>
    query(documentOf(deed), { input: inputOf(deed, changes) })

  test.each<readonly [string, (client: Client) => Promise<unknown>]>([
    ['nothing was written', async () => {}],
    [
      'REST added',
      ({ ask }) => ask(`POST ${rest}/allowlist`, { body: { target_project_id: 6, ...fine } }),
    ],
    [
      'GraphQL added',
      (client) =>
        mutate(client, 'add', {
          targetPath: 'acme/mobile',
          defaultPermissions: false,
          jobTokenPolicies: ['READ_JOBS'],
        }),
    ],
    ['REST edited', ({ ask }) => ask(`PUT ${rest}/groups_allowlist/12`, { body: fine })],
    ['GraphQL edited', (client) => mutate(client, 'update', { targetPath: 'partners' })],
    ['REST removed', ({ ask }) => ask(`DELETE ${rest}/groups_allowlist/12`)],
    ['GraphQL removed', (client) => mutate(client, 'removeGroup', { targetGroupPath: 'partners' })],
    [
      'GraphQL edited what REST stored of the project itself',
      async (client) => {
        await client.ask(`PUT ${rest}/allowlist/1`, { body: fine })
        await mutate(client, 'update', { targetPath: storefront })
      },
    ],
  ])('show the same when %s', async (_rule, write) => {
    const client = openBackend()
    await write(client)
    for (const [document, name, path] of [
      [projectList, 'allowlist', 'path_with_namespace'],
      [groupList, 'groups_allowlist', 'full_path'],
    ] as const) {
      const { body } = await client.ask(`GET ${rest}/${name}`)
      const stored = (body as Record<string, unknown>[]).filter((item) => item.added_at)
      const { nodes } = await page(client.query, document)
      expect(nodes).toMatchObject(
        stored.map((item) => ({
          target: { fullPath: item[path], webUrl: item.web_url },
          defaultPermissions: item.default_permissions,
          jobTokenPolicies: item.job_token_policies,
          addedBy: { username: (item.added_by as { username: string }).username },
          createdAt: item.added_at,
        })),
      )
      expect(nodes).toHaveLength(stored.length)
    }
  })

  test('tell the effective mode while the instance enforces', async () => {
    const { query } = openBackend({ scenario: 'enforced' })
    const { body } = await query(settingsDocument, {
      input: { fullPath: storefront, inboundJobTokenScopeEnabled: false },
    })
    expect(body).toMatchObject({
      data: { result: { ciCdSettings: { inboundJobTokenScopeEnabled: true } } },
    })
  })

  test('are refused as a whole where a newer instance enforces the allowlist', async () => {
    const { query, gitlab, backend } = openBackend({ scenario: 'enforced-19' })
    const { body } = await query(settingsDocument, {
      input: {
        fullPath: storefront,
        inboundJobTokenScopeEnabled: false,
        pushRepositoryForJobTokenAllowed: true,
      },
    })
    expect(body).toMatchObject({
      data: {
        result: {
          errors: [
            'Job token scope cannot be disabled for this project because it is enforced for the instance.',
          ],
        },
      },
    })
    expect(gitlab.projects.get(1)?.pushAllowed).toBe(false)
    expect(backend.journal).toEqual([])
  })
})

describe('dials', () => {
  const addition = { input: inputOf('add', { targetPath: 'partners/sdk' }) }

  test('a fault hits the field that it names, and no other', async () => {
    const { query } = openBackend({
      fault: `POST /graphql/${mutations.update} 503; POST /projectsAllowlist 429 1`,
    })
    const update = { input: inputOf('update', { targetPath: 'partners' }) }
    expect((await query(documentOf('update'), update)).status).toBe(503)
    expect((await query(documentOf('add'), addition)).status).toBe(200)
    expect((await query(groupList, { path: storefront })).status).toBe(200)
    expect((await query(projectList, { path: storefront })).status).toBe(429)
    expect((await query(projectList, { path: storefront })).status).toBe(200)
  })

  test('a fault hits GraphQL as a whole, unreadable questions included, and REST not', async () => {
    const { query, ask } = openBackend({ fault: '* /graphql 500' })
    expect((await query('{')).status).toBe(500)
    expect((await query('{ ...on Query { project(fullPath: "a") { id } } }')).status).toBe(500)
    expect((await ask('GET /projects/1')).status).toBe(200)
  })

  test('a fault before the mutation keeps it from being done, one after does not', async () => {
    const early = openBackend({ fault: `POST /${mutations.add} 502` })
    await early.query(documentOf('add'), addition)
    expect(early.backend.journal).toEqual([])
    const late = openBackend({ fault: `POST /${mutations.add} wrong-type` })
    expect((await late.query(documentOf('add'), addition)).body).toEqual(['unexpected'])
    expect(late.backend.journal).toMatchObject([{ path: '/graphql', token: 'glpat-maintainer' }])
  })

  test('what was written is there after a reload of the demo', async () => {
    const texts = new Map<string, string>()
    const storage = {
      getItem: (key: string) => texts.get(key) ?? null,
      setItem: (key: string, text: string) => void texts.set(key, text),
    }
    const load = async (): Promise<Query> => {
      const { handlers } = await openDemo({ dials: { scenario: 'contract' }, storage })
      return async (document, variables) => {
        const request = new Request('http://localhost:5173/api/graphql', {
          method: 'POST',
          headers: { 'private-token': 'glpat-maintainer', 'content-type': 'application/json' },
          body: JSON.stringify({ query: document, variables }),
        })
        const response = await getResponse(handlers, request)
        if (!response) throw new Error('Nobody answers')
        return readAnswer(response)
      }
    }
    const first = await load()
    await first(documentOf('add'), addition)
    await first(documentOf('add'), addition)
    await first(documentOf('removeGroup'), {
      input: { projectPath: storefront, targetGroupPath: 'partners' },
    })
    for (let reloads = 0; reloads < 2; reloads += 1) {
      const again = await load()
      expect(paths(await page(again, projectList))).toContain('partners/sdk')
      expect(paths(await page(again, groupList))).toEqual([])
    }
  })

  test.each(['rest', 'gitlab'] as const)('GraphQL is served with api=%s', async (api) => {
    const { query } = openBackend({ api })
    expect((await page(query, groupList)).count).toBe(1)
  })

  test('a crash in the mock is not dressed up as an answer of GitLab', async () => {
    const { query, gitlab } = openBackend()
    Object.assign(gitlab, { users: undefined })
    await expect(query(projectList, { path: storefront })).rejects.toThrow(TypeError)
  })
})

test('documents can be checked against the schema of the newest release', () => {
  const schema = buildSchema(newestSchemaText)
  const mistakes = (document: string) => validate(schema, parse(document))
  expect(mistakes(projectList)).toEqual([])
  expect(mistakes(documentOf('add'))).toEqual([])
  expect(
    mistakes('{ project(fullPath: "a") { ciCdSettings { crossProjectPushForJobTokenAllowed } } }'),
  ).toEqual([])
  expect(mistakes('{ project(fullPath: "a") { policies } }')).toHaveLength(1)
})
