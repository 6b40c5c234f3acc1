/**
 * Translates what specs express in REST for a stock GitLab: there the console does some operations
 * by GraphQL, and REST does not return everything that is stored.
 */
import type { Answer, Method } from './world.ts'

/** The GraphQL field that stands for each REST call, by method and part of the address. */
const twins: readonly (readonly [Method, RegExp, string])[] = [
  ['GET', /groups_allowlist/, '/groupsAllowlist'],
  ['GET', /\/allowlist/, '/projectsAllowlist'],
  ['GET', /allowlist|job_token_scope$/, '/ciJobTokenScopeAllowlist'],
  ['GET', /authorizations/, '/ciJobTokenAuthLogs'],
  ['POST', /allowlist/, '/ciJobTokenScopeAddGroupOrProject'],
  ['PUT', /allowlist/, '/ciJobTokenScopeUpdatePolicies'],
  ['PUT', /projects\/\d+$/, '/projectCiCdSettingsUpdate'],
]

/** The `fault` dial, with each fault repeated for the GraphQL field in place of the call. */
export function faultsOfBoth(faults: string): string {
  return faults
    .split(';')
    .flatMap((fault) => {
      const [method, path = '', effect, times] = fault.trim().split(/\s+/)
      const [, , field] = twins.find(([of, address]) => of === method && address.test(path)) ?? []
      // The first list is requested by REST as well, and a counted fault must not happen twice.
      if (!field || (method === 'GET' && times)) return [fault]
      return [fault, ['POST', field, effect, times].filter(Boolean).join(' ')]
    })
    .join('; ')
}

/** Sends a request to the server, with the path relative to the world's address. */
type Ask = (method: Method, path: string, body?: unknown) => Promise<Answer>
type Entry = {
  readonly target: { readonly id: string } | null
  readonly defaultPermissions: boolean
  readonly jobTokenPolicies: readonly string[]
  readonly addedBy: { readonly username: string } | null
}

/** Queried separately, because older releases do not have the first field. */
const questions = {
  project: `query ($fullPath: ID!) {
    project(fullPath: $fullPath) { ciCdSettings { crossProjectPushForJobTokenAllowed } }
  }`,
  list: `query ($fullPath: ID!) {
    project(fullPath: $fullPath) {
      ciJobTokenScopeAllowlist {
        allowlist: projectsAllowlist { nodes { ...entry } }
        groups_allowlist: groupsAllowlist { nodes { ...entry } }
      }
    }
  }
  fragment entry on CiJobTokenScopeAllowlistEntry {
    target {
      ... on CiJobTokenAccessibleProject { id }
      ... on CiJobTokenAccessibleGroup { id }
    }
    defaultPermissions jobTokenPolicies addedBy { username }
  }`,
}

const update = `mutation ($input: CiJobTokenScopeUpdatePoliciesInput!) {
  result: ciJobTokenScopeUpdatePolicies(input: $input) { errors }
}`

/** Answers a request of the permissions extension by GraphQL, and other requests by REST. */
export async function askStock(ask: Ask, method: Method, path: string, body?: unknown) {
  const [, id = '', list, target] =
    /^\/projects\/(\d+)(?:\/job_token_scope\/((?:groups_)?allowlist)(?:\/(\d+))?)?(?:\?|$)/.exec(
      path,
    ) ?? []
  const pathOf = async (address: string): Promise<unknown> => {
    const { path_with_namespace, full_path } = record((await ask('GET', `/api/v4${address}`)).body)
    return path_with_namespace ?? full_path
  }
  const graphql = async (query: string, variables: object) =>
    record(record((await ask('POST', '/api/graphql', { query, variables })).body).data ?? {})

  if (method === 'PUT' && target) {
    const { default_permissions, job_token_policies } = record(body)
    const input = {
      projectPath: await pathOf(`/projects/${id}`),
      targetPath: await pathOf(`/${list === 'allowlist' ? 'projects' : 'groups'}/${target}`),
      defaultPermissions: default_permissions,
      jobTokenPolicies: job_token_policies,
    }
    const { result } = await graphql(update, { input })
    const { errors } = record(result ?? {})
    return { status: Array.isArray(errors) && errors.length === 0 ? 200 : 400, body: errors }
  }
  const answer = await ask(method, `/api/v4${path}`, body)
  if (method !== 'GET' || !id || answer.status !== 200) return answer
  const fullPath = await pathOf(`/projects/${id}`)
  if (!list) {
    const project = record((await graphql(questions.project, { fullPath })).project ?? {})
    const { crossProjectPushForJobTokenAllowed: allowed } = record(project.ciCdSettings ?? {})
    return {
      ...answer,
      body: { ...record(answer.body), ci_cross_project_push_for_job_token_allowed: allowed },
    }
  }
  const project = record((await graphql(questions.list, { fullPath })).project)
  const { nodes } = record(record(project.ciJobTokenScopeAllowlist)[list])
  const items = (answer.body as readonly { id: number }[]).map((item) => {
    const entry = (nodes as readonly Entry[]).find(
      (node) => Number(/\d+$/.exec(node.target?.id ?? '')?.[0]) === item.id,
    )
    return {
      ...item,
      default_permissions: entry?.defaultPermissions ?? true,
      job_token_policies: entry?.jobTokenPolicies ?? [],
      added_by: entry?.addedBy ?? null,
    }
  })
  return { ...answer, body: items }
}

const record = (value: unknown) => value as Readonly<Record<string, unknown>>
