/**
 * The simulated GitLab's routes as an OpenAPI 3.1 document. `openapi.test.ts` compares it with
 * `handlers.ts` both ways, sends each operation's own examples, and holds the answers against their
 * schemas. The server shows it at `/-/mock/openapi.json`.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
import {
  flag,
  list,
  object,
  oneOf,
  permissions,
  type Schema,
  shape,
  shapes,
  text,
  whole,
} from './openapi-shapes.ts'

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description?: string
  readonly schema: Schema
  readonly example?: string | number
}

type Content = { readonly schema: Schema; readonly example?: unknown }
type Response = {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly schema: Schema }>>
  readonly content?: Readonly<Record<string, Content>>
}

export type Operation = {
  readonly operationId: string
  readonly tags: readonly [Tag]
  readonly summary: string
  readonly description?: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: {
    readonly required: boolean
    readonly content: Readonly<Record<string, Content>>
  }
  /** By status; `4XX` is any refusal. */
  readonly responses: Readonly<Record<string, Response>>
  /** Only where it differs from the document's. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
}

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathItem = Partial<Record<Method, Operation>>
type Tag = 'Job token scope' | 'Projects and groups' | 'Instance' | 'Jobs' | 'OAuth' | 'Control'

const json = 'application/json'

/** What an operation needs beside its name: everything may be left out. */
type Facts = Omit<Partial<Operation>, 'operationId' | 'tags' | 'summary' | 'requestBody'> & {
  /** An example that the simulated GitLab accepts in the scenario `contract`. */
  readonly body?: { readonly schema: Schema; readonly example: unknown }
}

const operation =
  (tag: Tag) =>
  (operationId: string, summary: string, { body, ...facts }: Facts = {}): Operation => ({
    operationId,
    tags: [tag],
    summary,
    parameters: [],
    ...facts,
    ...(body && { requestBody: { required: true, content: { [json]: body } } }),
    responses: {
      ...facts.responses,
      '4XX': { description: 'GitLab refuses', content: { [json]: { schema: shape('Refusal') } } },
    },
  })

/** A successful answer with a body. */
const answers = (schema: Schema, status = '200'): Pick<Operation, 'responses'> => ({
  responses: { [status]: { description: 'Done', content: { [json]: { schema } } } },
})
const done: Pick<Operation, 'responses'> = { responses: { '204': { description: 'Done' } } }

const inPath = (name: string, example: string | number, schema: Schema = whole): Parameter => ({
  name,
  in: 'path',
  required: true,
  schema,
  example,
})
const inQuery = (name: string, schema: Schema, description?: string): Parameter => ({
  name,
  in: 'query',
  required: false,
  ...(description && { description }),
  schema,
})

const idOrPath: Schema = {
  anyOf: [whole, text],
  description: 'The ID, or the full path with %2F for each slash',
}
const ofProject = inPath('id', 1, idOrPath)
const ofGroup = inPath('id', 12, idOrPath)

const paging = [
  inQuery('page', { type: 'integer', minimum: 1, default: 1 }),
  inQuery('per_page', { type: 'integer', minimum: 1, maximum: 100, default: 20 }),
]

/** One page of a list, with GitLab's paging headers. */
const pageOf = (items: Schema): Pick<Operation, 'responses'> => ({
  responses: {
    '200': {
      description: 'One page',
      headers: Object.fromEntries(
        [
          'Link',
          'X-Page',
          'X-Per-Page',
          'X-Prev-Page',
          'X-Next-Page',
          'X-Total',
          'X-Total-Pages',
        ].map((name) => [name, { schema: text }]),
      ),
      content: { [json]: { schema: list(items) } },
    },
  },
})

const extended = 'Only with `api=rest`: stock GitLab has this in GraphQL.'

