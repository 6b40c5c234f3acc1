/**
 * The bodies that the simulated GitLab answers with, as JSON Schema for `openapi.ts`. They are closed:
 * a field that is not written here is a mistake, which `openapi.test.ts` finds.
 */
import { dialNames } from './dial-names.ts'
import { accessLevels, featureNames, roles } from './gitlab/model.ts'
import { scenarioNames } from './scenarios/scenarios.ts'

/** A schema of JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export type Schema = Readonly<Record<string, unknown>>

export const text: Schema = { type: 'string' }
export const flag: Schema = { type: 'boolean' }
export const whole: Schema = { type: 'integer' }
const moment: Schema = { type: 'string', format: 'date-time' }

export const oneOf = (...values: readonly (string | number | null)[]): Schema => ({ enum: values })
export const list = (items: Schema): Schema => ({ type: 'array', items })
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] })

/** @param optional fields that are left out at times: by older releases, or for some callers */
export function object(properties: Readonly<Record<string, Schema>>, optional: string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { type: 'object', properties, required, additionalProperties: false } satisfies Schema
}

/** The schema of the named shape. */
export const shape = (name: keyof typeof shapes): Schema => ({
  $ref: `#/components/schemas/${name}`,
})

/** What an entry grants, as a write sends it. */
export const permissions = {
  default_permissions: flag,
  job_token_policies: list(text),
} as const

/** The fields of an entry that only the permissions extension has. */
const extension = {
  ...permissions,
  added_by: orNull({ $ref: '#/components/schemas/User' }),
  added_at: orNull(moment),
  accessible: flag,
} as const
const extensionNames = Object.keys(extension)

const user = { id: whole, username: text, name: text, avatar_url: orNull(text), web_url: text }

const namespace = object({
  id: whole,
  name: text,
  path: text,
  kind: oneOf('group'),
  full_path: text,
  parent_id: orNull(whole),
  avatar_url: orNull(text),
  web_url: text,
})

const project = {
  id: whole,
  description: text,
  name: text,
  name_with_namespace: text,
  path: text,
  path_with_namespace: text,
  created_at: moment,
  tag_list: list(text),
  topics: list(text),
  ssh_url_to_repo: text,
  http_url_to_repo: text,
  web_url: text,
  avatar_url: orNull(text),
  star_count: whole,
  last_activity_at: moment,
  namespace,
  default_branch: text,
  readme_url: text,
  forks_count: whole,
}
/** Left out for those who may not read the code. */
const ofCode = ['default_branch', 'readme_url', 'forks_count']

const access = orNull(object({ access_level: oneOf(...accessLevels), notification_level: whole }))

const details = {
  ...project,
  visibility: oneOf('private', 'internal', 'public'),
  archived: flag,
  creator_id: whole,
  ...Object.fromEntries(
    featureNames.map((name) => [
      `${name}_access_level`,
      oneOf('disabled', 'private', 'enabled', 'public'),
    ]),
  ),
  ci_job_token_scope_enabled: flag,
  ci_push_repository_for_job_token_allowed: flag,
  ci_cross_project_push_for_job_token_allowed: flag,
  permissions: object({ project_access: access, group_access: access }),
}

const group = {
  id: whole,
  web_url: text,
  name: text,
  path: text,
  description: text,
  visibility: oneOf('private', 'internal', 'public'),
  avatar_url: orNull(text),
  full_name: text,
  full_path: text,
  parent_id: orNull(whole),
  created_at: moment,
  archived: flag,
  job_token_policies_enabled: flag,
}

const pair = (target: string) =>
  object({ source_project_id: whole, [target]: whole, ...permissions }, Object.keys(permissions))

const kept = object({
  id: whole,
  full_path: orNull(text),
  ...permissions,
  added_by: orNull(text),
  added_at: moment,
})

const dials = {
  scenario: { enum: scenarioNames },
  as: orNull({ enum: roles }),
  latency: { type: 'integer', minimum: 0, maximum: 60_000 },
  now: orNull(moment),
  api: oneOf('rest', 'gitlab'),
  fault: { type: 'string', examples: ['DELETE /allowlist/2 503 1'] },
} satisfies Record<(typeof dialNames)[number], Schema>

