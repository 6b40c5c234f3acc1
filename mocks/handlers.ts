import { type HttpHandler, type HttpResponseResolver, http } from 'msw'
import type { Backend, Reply } from './backend.ts'
import { authenticate, type Call } from './gitlab/access.ts'
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
import type { Page } from './gitlab/paging.ts'
import { listProjects, readProject, updateProject } from './gitlab/projects.ts'
import { unknownRoute } from './gitlab/refusal.ts'
import { pageHeaders } from './page-headers.ts'
import { fromPairs, readBody, tokenOf } from './request.ts'

const api = '*/api/v4'
const scope = `${api}/projects/:id/job_token_scope`

type Answer = (call: Call, url: URL) => Reply

const ok =
  (operation: (call: Call) => unknown): Answer =>
  (call) => ({ status: 200, body: operation(call) })

const created =
  (operation: (call: Call) => unknown): Answer =>
  (call) => ({ status: 201, body: operation(call) })

const list =
  (operation: (call: Call) => Page<unknown>): Answer =>
  (call, url) => {
    const page = operation(call)
    return { status: 200, body: page.items, headers: pageHeaders(page, url) }
  }

const done =
  (operation: (call: Call) => void): Answer =>
  (call) => {
    operation(call)
    return { status: 204 }
  }

/**
 * GitLab's REST API over a backend, for MSW in the browser and `getResponse` elsewhere. MSW asks
 * handler after handler, so what pages ask for most comes first.
 */
export function createHandlers(backend: Backend): HttpHandler[] {
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
    http.get(`${api}/version`, on(ok(readVersion))),
    http.get(`${api}/application/settings`, on(ok(readSettings))),
    http.patch(scope, on(done(updateScope))),
    http.post(`${scope}/allowlist`, on(created((call) => addEntry(call, 'project')))),
    http.post(`${scope}/groups_allowlist`, on(created((call) => addEntry(call, 'group')))),
    http.put(
      `${scope}/allowlist/:target_project_id`,
      on(ok((call) => updateEntry(call, 'project'))),
    ),
    http.put(
      `${scope}/groups_allowlist/:target_group_id`,
      on(ok((call) => updateEntry(call, 'group'))),
    ),
    http.delete(
      `${scope}/allowlist/:target_project_id`,
      on(done((call) => removeEntry(call, 'project'))),
    ),
    http.delete(
      `${scope}/groups_allowlist/:target_group_id`,
      on(done((call) => removeEntry(call, 'group'))),
    ),
    http.put(`${api}/projects/:id`, on(ok(updateProject))),
    http.put(`${api}/groups/:id`, on(ok(updateGroup))),
    http.put(`${api}/application/settings`, on(ok(updateSettings))),
    http.all(`${api}/*`, ({ request }) =>
      backend.serve(request, async () => {
        throw unknownRoute()
      }),
    ),
  ]
}

/** Reads a request, asks the operation, and journals what it wrote. */
function endpoint(backend: Backend, answer: Answer): HttpResponseResolver {
  return ({ request, params }) =>
    backend.serve(request, async () => {
      const url = new URL(request.url)
      const { gitlab, dials } = backend
      const writes = request.method !== 'GET'
      const token = tokenOf(request, url) ?? (dials.as && `glpat-${dials.as}`)
      const body = writes ? await readBody(request) : {}
      const caller = authenticate(gitlab, token, writes)
      const reply = answer(
        { gitlab, caller, input: { ...fromPairs(url.searchParams), ...body, ...params } },
        url,
      )
      if (writes) {
        const path = url.pathname.slice(url.pathname.indexOf('/api/v4') + '/api/v4'.length)
        backend.record({ method: request.method, path: path + url.search, body, token })
      }
      return reply
    })
}