/** The operations of one of the two allowlists. */
function allowlist(
  kind: 'project' | 'group',
  examples: { readonly listed: number; readonly added: number },
): Record<string, PathItem> {
  const scope = operation('Job token scope')
  const word = kind === 'project' ? 'Project' : 'Group'
  const path = `/api/v4/projects/{id}/job_token_scope/${kind === 'project' ? '' : 'groups_'}allowlist`
  const target = `target_${kind}_id`
  const pair = shape(`${word}Pair`)
  const ofEntry = [inPath('id', 1), inPath(target, examples.listed)]
  const name = 'Idempotency-Key'
  const once: Parameter = {
    name,
    in: 'header',
    required: false,
    description: 'A write with the same key is done once. Only with `api=rest`.',
    schema: text,
  }
  return {
    [path]: {
      get: scope(`list${word}Entries`, `The ${kind}s on the allowlist`, {
        parameters: [ofProject, ...paging],
        ...pageOf(shape(`${word}Entry`)),
      }),
      post: scope(`add${word}Entry`, `Adds a ${kind}`, {
        description: 'The permissions are taken only with `api=rest`.',
        parameters: [inPath('id', 1), once],
        body: {
          schema: object({ [target]: whole, ...permissions }, Object.keys(permissions)),
          example: {
            [target]: examples.added,
            default_permissions: false,
            job_token_policies: ['READ_JOBS'],
          },
        },
        ...answers(pair, '201'),
      }),
    },
    [`${path}/{${target}}`]: {
      put: scope(`update${word}Entry`, `Changes the permissions of a ${kind}`, {
        description: extended,
        parameters: [...ofEntry, once],
        body: {
          schema: object(permissions),
          example: { default_permissions: false, job_token_policies: ['ADMIN_PACKAGES'] },
        },
        ...answers(pair),
      }),
      delete: scope(`remove${word}Entry`, `Removes a ${kind}`, {
        parameters: [...ofEntry, once],
        ...done,
      }),
    },
  }
}

const projectsAndGroups = operation('Projects and groups')
const instance = operation('Instance')
const job = operation('Jobs')
const oauth = operation('OAuth')
const control = operation('Control')

const search = [
  ...paging,
  inQuery('search', text),
  inQuery('min_access_level', oneOf(5, 10, 15, 20, 30, 40, 50)),
  inQuery('sort', oneOf('asc', 'desc')),
]

/** Any endpoint that takes job tokens, of which there are two hundred. */
const asJob = (method: Method, endpoint: string): Operation =>
  job(`${method}AsJob`, `A job’s ${method.toUpperCase()} request`, {
    description: `Answers the endpoints that accept a job token, as the allowlist decides, and names the endpoint.
GitLab lists them: https://docs.gitlab.com/ci/jobs/fine_grained_permissions/`,
    parameters: [
      {
        ...inPath('endpoint', endpoint, text),
        description: 'All that follows /api/v4/; its slashes stay slashes.',
      },
    ],
    security: [{ jobToken: [] }],
    ...answers(shape('JobAnswer')),
  })

const verifier = 'a-verifier-for-the-example-of-43-letters-or-more'
const application = { client_id: text } as const
const clientId = 'job-token-console'
const redirectUri = 'http://127.0.0.1/connect'
const authorization = [
  { name: 'client_id', example: clientId },
  { name: 'redirect_uri', example: redirectUri },
  { name: 'response_type', example: 'code' },
  { name: 'scope', example: 'api' },
  { name: 'state', example: 'any' },
  { name: 'code_challenge', example: 'dDvi6sHzqza0irqPochke0D7N5TnbbvA06TzRM_5KwU' },
  { name: 'code_challenge_method', example: 'S256' },
].map(
  ({ name, example }): Parameter => ({ name, in: 'query', required: true, schema: text, example }),
)
const nobody: Pick<Operation, 'security'> = { security: [] }

