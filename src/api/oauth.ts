/**
 * Signing in by GitLab's own page: OAuth 2.0, authorization code with PKCE. Loaded when it is
 * needed. No error that leaves this file carries a code, a verifier or a token.
 *
 * https://docs.gitlab.com/api/oauth2/#authorization-code-with-proof-key-for-code-exchange-pkce
 */
import {
  AuthorizationResponseError,
  type AuthorizationServer,
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  type Client,
  calculatePKCECodeChallenge,
  customFetch,
  generateRandomCodeVerifier,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  processRefreshTokenResponse,
  ResponseBodyError,
  refreshTokenGrantRequest,
  revocationRequest,
  type TokenEndpointResponse,
  validateAuthResponse,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi'
import * as z from 'zod/mini'
import { whole } from './answer-text.ts'
import {
  type Connection,
  type ConnectionProblem,
  type Credentials,
  checkConnection,
  type Server,
} from './check-connection.ts'
import { callbackAddress, keepPending, takePending } from './oauth-callback.ts'

/** An application that is registered at a GitLab, for this console's `callbackAddress`. */
export type Application = Server & { readonly applicationId: string }

/** `read_api` reads everything and writes nothing. */
export type OAuthScope = 'api' | 'read_api'

/** Why nobody is signed in, each with its own way on. */
export type OAuthProblem =
  | ConnectionProblem
  /** The person said no. */
  | 'oauth-denied'
  /** Not the answer to a question of this page: forged, repeated, or of another tab. */
  | 'oauth-state'
  | 'oauth-late'
  /** GitLab does not take the code (any more), or not with our proof that we asked for it. */
  | 'oauth-code'
  /** GitLab does not know the application, or takes it for a confidential one. */
  | 'oauth-application'
  | 'oauth-refused'
  /** The token address did not answer, or not to this origin. */
  | 'oauth-unreachable'
  | 'oauth-answer'
  /** No encryption in this page: it was not fetched over HTTPS. */
  | 'oauth-insecure'
  | 'oauth-storage'

export type OAuthOutcome =
  | { readonly ok: true; readonly connection: Connection }
  | {
      readonly ok: false
      readonly problem: OAuthProblem
      /** GitLab's own words, English. */
      readonly said?: string | undefined
    }

/** What the person chose before leaving for GitLab, and finds again on the way back. */
export type Departure = {
  readonly application: Application
  readonly scope: OAuthScope
  readonly keepForTab: boolean
  /** Address in this console where signing in leads. */
  readonly back: string
}

/** A question that GitLab has not answered yet. */
type Attempt = {
  readonly application: Application
  readonly state: string
  readonly verifier: string
}

const pendingAttempt = z.object({
  application: z.object({
    address: z.string(),
    webAddress: z.string(),
    applicationId: z.string(),
  }),
  state: z.string(),
  verifier: z.string(),
  startedAt: z.number(),
  scope: z.enum(['api', 'read_api']),
  keepForTab: z.boolean(),
  back: z.string(),
})

/** How long a person may take to sign in to GitLab and to agree, in milliseconds. */
const attemptLife = 60 * 60_000

/** How long a window waits for the page that opened it, in milliseconds. */
const handOverPatience = 2_000

/** Seconds, where GitLab does not say. https://docs.gitlab.com/api/oauth2/#access-token-expiration */
const usualLife = 7200

const authorizationServer = ({ address, webAddress }: Server): AuthorizationServer => ({
  issuer: webAddress,
  authorization_endpoint: `${webAddress}/oauth/authorize`,
  token_endpoint: `${address}/oauth/token`,
  revocation_endpoint: `${address}/oauth/revoke`,
})

const clientOf = ({ applicationId }: Pick<Application, 'applicationId'>): Client => ({
  client_id: applicationId,
})

/** How every request is sent; the page warns of an address without encryption, and people decide. */
const sending = (signal?: AbortSignal) => ({
  [allowInsecureRequests]: true,
  [customFetch]: (address: string, options: object) =>
    whole(
      fetch(address, {
        ...options,
        // Cookies of the same GitLab must not decide who acts here.
        credentials: 'omit',
        // A token is revoked even when the page is left at once.
        keepalive: true,
        signal: AbortSignal.any([AbortSignal.timeout(30_000), ...(signal ? [signal] : [])]),
      }),
    ),
})

async function begin(
  application: Application,
  scope: OAuthScope,
): Promise<{ attempt: Attempt; address: string }> {
  const attempt = {
    application,
    state: generateRandomState(),
    verifier: generateRandomCodeVerifier(),
  }
  const address = new URL(`${application.webAddress}/oauth/authorize`)
  address.search = new URLSearchParams({
    client_id: application.applicationId,
    redirect_uri: callbackAddress(),
    response_type: 'code',
    scope,
    state: attempt.state,
    code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
  }).toString()
  return { attempt, address: address.href }
}

/** Leaves the console for GitLab's page; ends with a problem when that is not possible. */
export async function leaveForGitLab(departure: Departure): Promise<OAuthProblem | undefined> {
  if (!isSecureContext) return 'oauth-insecure'
  const { attempt, address } = await begin(departure.application, departure.scope)
  const pending = { ...attempt, ...departure, startedAt: Date.now() }
  try {
    keepPending(JSON.stringify(pending satisfies z.input<typeof pendingAttempt>))
  } catch {
    return 'oauth-storage'
  }
  location.assign(address)
  return undefined
}

/** What became of an answer that GitLab sent somebody back with. */
export type Arrival =
  | (OAuthOutcome & { readonly departure?: Departure })
  /** It was for another page of the console, which opened this window and goes on. */
  | { readonly ok: 'handed-over' }

/** Reads the answer that GitLab sent the person back with, and fetches the token. */
export async function arrive(callback: URLSearchParams, signal: AbortSignal): Promise<Arrival> {
  const pending = readPending()
  if (!pending || pending.state !== callback.get('state')) {
    if (await handOver(callback)) return { ok: 'handed-over' }
    return { ok: false, problem: 'oauth-state' }
  }
  const { application, scope, keepForTab, back } = pending
  const departure = { application, scope, keepForTab, back }
  if (Date.now() - pending.startedAt > attemptLife) {
    return { ok: false, problem: 'oauth-late', departure }
  }
  return { ...(await conclude(pending, callback, signal)), departure }
}

function readPending(): z.output<typeof pendingAttempt> | undefined {
  try {
    return pendingAttempt.parse(JSON.parse(takePending() ?? ''))
  } catch {
    return undefined
  }
}

/**
 * Between the window that GitLab sends back and the page that opened it. Not by `window.opener`:
 * GitLab may cut that off (Cross-Origin-Opener-Policy). All pages of this origin hear it; a code is
 * of use only to the one that holds its verifier.
 */
const openChannel = () => new BroadcastChannel('oauth-callback')

const channelMessage = z.union([
  z.object({ arrived: z.string() }),
  z.object({ takenState: z.string() }),
])

function readMessage({ data }: MessageEvent<unknown>): z.output<typeof channelMessage> | undefined {
  return channelMessage.safeParse(data).data
}

/** Offers the answer to the console's other pages. @returns whether one of them has asked for it */
function handOver(callback: URLSearchParams): Promise<boolean> {
  return new Promise((resolve) => {
    const channel = openChannel()
    const finish = (taken: boolean) => {
      clearTimeout(timer)
      channel.close()
      resolve(taken)
    }
    const timer = setTimeout(() => finish(false), handOverPatience)
    channel.onmessage = (event) => {
      const message = readMessage(event)
      if (message && 'takenState' in message && message.takenState === callback.get('state')) {
        finish(true)
      }
    }
    channel.postMessage({ arrived: callback.toString() })
  })
}

/**
 * Asks on GitLab's page in a window beside this one, and waits for its answer, also when the window
 * seems closed: cut off from this page, an open one looks the same.
 * @param popup an empty window, opened while the click was handled, or the browser blocks it
 * @param onAnswer called when the answer is there: the window closes then
 */
export async function askInWindow(
  application: Application,
  scope: OAuthScope,
  popup: Window,
  onAnswer: () => void,
  signal: AbortSignal,
): Promise<OAuthOutcome> {
  if (!isSecureContext) return { ok: false, problem: 'oauth-insecure' }
  const { attempt, address } = await begin(application, scope)
  const answer = waitForAnswer(attempt.state, signal)
  popup.location.replace(address)
  const callback = await answer
  onAnswer()
  return conclude(attempt, callback, signal)
}

function waitForAnswer(state: string, signal: AbortSignal): Promise<URLSearchParams> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const channel = openChannel()
    signal.addEventListener('abort', () => {
      channel.close()
      reject(signal.reason)
    })
    channel.onmessage = (event) => {
      const message = readMessage(event)
      if (!message || !('arrived' in message)) return
      const callback = new URLSearchParams(message.arrived)
      if (callback.get('state') !== state) return
      channel.postMessage({ takenState: state })
      channel.close()
      resolve(callback)
    }
  })
}

