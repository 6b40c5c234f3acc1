import { type HttpHandler, type HttpResponseResolver, http } from 'msw'
import type { Backend, Reply } from './backend.ts'
import { authenticate, findCaller, type RestRequest } from './gitlab/access.ts'
import { listGroups, readGroup, updateGroup } from './gitlab/groups.ts'
import {
  readMetadata,
  readOwnToken,
  readSettings,
  readUser,
  readVersion,
  updateSettings,
} from './gitlab/instance.ts'
import {
  addEntry,
  listAuthorizations,
  listGroupEntries,
  listProjectEntries,
  readScope,
  removeEntry,
  updateEntry,
  updateScope,
} from './gitlab/job-token-scope.ts'
import { callAsJob } from './gitlab/job-tokens.ts'
import type { Page } from './gitlab/paging.ts'
import { listProjects, readProject, updateProject } from './gitlab/projects.ts'
import { Refusal, unknownRoute } from './gitlab/refusal.ts'
import { pageHeaders } from './page-headers.ts'
import { fromPairs, pathOf, readBody, restAddressOf, tokenOf } from './request.ts'

const api = '*/api/v4'
const scope = `${api}/projects/:id/job_token_scope`

type LoadGraphql = () => Promise<typeof import('./graphql.ts')>
type LoadJobTokens = () => Promise<typeof import('./job-token-routes.ts')>

type Answer = (request: RestRequest, url: URL) => Reply

const ok =
  (operation: (request: RestRequest) => unknown): Answer =>
  (request) => ({ status: 200, body: operation(request) })

const created =
  (operation: (request: RestRequest) => unknown): Answer =>
  (request) => ({ status: 201, body: operation(request) })

const list =
  (operation: (request: RestRequest) => Page<unknown>): Answer =>
  (request, url) => {
    const page = operation(request)
    return { status: 200, body: page.items, headers: pageHeaders(page, url) }
  }

const done =
  (operation: (request: RestRequest) => void): Answer =>
  (request) => {
    operation(request)
    return { status: 204 }
  }

/**
 * Serves a backend as GitLab's REST and GraphQL: for MSW in the browser, and for `getResponse`
 * elsewhere. MSW tries the handlers in order, so the most requested ones come first.
 * @param loadGraphql called on the first GraphQL request, because that module is large
 * @param loadJobTokens called on the first job token, because that module imports the endpoint
 * catalogue
 */
export function createHandlers(
  backend: Backend,
  loadGraphql: LoadGraphql = () => import('./graphql.ts'),
  loadJobTokens: LoadJobTokens = () => import('./job-token-routes.ts'),
): HttpHandler[] {
  const on = (answer: Answer) => endpoint(backend, answer)
  return [
    http.get(`${scope}/allowlist`, on(list(listProjectEntries))),
    http.get(`${scope}/groups_allowlist`, on(list(listGroupEntries))),
    http.get(scope, on(ok(readScope))),
    http.get(`${api}/projects/:id`, on(ok(readProject))),
    http.get(`${scope}/authorizations`, on(list(listAuthorizations))),
    http.get(`${api}/user`, on(ok(readUser))),
    http.get(`${api}/metadata`, on(ok(readMetadata))),
    http.get(`${api}/personal_access_tokens/self`, on(ok(readOwnToken))),
    http.get(`${api}/projects`, on(list(listProjects))),
    http.get(`${api}/groups`, on(list(listGroups))),
    http.get(`${api}/groups/:id`, on(ok(readGroup))),
    http.post('*/api/graphql', graphqlEndpoint(backend, loadGraphql)),
    http.get(`${api}/version`, on(ok(readVersion))),
    http.get(`${api}/application/settings`, on(ok(readSettings))),
    http.patch(scope, on(done(updateScope))),
    http.post(`${scope}/allowlist`, on(created((request) => addEntry(request, 'project')))),
    http.post(`${scope}/groups_allowlist`, on(created((request) => addEntry(request, 'group')))),
    http.put(
      `${scope}/allowlist/:target_project_id`,
      on(ok((request) => updateEntry(request, 'project'))),
    ),
    http.put(
      `${scope}/groups_allowlist/:target_group_id`,
      on(ok((request) => updateEntry(request, 'group'))),
    ),
    http.delete(
      `${scope}/allowlist/:target_project_id`,
      on(done((request) => removeEntry(request, 'project'))),
    ),
    http.delete(
      `${scope}/groups_allowlist/:target_group_id`,
      on(done((request) => removeEntry(request, 'group'))),
    ),
    http.put(`${api}/projects/:id`, on(ok(updateProject))),
    http.put(`${api}/groups/:id`, on(ok(updateGroup))),
    http.put(`${api}/application/settings`, on(ok(updateSettings))),
    http.all(`${api}/*`, jobEndpoint(backend, loadJobTokens)),
  ]
}

