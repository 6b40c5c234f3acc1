import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { getResponse, type HttpHandler } from 'msw'
import { Backend } from './backend.ts'
import { type DialChanges, dialsFromRecord } from './dials.ts'
import { DialError } from './faults.ts'
import * as graphql from './graphql.ts'
import { createHandlers } from './handlers.ts'
import { controlHelp } from './help.ts'
import { addressOf, bodyOf, isForeign, Unacceptable } from './incoming.ts'
import * as jobTokens from './job-token-routes.ts'
import { createOAuthHandlers } from './oauth.ts'
import { openApi } from './openapi.ts'
import { parseShallow } from './request.ts'
import { stateOf } from './state.ts'

export type ServerOptions = {
  /** The port; 0 for any free one. */
  readonly port: number
  /** The dials with which every world of this server starts. */
  readonly dials?: DialChanges
  /** Lets pages of other origins, and other names of this machine, use the dials at `/-/mock`. */
  readonly openControl?: boolean
  /** The largest number of named worlds kept in memory; 500 by default. */
  readonly mostWorlds?: number
}

export type MockServer = {
  /** Without a slash at the end. The API is below `/api/v4`, worlds are below `/w/<name>`. */
  readonly url: string
  readonly port: number
  /** Stops listening and drops open connections, also of requests that are never answered. */
  close(): Promise<void>
}

type World = {
  readonly backend: Backend
  /** The handlers for one method: fewer, because MSW compares them one by one. */
  handlersFor(method: string): HttpHandler[]
}

const host = '127.0.0.1'

/** The limits of the journal of a world: writes, and characters of JSON. */
const mostJournal = { entries: 1000, characters: 1_000_000 }

/**
 * Serves the simulated GitLab over HTTP on this machine. Every `/w/<name>` is a world of its own,
 * created on first use; requests without `/w/` share one more world. When there are too many
 * worlds, the least recently used one is dropped; a later request to its name gets a fresh world.
 * @throws Error with `code` `EADDRINUSE` when the port is taken; DialError for invalid dials
 */