/** From GitLab's answer to a checked connection. */
async function conclude(
  { application, state, verifier }: Attempt,
  callback: URLSearchParams,
  signal: AbortSignal,
): Promise<OAuthOutcome> {
  const server = authorizationServer(application)
  const client = clientOf(application)
  let credentials: Credentials
  try {
    const parameters = validateAuthResponse(server, client, callback, state)
    const response = await authorizationCodeGrantRequest(
      server,
      client,
      None(),
      parameters,
      callbackAddress(),
      verifier,
      sending(signal),
    )
    const answer = await processAuthorizationCodeResponse(server, client, response)
    credentials = credentialsOf(application.applicationId, answer)
  } catch (error) {
    signal.throwIfAborted()
    return { ok: false, ...problemOf(error) }
  }
  const checked = await checkConnection(application, credentials, signal)
  if (checked.ok) return { ok: true, connection: checked.connection }
  void revoke(application, credentials)
  return { ok: false, problem: checked.problem, said: checked.error?.serverText }
}

const credentialsOf = (
  applicationId: string,
  answer: TokenEndpointResponse,
  refreshToken?: string,
): Credentials => ({
  token: answer.access_token,
  oauth: {
    applicationId,
    scope: answer.scope ?? '',
    expiresAt: Date.now() + (answer.expires_in ?? usualLife) * 1000,
    // Left out, the one before stays good. https://www.rfc-editor.org/rfc/rfc6749#section-6
    refreshToken: answer.refresh_token ?? refreshToken,
  },
})