/** Parses a request, runs the operation, and records a write in the journal. */
function endpoint(backend: Backend, answer: Answer): HttpResponseResolver {
  return ({ request, params }) => {
    const url = new URL(request.url)
    return backend.serve(request, restAddressOf(url), async () => {
      const { gitlab } = backend
      const writes = request.method !== 'GET'
      const token = tokenAt(backend, request, url)
      const body = writes ? await readBody(request) : {}
      const caller = authenticate(gitlab, token, writes)
      const input = { ...fromPairs(url.searchParams), ...body, ...params }
      if (!writes) return answer({ gitlab, caller, input }, url)
      const { method } = request
      const path = pathOf(url)
      const write = JSON.stringify([method, path, body, token])
      return backend.once(request.headers.get('idempotency-key'), write, () => {
        const reply = answer({ gitlab, caller, input }, url)
        backend.record({ method, path, body, token })
        return reply
      })
    })
  }
}

/**
 * The handler behind all other routes: the endpoints that accept job tokens, whose use fills the
 * authentication log, and unknown addresses.
 */
function jobEndpoint(backend: Backend, loadJobTokens: LoadJobTokens): HttpResponseResolver {
  return ({ request }) => {
    const url = new URL(request.url)
    return backend.serve(request, restAddressOf(url), async () => {
      const jobToken = request.headers.get('job-token')
      if (jobToken === null) throw unknownRoute()
      const { findJobRoute } = await loadJobTokens()
      const path = pathOf(url)
      const route = findJobRoute(request.method, path.slice('/v4'.length).replace(/\?.*/, ''))
      if (!route) throw unknownRoute()
      const { body, logged } = callAsJob(backend.gitlab, jobToken, route)
      if (logged) backend.record({ method: request.method, path, body: {}, token: null, jobToken })
      return { status: 200, body }
    })
  }
}

/** As `endpoint`, for GraphQL: the body says which fields are requested, and whether they write. */
function graphqlEndpoint(backend: Backend, loadGraphql: LoadGraphql): HttpResponseResolver {
  return async ({ request }) => {
    const graphql = await loadGraphql()
    const url = new URL(request.url)
    const reading = readBody(request)
    const address = graphql.addressOf(await reading.catch(() => ({})))
    return backend.serve(request, address, async () => {
      const { gitlab } = backend
      const token = tokenAt(backend, request, url)
      const body = await reading
      const caller = findCaller(gitlab, token)
      if (!caller) throw invalidToken()
      const { body: reply, wrote } = await graphql.answer({ gitlab, caller }, body)
      if (wrote) backend.record({ method: request.method, path: pathOf(url), body, token })
      return { status: 200, body: reply }
    })
  }
}

/** The request's token, or the token of the role that the dial `as` names. */
const tokenAt = ({ dials }: Backend, request: Request, url: URL) =>
  tokenOf(request, url) ?? (dials.as && `glpat-${dials.as}`)

/**
 * GitLab's answer to unknown and expired tokens (`app/controllers/graphql_controller.rb`, gitlabhq
 * 017a6c12). The mock also gives it to requests without a token; GitLab serves public data to
 * those.
 */
const invalidToken = () => new Refusal(401, { errors: [{ message: 'Invalid token' }] })