export async function startServer({
  port,
  dials = {},
  openControl = false,
  mostWorlds = 500,
}: ServerOptions): Promise<MockServer> {
  const worlds = new Map<string, World>()
  let url = ''
  function worldAt(prefix: string): World {
    const world = worlds.get(prefix) ?? createWorld(prefix)
    // Moved to the end of the map, so that the first world is always the least recently used one.
    worlds.delete(prefix)
    worlds.set(prefix, world)
    const named = [...worlds.keys()].filter((name) => name !== '')
    for (const name of named.slice(0, -mostWorlds)) worlds.delete(name)
    return world
  }
  function createWorld(prefix: string): World {
    const backend = new Backend({ dials, webRoot: url + prefix, mostJournal })
    // Loaded now: Vite's runner, which runs this file, cannot import modules later.
    const handlers = [
      ...createHandlers(
        backend,
        async () => graphql,
        async () => jobTokens,
      ),
      ...createOAuthHandlers(backend),
    ]
    return { backend, handlersFor: byMethod(handlers) }
  }

  const server = createServer((request, response) => {
    answer(request, worldAt, openControl).then(
      (reply) => send(request, response, reply),
      (error: unknown) => {
        if (error instanceof Unacceptable) {
          return send(request, response, json(error.status, { error: error.message }))
        }
        console.error(error)
        const reply = json(500, { message: '500 Internal Server Error' })
        return send(request, response, reply)
      },
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const actualPort = typeof address === 'object' && address !== null ? address.port : port
  url = `http://${host}:${actualPort}`
  return {
    url,
    port: actualPort,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function byMethod(handlers: readonly HttpHandler[]): World['handlersFor'] {
  const known = new Map<string, HttpHandler[]>()
  return (wanted) => {
    const fitting =
      known.get(wanted) ??
      handlers.filter(({ info: { method } }) => method === wanted || method instanceof RegExp)
    known.set(wanted, fitting)
    return fitting
  }
}

const isRead = (method: string) => method === 'GET' || method === 'HEAD'

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  })

async function answer(
  incoming: IncomingMessage,
  worldAt: (prefix: string) => World,
  openControl: boolean,
): Promise<Response> {
  const { method = 'GET', headers } = incoming
  const address = addressOf(incoming)
  const [, prefix = '', path = '/'] = /^(\/w\/[\w.-]+)?(\/.*)/.exec(address.pathname) ?? []
  const isControl = path === '/-/mock' || path.startsWith('/-/mock/')
  if (isControl && !openControl && isForeign(incoming, address)) {
    return json(403, { error: '403 Forbidden: --open-control lets other origins and hosts in' })
  }
  if (method === 'OPTIONS') return new Response(null, { status: 200 })
  if (isControl) return control(worldAt(prefix).backend, method, path, await bodyOf(incoming))
  const request = new Request(address, {
    // MSW does not match HEAD; the body is dropped when the answer is sent.
    method: method === 'HEAD' ? 'GET' : method,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
    body: isRead(method) ? null : await bodyOf(incoming),
  })
  const response = await getResponse(worldAt(prefix).handlersFor(request.method), request)
  return response ?? json(404, { error: '404 Not Found' })
}

/**
 * The control address of a world, for its state and dials: `GET`, `PUT` and `POST …/reset`; and what
 * explains it, `GET …/help` and `…/openapi.json`.
 */
function control(backend: Backend, method: string, path: string, body: Buffer): Response {
  const { webRoot } = backend.gitlab
  if (path === '/-/mock/reset' && method === 'POST') {
    backend.reset()
    return json(200, stateOf(backend))
  }
  if (path === '/-/mock/openapi.json' && isRead(method)) return json(200, openApi(webRoot))
  if (path === '/-/mock/help' && isRead(method)) {
    return new Response(controlHelp(webRoot), { headers: { 'content-type': 'text/plain' } })
  }
  if (path !== '/-/mock') return json(404, { error: '404 Not Found' })
  if (method === 'PUT') {
    try {
      const changes = parseShallow(body.toString())
      if (typeof changes !== 'object' || changes === null) throw new SyntaxError('no object')
      backend.turn(dialsFromRecord({ ...changes }))
    } catch (error) {
      if (error instanceof DialError) return json(400, { error: error.message })
      if (error instanceof SyntaxError) return json(400, { error: 'Expected an object in JSON' })
      throw error
    }
  } else if (!isRead(method)) {
    return json(405, { error: '405 Not Allowed' })
  }
  return json(200, stateOf(backend))
}

/**
 * GitLab lets pages of any origin read its API, without credentials, and exposes only these headers
 * to them. `Retry-After`, for one, stays hidden. (`config/application.rb`; the version was not
 * recorded.)
 */
const exposedHeaders = [
  'Link',
  'X-Total',
  'X-Total-Pages',
  'X-Per-Page',
  'X-Page',
  'X-Next-Page',
  'X-Prev-Page',
].join(', ')

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Response,
): Promise<void> {
  if (reply.type === 'error') {
    request.socket.destroy()
    return
  }
  response.statusCode = reply.status
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-expose-headers', exposedHeaders)
  if (request.method === 'OPTIONS') {
    response.setHeader('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE')
    response.setHeader(
      'access-control-allow-headers',
      request.headers['access-control-request-headers'] ?? '*',
    )
    response.setHeader('access-control-max-age', '7200')
  }
  reply.headers.forEach((value, name) => {
    response.setHeader(name, value)
  })
  if (!request.complete) {
    // A client that is still sending gets the answer, and a second to read it.
    response.setHeader('connection', 'close')
    response.once('finish', () => setTimeout(() => request.socket.destroy(), 1000).unref())
    request.resume()
  }
  if (request.method === 'HEAD' || reply.body === null) response.end()
  else response.end(Buffer.from(await reply.arrayBuffer()))
}