/** All shapes by name. */
export const shapes = {
  User: object(user),
  OwnUser: object({ ...user, state: text, locked: flag, is_admin: flag }, ['is_admin']),
  Token: object({
    id: whole,
    name: text,
    description: orNull(text),
    revoked: flag,
    active: flag,
    created_at: moment,
    last_used_at: orNull(moment),
    expires_at: orNull(text),
    scopes: list(oneOf('api', 'read_api')),
    user_id: whole,
  }),
  Version: object({ version: text, revision: text }),
  Metadata: object({
    version: text,
    revision: text,
    kas: object({
      enabled: flag,
      externalUrl: orNull(text),
      externalK8sProxyUrl: orNull(text),
      version: orNull(text),
    }),
    enterprise: flag,
  }),
  Settings: object({ id: whole, enforce_ci_inbound_job_token_scope_enabled: flag }),
  Project: object(project, ofCode),
  ProjectDetails: object(details, [...ofCode, 'ci_cross_project_push_for_job_token_allowed']),
  Group: object(group, ['job_token_policies_enabled']),
  Scope: object({ inbound_enabled: flag, outbound_enabled: flag }),
  ProjectEntry: object({ ...project, ...extension }, [...ofCode, ...extensionNames]),
  GroupEntry: object(
    {
      id: whole,
      web_url: text,
      name: text,
      full_path: text,
      avatar_url: orNull(text),
      ...extension,
    },
    ['full_path', 'avatar_url', ...extensionNames],
  ),
  ProjectPair: pair('target_project_id'),
  GroupPair: pair('target_group_id'),
  Authorization: object({
    origin_project: orNull(
      object({
        id: whole,
        name: text,
        path_with_namespace: text,
        avatar_url: orNull(text),
        web_url: orNull(text),
      }),
    ),
    last_authorized_at: moment,
    job_token_policies: list(text),
  }),
  JobAnswer: object({ endpoint: text }),
  GraphqlAnswer: object({ data: { type: ['object', 'null'] }, errors: list({ type: 'object' }) }, [
    'data',
    'errors',
  ]),
  OAuthToken: object({
    access_token: text,
    token_type: oneOf('Bearer'),
    expires_in: whole,
    refresh_token: text,
    scope: oneOf('api', 'read_api'),
    created_at: whole,
  }),
  /** `message` where a rule of GitLab refuses, `error` where a parameter or a token does. */
  Refusal: object(
    {
      message: { anyOf: [text, { type: 'object' }] },
      error: text,
      error_description: text,
      scope: text,
      errors: list(object({ message: text })),
    },
    ['message', 'error', 'error_description', 'scope', 'errors'],
  ),
  Dials: object(dials),
  DialChanges: object(dials, [...dialNames]),
  MockState: object({
    dials: { $ref: '#/components/schemas/Dials' },
    scenario: object({ name: { enum: scenarioNames }, purpose: text, address: text }),
    now: moment,
    faults: list(object({ fault: text, left: orNull(whole) })),
    state: object({
      version: text,
      enforces_allowlist: flag,
      roles: object(Object.fromEntries(roles.map((role) => [role, text]))),
      counts: object({ users: whole, groups: whole, projects: whole }),
      projects: list(
        object({
          id: whole,
          full_path: text,
          inbound_enabled: flag,
          outbound_enabled: flag,
          ci_push_repository_for_job_token_allowed: flag,
          ci_cross_project_push_for_job_token_allowed: flag,
          allowlist: list(kept),
          groups_allowlist: list(kept),
          outbound_allowlist: list(whole),
          authorizations: list(
            object({
              origin_project_id: whole,
              last_authorized_at: moment,
              job_token_policies: list(text),
            }),
          ),
        }),
      ),
      groups: list(object({ id: whole, full_path: text, job_token_policies_enabled: flag })),
    }),
    journal: list(
      object(
        {
          method: text,
          path: text,
          body: { type: 'object' },
          token: orNull(text),
          jobToken: text,
          at: moment,
        },
        ['jobToken'],
      ),
    ),
    journal_forgotten: whole,
  }),
} satisfies Record<string, Schema>