const paths: Readonly<Record<string, PathItem>> = {
  '/api/v4/projects/{id}/job_token_scope': {
    get: operation('Job token scope')('readScope', 'Who may use a job token here', {
      parameters: [ofProject],
      ...answers(shape('Scope')),
    }),
    patch: operation('Job token scope')('updateScope', 'Limits access to the allowlist, or not', {
      parameters: [ofProject],
      body: { schema: object({ enabled: flag }), example: { enabled: false } },
      ...done,
    }),
  },
  ...allowlist('project', { listed: 2, added: 6 }),
  ...allowlist('group', { listed: 12, added: 14 }),
  '/api/v4/projects/{id}/job_token_scope/authorizations': {
    get: operation('Job token scope')('listAuthorizations', 'The authentication log', {
      description: extended,
      parameters: [ofProject, ...paging],
      ...pageOf(shape('Authorization')),
    }),
  },
  '/api/v4/projects': {
    get: projectsAndGroups('listProjects', 'The projects that the caller may see', {
      parameters: [
        ...search,
        inQuery('search_namespaces', flag),
        inQuery('membership', flag),
        inQuery('archived', flag),
        inQuery('simple', flag, 'The items have the shape Project instead of ProjectDetails.'),
        inQuery(
          'order_by',
          oneOf('id', 'name', 'path', 'last_activity_at', 'created_at', 'similarity'),
        ),
      ],
      ...pageOf({ anyOf: [shape('ProjectDetails'), shape('Project')] }),
    }),
  },
  '/api/v4/projects/{id}': {
    get: projectsAndGroups('readProject', 'A project', {
      parameters: [ofProject],
      ...answers(shape('ProjectDetails')),
    }),
    put: projectsAndGroups('updateProject', 'Changes who may push with a job token', {
      description: 'The second field only with `api=rest`, from GitLab 19.0.',
      parameters: [ofProject],
      body: {
        schema: object(
          {
            ci_push_repository_for_job_token_allowed: flag,
            ci_cross_project_push_for_job_token_allowed: flag,
          },
          [
            'ci_push_repository_for_job_token_allowed',
            'ci_cross_project_push_for_job_token_allowed',
          ],
        ),
        example: { ci_push_repository_for_job_token_allowed: true },
      },
      ...answers(shape('ProjectDetails')),
    }),
  },
  '/api/v4/groups': {
    get: projectsAndGroups('listGroups', 'The groups that the caller belongs to, or may see', {
      parameters: [
        ...search,
        inQuery('all_available', flag),
        inQuery('order_by', oneOf('id', 'name', 'path', 'similarity')),
      ],
      ...pageOf(shape('Group')),
    }),
  },
  '/api/v4/groups/{id}': {
    get: projectsAndGroups('readGroup', 'A group', {
      parameters: [ofGroup],
      ...answers(shape('Group')),
    }),
    put: projectsAndGroups('updateGroup', 'Switches fine-grained permissions, for Owners', {
      description: 'Without effect before GitLab 17.11, from 18.3, and with `api=gitlab`.',
      parameters: [ofGroup],
      body: {
        schema: object({ job_token_policies_enabled: flag }),
        example: { job_token_policies_enabled: true },
      },
      ...answers(shape('Group')),
    }),
  },
  '/api/v4/user': { get: instance('readUser', 'The caller', answers(shape('OwnUser'))) },
  '/api/v4/personal_access_tokens/self': {
    get: instance('readOwnToken', 'The token of the request', answers(shape('Token'))),
  },
  '/api/v4/version': { get: instance('readVersion', 'The version', answers(shape('Version'))) },
  '/api/v4/metadata': {
    get: instance('readMetadata', 'The version and edition', answers(shape('Metadata'))),
  },
  '/api/v4/application/settings': {
    get: instance('readSettings', 'For administrators: the settings', answers(shape('Settings'))),
    put: instance('updateSettings', 'For administrators: enforces the allowlist everywhere', {
      body: {
        schema: object({ enforce_ci_inbound_job_token_scope_enabled: flag }),
        example: { enforce_ci_inbound_job_token_scope_enabled: true },
      },
      ...answers(shape('Settings')),
    }),
  },
  '/api/graphql': {
    post: instance('graphql', 'The part of GitLab’s GraphQL about job tokens', {
      description: 'Refuses with 200 and `errors`, as GitLab does.',
      body: {
        schema: object({ query: text, variables: { type: 'object' }, operationName: text }, [
          'variables',
          'operationName',
        ]),
        example: { query: '{ project(fullPath: "acme/storefront") { id } }' },
      },
      ...answers(shape('GraphqlAnswer')),
    }),
  },
  '/api/v4/{endpoint}': {
    get: asJob('get', 'projects/1/releases'),
    post: asJob('post', 'projects/1/deployments'),
    put: asJob('put', 'projects/1/deployments/7'),
    delete: asJob('delete', 'projects/1/packages/7'),
  },
  '/oauth/authorize': {
    get: oauth('showConsent', 'The page that asks a person', {
      parameters: authorization,
      ...nobody,
      responses: { '200': { description: 'A page', content: { 'text/html': { schema: text } } } },
    }),
    post: oauth('consent', 'What that page sends', {
      parameters: authorization,
      ...nobody,
      body: {
        schema: object({ answer: oneOf('authorize', 'deny'), as: text }, ['as']),
        example: { answer: 'authorize', as: 'maintainer' },
      },
      responses: { '302': { description: 'Back to the application, with a code' } },
    }),
  },
  '/oauth/token': {
    post: oauth('issueToken', 'Exchanges a code, or renews a token', {
      ...nobody,
      body: {
        schema: object(
          {
            ...application,
            grant_type: oneOf('authorization_code', 'refresh_token'),
            code: text,
            redirect_uri: text,
            code_verifier: text,
            refresh_token: text,
          },
          ['code', 'redirect_uri', 'code_verifier', 'refresh_token'],
        ),
        example: {
          client_id: clientId,
          grant_type: 'authorization_code',
          code: 'code-1',
          redirect_uri: redirectUri,
          code_verifier: verifier,
        },
      },
      ...answers(shape('OAuthToken')),
    }),
  },
  '/oauth/revoke': {
    post: oauth('revokeToken', 'Revokes a token', {
      ...nobody,
      body: {
        schema: object({ ...application, token: text }),
        example: { client_id: clientId, token: 'oauth-access-2' },
      },
      ...answers(object({})),
    }),
  },
  '/-/mock': {
    get: control('readMock', 'The dials, all that is stored, and the journal of writes', {
      ...nobody,
      ...answers(shape('MockState')),
    }),
    put: control('turnDials', 'Turns dials; those that are left out stay', {
      description: 'Another `scenario` or `api` starts a fresh world.',
      ...nobody,
      body: { schema: shape('DialChanges'), example: { fault: 'DELETE /allowlist/2 503 1' } },
      ...answers(shape('MockState')),
    }),
  },
  '/-/mock/reset': {
    post: control('resetMock', 'Drops all writes and arms the faults again', {
      ...nobody,
      ...answers(shape('MockState')),
    }),
  },
  '/-/mock/openapi.json': {
    get: control('readOpenApi', 'This document', { ...nobody, ...answers({ type: 'object' }) }),
  },
  '/-/mock/help': {
    get: control('readHelp', 'Examples for this address, by curl', {
      ...nobody,
      responses: { '200': { description: 'Text', content: { 'text/plain': { schema: text } } } },
    }),
  },
}

const security = {
  privateToken: { type: 'apiKey', in: 'header', name: 'PRIVATE-TOKEN' },
  bearer: { type: 'http', scheme: 'bearer' },
  jobToken: { type: 'apiKey', in: 'header', name: 'JOB-TOKEN' },
} as const

/**
 * The document of one world.
 * @param url the world's address, without a slash at the end
 */
export const openApi = (url: string) => ({
  openapi: '3.1.1',
  info: {
    title: 'Simulated GitLab: job tokens',
    version: '1',
    description: `What a GitLab answers about the permissions of CI/CD job tokens, simulated for tests. A token is
\`glpat-<role>\`, the role one of admin, owner, maintainer, developer, guest and stranger; a job’s token is
\`project-<id>\`. With \`api=rest\` there are fields and operations that stock GitLab has in GraphQL only. Bodies may
also be forms, with \`name[]\` for each item of a list. The dial \`fault\` makes requests fail in other ways, too.`,
  },
  servers: [{ url }],
  security: [{ privateToken: [] }, { bearer: [] }],
  paths,
  components: { schemas: shapes, securitySchemes: security },
})
