/**
 * Validates requests from the network. Malformed ones are refused here, before they reach a world.
 */
import type { IncomingMessage } from 'node:http'

/** The longest body that is read, in bytes. */
const mostBytes = 1_000_000

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** The refusal of a malformed request: its status and message. */
export class Unacceptable extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * The address of a request below `http://<Host>`.
 * @throws Unacceptable for a method, a target or a Host that no GitLab answers
 */
export function addressOf({ method = '', url = '', headers }: IncomingMessage): URL {
  if (!methods.includes(method)) throw new Unacceptable(405, '405 Method Not Allowed')
  const { host = '' } = headers
  if (!/^([\w.-]+|\[[\da-f:.]+\])(:\d+)?$/i.test(host) || !url.startsWith('/')) throw badRequest()
  const address = `http://${host}${url}`
  if (!URL.canParse(address)) throw badRequest()
  const parsed = new URL(address)
  try {
    decodeURIComponent(parsed.pathname)
  } catch {
    throw badRequest()
  }
  return parsed
}

const badRequest = () => new Unacceptable(400, '400 Bad Request')

/**
 * Whether a request may come from a page of another site: its Origin is another one, or its Host is
 * a name that was made to resolve to this machine (DNS rebinding). Browsers send Origin with every
 * request that may change something.
 */
export function isForeign({ headers: { origin } }: IncomingMessage, { hostname }: URL): boolean {
  if (!isLoopback(hostname)) return true
  return origin !== undefined && !(URL.canParse(origin) && isLoopback(new URL(origin).hostname))
}

const isLoopback = (hostname: string) =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)

/**
 * Reads the body of a request.
 * @throws Unacceptable 413 as soon as the body is too long; the rest is not read
 */
export async function bodyOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const tooLong = () => new Unacceptable(413, '413 Request Entity Too Large')
  if (Number(incoming.headers['content-length'] ?? 0) > mostBytes) throw tooLong()
  const chunks: Uint8Array[] = []
  let size = 0
  // The stream is not destroyed when the body is too long: otherwise the answer could not be sent.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > mostBytes) throw tooLong()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