const maxQuotation = 300

function problemOf(error: unknown): { problem: OAuthProblem; said?: string } {
  if (error instanceof AuthorizationResponseError) {
    if (error.error === 'access_denied') return { problem: 'oauth-denied' }
    return { problem: 'oauth-refused', said: saidBy(error) }
  }
  if (error instanceof ResponseBodyError) {
    const said = saidBy(error)
    switch (error.error) {
      case 'invalid_grant':
        return { problem: 'oauth-code', said }
      case 'invalid_client':
      case 'unauthorized_client':
        return { problem: 'oauth-application', said }
      default:
        return { problem: 'oauth-refused', said }
    }
  }
  // Readable on GitLab's own origin and behind a proxy of ours; the body then says no more.
  if (error instanceof WWWAuthenticateChallengeError) return { problem: 'oauth-application' }
  // A network failure, an answer that this origin may not read, or none in time.
  if ((error instanceof TypeError && !('code' in error)) || error instanceof DOMException) {
    return { problem: 'oauth-unreachable' }
  }
  return { problem: 'oauth-answer' }
}

const saidBy = ({ error, error_description }: ResponseBodyError | AuthorizationResponseError) =>
  (error_description ?? error).slice(0, maxQuotation)

/**
 * Fetches the next token of a connection before its own ends.
 * @returns `refused` when GitLab wants the person to sign in again, `failed` when it did not answer
 */
export async function refresh(connection: Connection): Promise<Credentials | 'refused' | 'failed'> {
  const { oauth } = connection
  if (!oauth?.refreshToken) return 'refused'
  const { applicationId, refreshToken } = oauth
  const server = authorizationServer(connection)
  const client = clientOf(oauth)
  try {
    const response = await refreshTokenGrantRequest(server, client, None(), refreshToken, sending())
    const answer = await processRefreshTokenResponse(server, client, response)
    return credentialsOf(applicationId, answer, refreshToken)
  } catch (error) {
    const refused =
      error instanceof ResponseBodyError || error instanceof WWWAuthenticateChallengeError
    return refused ? 'refused' : 'failed'
  }
}

/** Ends a token, and the refresh token that came with it, as far as GitLab can be reached. */
export async function revoke(server: Server, { token, oauth }: Credentials): Promise<void> {
  if (!oauth) return
  try {
    await revocationRequest(authorizationServer(server), clientOf(oauth), None(), token, sending())
  } catch {
    // It ends by itself within two hours.
  }
}
