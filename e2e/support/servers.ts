import { createServer, request, type Server } from 'node:http'

/** A server that is no GitLab: it answers all requests, without CORS headers. */
export type Stranger = { readonly address: string; close(): Promise<void> }

export async function startStranger(): Promise<Stranger> {
  const server = createServer((_request, response) => response.end('Hello'))
  const port = await listen(server)
  return { address: `http://127.0.0.1:${port}`, close: () => close(server) }
}

/** As long as the `Link` header of a long list. */
export const longHeader = `<https://gitlab.example.com/?${'q'.repeat(12_000)}>; rel="next"`
export const bigBody = JSON.stringify('x'.repeat(8_000_000))

/** Headers by which GitLab, or a proxy in front of it, changes settings of its whole origin. */
export const headersOfAnOrigin = {
  'Strict-Transport-Security': 'max-age=1; includeSubDomains',
  'Clear-Site-Data': '"storage"',
  'Service-Worker-Allowed': '/',
  NEL: '{"report_to":"reports","max_age":60}',
  'Report-To':
    '{"group":"reports","max_age":60,"endpoints":[{"url":"https://elsewhere.example/"}]}',
  'Reporting-Endpoints': 'reports="https://elsewhere.example/"',
  'Alt-Svc': 'h3=":443"',
}

/** Echoes requests below `/api`, and serves answers that are difficult to proxy. */
export async function startEcho(): Promise<Stranger & { readonly asked: string[] }> {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method, url = '', headers } = request
    asked.push(url)
    const { host, authorization, cookie = null } = headers
    if (url.endsWith('/big')) return response.end(bigBody)
    if (url.endsWith('/moved')) {
      return response.writeHead(302, { Location: `http://${host}/api/v4/projects/1` }).end()
    }
    // A job's artifact, whose contents anyone who may push determines.
    if (url.endsWith('/evil.js')) {
      return response
        .writeHead(200, { 'Content-Type': 'text/javascript' })
        .end('globalThis.ran = true')
    }
    if (url.endsWith('/accelerated')) response.setHeader('X-Accel-Redirect', '/index.html')
    response.writeHead(200, {
      ...headersOfAnOrigin,
      'Content-Type': 'application/json',
      'Cache-Control': 'private',
      'Content-Security-Policy': "default-src 'self'",
      'Set-Cookie': '_gitlab_session=2',
      'Retry-After': '7',
      Link: longHeader,
    })
    return response.end(JSON.stringify({ method, url, host, authorization, cookie, body }))
  })
  const port = await listen(server)
  return { address: `http://127.0.0.1:${port}`, asked, close: () => close(server) }
}

/** Requests a path unchanged, which browsers and `fetch` would normalise. @returns the status */
export function sendRaw(server: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(server, { path, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sent.once('error', reject)
    sent.end()
  })
}

/** An address at which nothing listens (any more). */
export const deadAddress = async (): Promise<string> => `http://127.0.0.1:${await freePort()}`

/** A free port, so that several checkouts and a developer's own server do not collide. */
export async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await close(server)
  return port
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
