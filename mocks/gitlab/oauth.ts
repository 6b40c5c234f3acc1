/**
 * OAuth 2.0 as GitLab does it for applications in the browser: authorization code with PKCE, access
 * tokens that expire after two hours, refresh tokens that can be used once.
 *
 * @see https://docs.gitlab.com/api/oauth2/#authorization-code-with-proof-key-for-code-exchange-pkce
 */
import type { Caller } from './access.ts'
import type { GitLab, User } from './model.ts'
import type { Input } from './params.ts'
import { Refusal } from './refusal.ts'

/** The non-confidential application that is registered on every simulated GitLab. */
const applicationId = 'job-token-console'
export const applicationName = 'Job Token Console'

type Scope = Caller['scope']

/** A person's consent, kept until the application exchanges its code for a token. */
type Consent = {
  readonly user: User
  readonly scope: Scope
  readonly redirectUri: string
  readonly challenge: string
  readonly expiresAt: number
}

type IssuedToken = {
  readonly user: User
  readonly scope: Scope
  readonly refreshToken: string
  /** The expiry in milliseconds since 1970, by the world's clock. */
  readonly expiresAt: number
  revoked: boolean
}

/** The codes and tokens that the server has issued. */
export type OAuthState = {
  /** The number of issued codes and tokens. They are numbered, so that tests can compare them. */
  issued: number
  readonly consents: Map<string, Consent>
  /** Issued tokens by access token. */
  readonly tokens: Map<string, IssuedToken>
}

export const createOAuthState = (): OAuthState => ({
  issued: 0,
  consents: new Map(),
  tokens: new Map(),
})

const codeLife = 10 * 60_000
const tokenLife = 7200

/** A valid authorization request, ready for the consent page. */
export type AuthorizationRequest = {
  readonly redirectUri: string
  readonly scope: Scope
  readonly challenge: string
  readonly state: string
}

/** An authorization request is shown, sent back with an error, or refused on a page. */
export type Authorization =
  | { readonly kind: 'ask'; readonly request: AuthorizationRequest }
  | { readonly kind: 'send-back'; readonly address: string }
  | { readonly kind: 'refuse'; readonly text: string }

/**
 * Checks an authorization request. Redirects only to a registered address of a known application.
 * Assumed: GitLab compares the redirect URI with the registered ones; here any address of this
 * machine that ends in `/connect` counts as registered, on any port.
 */
export function readAuthorization(input: Input): Authorization {
  const text = (name: string) => (typeof input[name] === 'string' ? input[name] : '')
  if (text('client_id') !== applicationId) {
    return {
      kind: 'refuse',
      text: 'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
    }
  }
  const redirectUri = text('redirect_uri')
  if (!/^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\/(.+\/)?connect$/.test(redirectUri)) {
    return { kind: 'refuse', text: "The redirect URI included is not valid or doesn't match." }
  }
  const state = text('state')
  const sendBack = (error: string, description: string): Authorization => ({
    kind: 'send-back',
    address: withParameters(redirectUri, { error, error_description: description, state }),
  })
  if (text('response_type') !== 'code') {
    return sendBack(
      'unsupported_response_type',
      'The authorization server does not support this response type.',
    )
  }
  const scope = text('scope')
  if (scope !== 'api' && scope !== 'read_api') {
    return sendBack('invalid_scope', 'The requested scope is invalid, unknown, or malformed.')
  }
  const challenge = text('code_challenge')
  if (challenge.length < 43 || text('code_challenge_method') !== 'S256') {
    return sendBack('invalid_request', 'Code challenge is required.')
  }
  return { kind: 'ask', request: { redirectUri, scope, challenge, state } }
}

/** Grants the request. @returns the address to which the person is redirected */
export function grant(
  gitlab: GitLab,
  { redirectUri, scope, challenge, state }: AuthorizationRequest,
  user: User,
): string {
  const code = `code-${++gitlab.oauth.issued}`
  const expiresAt = Date.parse(gitlab.now) + codeLife
  gitlab.oauth.consents.set(code, { user, scope, redirectUri, challenge, expiresAt })
  return withParameters(redirectUri, { code, state })
}

/** Denies the request. @returns the address to which the person is redirected */
export const deny = ({ redirectUri, state }: AuthorizationRequest): string =>
  withParameters(redirectUri, {
    error: 'access_denied',
    error_description: 'The resource owner or authorization server denied the request.',
    state,
  })

/**
 * `POST /oauth/token`.
 * @throws Refusal with OAuth's own error bodies
 */
export async function issueToken(gitlab: GitLab, input: Input) {
  refuseStranger(input)
  switch (input.grant_type) {
    case 'authorization_code':
      return exchangeCode(gitlab, input)
    case 'refresh_token':
      return refresh(gitlab, input)
    default:
      throw new Refusal(400, {
        error: 'unsupported_grant_type',
        error_description:
          'The authorization grant type is not supported by the authorization server.',
      })
  }
}

async function exchangeCode(gitlab: GitLab, input: Input) {
  const { consents } = gitlab.oauth
  const consent = consents.get(String(input.code))
  // A code is valid for one attempt, successful or not.
  consents.delete(String(input.code))
  if (
    !consent ||
    consent.expiresAt <= Date.parse(gitlab.now) ||
    consent.redirectUri !== input.redirect_uri ||
    consent.challenge !== (await challengeOf(String(input.code_verifier)))
  ) {
    throw invalidGrant()
  }
  return issue(gitlab, consent.user, consent.scope)
}

function refresh(gitlab: GitLab, input: Input) {
  const used = [...gitlab.oauth.tokens.values()].find(
    ({ refreshToken }) => refreshToken === input.refresh_token,
  )
  if (!used || used.revoked) throw invalidGrant()
  used.revoked = true
  return issue(gitlab, used.user, used.scope)
}

/** `POST /oauth/revoke`: succeeds for any text, so as not to tell which tokens exist. */
export function revokeToken(gitlab: GitLab, input: Input) {
  refuseStranger(input)
  for (const [accessToken, issued] of gitlab.oauth.tokens) {
    if (input.token === accessToken || input.token === issued.refreshToken) issued.revoked = true
  }
  return {}
}

function issue(gitlab: GitLab, user: User, scope: Scope) {
  const number = ++gitlab.oauth.issued
  const accessToken = `oauth-access-${number}`
  const refreshToken = `oauth-refresh-${number}`
  const now = Date.parse(gitlab.now)
  gitlab.oauth.tokens.set(accessToken, {
    user,
    scope,
    refreshToken,
    expiresAt: now + tokenLife * 1000,
    revoked: false,
  })
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: tokenLife,
    refresh_token: refreshToken,
    scope,
    created_at: Math.floor(now / 1000),
  }
}

function refuseStranger({ client_id }: Input): void {
  if (client_id === applicationId) return
  throw new Refusal(401, {
    error: 'invalid_client',
    error_description:
      'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  })
}

const invalidGrant = () =>
  new Refusal(400, {
    error: 'invalid_grant',
    error_description:
      'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  })

/** The code challenge of a verifier (RFC 7636, S256). */
async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function withParameters(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address)
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}
