/**
 * The connection to a GitLab, and whether what people type to sign in leads to one. Of this module the
 * first view needs the types alone: whoever is signed in has been checked.
 */
import { ApiError } from './api-error.ts'
import type { User } from './gitlab-api.ts'
import { createHttp } from './http.ts'
import { createRestApi } from './rest/rest-api.ts'

/** A GitLab, with its relative URL root, without a final slash. */
export type Server = {
  /** Where it answers: below it is `/api/v4`. */
  readonly address: string
  /** Where its own pages are: for links, for reading pasted addresses, and for signing in. */
  readonly webAddress: string
}

/** The acting user's credentials: a personal access token, or a token that came by OAuth. */
export type Credentials = {
  readonly token: string
  readonly oauth?: OAuthGrant | undefined
}

/** The details of a token that came by OAuth. */
export type OAuthGrant = {
  readonly applicationId: string
  /** The scope that GitLab granted to the token, such as `read_api`. */
  readonly scope: string
  /** When the token ends, in milliseconds since 1970. */
  readonly expiresAt: number
  /**
   * Fetches the next token, once. Each tab has signed in by itself and so has a chain of tokens of
   * its own. A duplicated tab starts with a copy: the first of the two to renew stays signed in, the
   * other one is asked to sign in again. Undefined when GitLab does not take it any more.
   */
  readonly refreshToken?: string | undefined
}

/** A checked way in: the address answered as GitLab and the token belongs to `user`. */
export type Connection = Server & Credentials & { readonly user: User }

/** The problems that an address and a token can have, each with its own remedy. */
export type ConnectionProblem =
  | 'address-invalid'
  | 'unreachable'
  | 'cors-refused'
  | 'not-gitlab'
  | 'token-wrong'
  | 'token-expired'
  | 'token-scope'
  | 'refused'
  | 'slow'
  | 'unavailable'

export type CheckedConnection =
  | {
      ok: true
      connection: Connection
      /** The token may not write: the panel is readable, saving is not possible. */
      readOnly: boolean
    }
  | { ok: false; problem: ConnectionProblem; error?: ApiError }

/**
 * The address of a GitLab as people write it: with or without scheme, API path or final slash.
 * @returns undefined when it is no address
 */
export function normalizeAddress(text: string): string | undefined {
  const input = text.trim()
  // Chrome takes a space for a part of the host's name.
  if (/\s/.test(input)) return undefined
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(input) ? input : `https://${input}`
  if (!URL.canParse(withScheme)) return undefined
  const { origin, protocol, pathname, username, password } = new URL(withScheme)
  if (!/^https?:$/.test(protocol)) return undefined
  // A user name or password in front of the host is a credential, which an address must not hold.
  if (username || password) return undefined
  return origin + pathname.replace(/\/+$/, '').replace(/\/api\/v4$/, '')
}

/**
 * Whether the token would travel to this address in the open: over plain HTTP, and not just within
 * this computer.
 */
export function isUnencrypted(typedAddress: string): boolean {
  const address = normalizeAddress(typedAddress)
  if (!address?.startsWith('http:')) return false
  return !/^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(address).hostname)
}

/** The GitLab at an address as people write it; undefined when it is no address. */
export function serverAt(typedAddress: string): Server | undefined {
  const address = normalizeAddress(typedAddress)
  return address === undefined ? undefined : { address, webAddress: address }
}

/** Asks GitLab who the token belongs to and what it may do. Never throws but when cancelled. */
export async function checkConnection(
  server: Server | undefined,
  credentials: Credentials,
  signal: AbortSignal,
): Promise<CheckedConnection> {
  if (!server) return { ok: false, problem: 'address-invalid' }
  const { address } = server
  const { token, oauth } = credentials
  // Fetch would take what no header can carry for a network failure.
  if (!/^[\x21-\x7e]+$/.test(token)) return { ok: false, problem: 'token-wrong' }
  const http = createHttp({ address, token: () => token })
  const api = createRestApi('', http)
  try {
    const [user, scopes] = await Promise.all([
      api.currentUser(signal),
      // Older servers cannot say; then a refused write will.
      oauth ? oauth.scope.split(' ') : api.tokenScopes(signal).catch(() => undefined),
      // Tells a GitLab from something else that answers to a user.
      api.metadata(signal),
    ])
    const connection = { ...server, ...credentials, user }
    return { ok: true, connection, readOnly: scopes ? !scopes.includes('api') : false }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { ok: false, problem: await diagnose(error, address, signal), error }
  }
}

/** How long the last question about an address that does not answer may take, in milliseconds. */
const patience = 5_000

async function diagnose(
  error: ApiError,
  address: string,
  signal: AbortSignal,
): Promise<ConnectionProblem> {
  switch (error.kind) {
    case 'unreachable':
      return (await answersAtAll(address, signal)) ? 'cors-refused' : 'unreachable'
    case 'unauthorized':
      return error.reason === 'token-expired' ? 'token-expired' : 'token-wrong'
    case 'insufficient-scope':
      return 'token-scope'
    case 'forbidden':
      return 'refused'
    case 'timeout':
      return 'slow'
    case 'unavailable':
    case 'rate-limited':
      return 'unavailable'
    default:
      return 'not-gitlab'
  }
}

/**
 * A browser says "network failure" for a server that is not there and for one that it may not read.
 * An opaque request, sent without the token, is answered by the second only.
 */
async function answersAtAll(address: string, signal: AbortSignal): Promise<boolean> {
  try {
    await fetch(`${address}/api/v4/version`, {
      mode: 'no-cors',
      credentials: 'omit',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    })
    return true
  } catch {
    signal.throwIfAborted()
    return false
  }
}
