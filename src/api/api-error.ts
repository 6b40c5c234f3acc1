/** The one shape of everything that can go wrong between the console and GitLab. */

export const errorKinds = [
  /** 401: no, wrong, expired or revoked credentials. */
  'unauthorized',
  /** 403: the token may not write (or not do this), whatever its user may. */
  'insufficient-scope',
  'forbidden',
  'not-found',
  /** 400, 405, 409, 422: GitLab understood and refused. */
  'invalid',
  'rate-limited',
  /** No answer arrived: no network, no such host, or the browser was not allowed to read it. */
  'unreachable',
  'timeout',
  /** An answer that is not what GitLab's API says. */
  'malformed',
  /** 5xx: GitLab or something before it is out of order. */
  'unavailable',
] as const

export type ErrorKind = (typeof errorKinds)[number]

/** Why, as far as GitLab's text tells: a closed list, read in `refusals.ts` alone. */
export const errorReasons = [
  'already-listed',
  'limit',
  'target-missing',
  'target-not-visible',
  'policy-refused',
  'policies-not-unique',
  'not-listed',
  'own-project',
  /** The instance holds every project to its allowlist. */
  'enforced',
  'project-missing',
  /** A 404 for the address itself, not for the resource: GitLab's API does not have it. */
  'unknown-address',
  'token-expired',
  /** There is no token to ask with: GitLab was not asked. */
  'no-token',
  'no-permissions-extension',
  /** The server's API has no such route or field: it is older, or something else than expected. */
  'not-offered',
  /** With `malformed`: more than this console reads of one answer. */
  'too-large',
  /** With `malformed`: a list that the server did not send to its end. */
  'list-cut',
] as const

export type ErrorReason = (typeof errorReasons)[number]

/** Thrown by every call of the API layer that fails for a reason other than being cancelled. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly kind: ErrorKind
  readonly reason?: ErrorReason | undefined
  /** HTTP status; absent when no answer arrived. */
  readonly status?: number | undefined
  /** GitLab's own words, English, never HTML: to be shown as a quotation where we know no better. */
  readonly serverText?: string | undefined
  /** GitLab's words per parameter (`target_project_id`, `job_token_policies`, …). */
  readonly fields?: Readonly<Record<string, string>> | undefined
  /** Whole seconds from the answer on that GitLab asks to wait, 0 or more, where that could be read. */
  readonly retryAfter?: number | undefined
  /** When they end, in milliseconds since 1970. */
  readonly quietUntil?: number | undefined
  /** When a read that was refused for too many requests may be sent again without anybody's doing. */
  readonly againAt?: number | undefined
  /**
   * The answer to a write was lost, and reading afterwards could not tell whether GitLab has done
   * it.
   */
  readonly outcomeUnknown?: boolean | undefined
  /** The answer to a write was lost: GitLab has not done it so far, but may still. */
  readonly mayFollow?: boolean | undefined
  /** For `malformed`: which call, and what was expected where. */
  readonly expected?: string | undefined

  constructor(
    kind: ErrorKind,
    details: Partial<Omit<ApiError, 'kind' | 'name' | 'message' | 'stack' | 'cause'>> & {
      cause?: unknown
    } = {},
  ) {
    const { cause, ...rest } = details
    super(rest.expected ?? rest.serverText ?? kind, { cause })
    this.kind = kind
    Object.assign(this, rest)
  }
}

/** Whether GitLab says that something is not there or, which it does not tell apart, hidden from this user. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ApiError && error.kind === 'not-found' && error.reason !== 'unknown-address'
