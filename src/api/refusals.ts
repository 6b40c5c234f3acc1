/**
 * GitLab's refusals, read once: the shapes that its REST API uses for errors, and the sentences
 * that say why. https://docs.gitlab.com/api/rest/troubleshooting/#status-code-400
 */
import { ApiError, type ErrorKind, type ErrorReason } from './api-error.ts'

/**
 * Patterns for GitLab's error messages, stable across versions, with the reason that each means.
 */
const sentences: readonly (readonly [RegExp, ErrorReason])[] = [
  [/already in the job token allowlist/i, 'already-listed'],
  [/exceeds the allowable number of (project|group) links/i, 'limit'],
  [/target_(project|group)_id not found/i, 'target-missing'],
  [/^The (group or project does not|target does not) exist/i, 'target-missing'],
  [/target_(project|group) that you are attempting to access/i, 'target-not-visible'],
  [/job_token_policies does not have a valid value/i, 'policy-refused'],
  [/was provided invalid value for jobTokenPolicies/i, 'policy-refused'],
  [/Job token policies must be a valid json schema/i, 'policies-not-unique'],
  [/(is not in the job token scope|Unable to find a job token scope)/i, 'not-listed'],
  [/(can't be the same as the source project|Source project cannot be removed)/i, 'own-project'],
  [/cannot be disabled for this project because it is enforced/i, 'enforced'],
  [/404 Project Not Found/i, 'project-missing'],
  [/Token is expired/i, 'token-expired'],
  // GraphQL, as the library that GitLab uses says it.
  [/^Field '\w+' doesn't exist on type '\w+'/, 'not-offered'],
]

/** Why, as far as one of GitLab's sentences tells. */
const reasonOf = (text: string): ErrorReason | undefined =>
  sentences.find(([pattern]) => pattern.test(text))?.[1]

const maxQuotation = 300

/**
 * The content of an error body, whatever its shape: `message` (text, list or map), `error`,
 * `error_description`.
 */
type Told = { text?: string; error?: string; fields?: Record<string, string>; isPage?: true }

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** GitLab's errors lie at most three deep; a body that is nested without end must not end the page. */
const deepest = 8

/** One line from a text, a list of texts, or an object of them. */
function flatten(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value
  if (depth === deepest) return ''
  const inside = (inner: unknown) => flatten(inner, depth + 1)
  if (Array.isArray(value)) return value.map(inside).filter(Boolean).join(', ')
  if (isRecord(value)) {
    return Object.entries(value)
      .map(([key, inner]) => (key === 'error' ? inside(inner) : `${key}: ${inside(inner)}`))
      .join('; ')
  }
  return ''
}

/** Grape puts all faulty parameters in one line: `a is missing, a is empty, b is invalid`. */
function grapeFields(error: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const part of error.split(', ')) {
    const match = /^([a-z_]+(?:\[\w*\])?) ((?:is|does) .+)$/.exec(part)
    if (match?.[1] && match[2]) fields[match[1]] ??= match[2]
  }
  return fields
}

function read(body: string): Told {
  const trimmed = body.trim()
  if (!trimmed) return {}
  let json: unknown
  try {
    json = JSON.parse(trimmed)
  } catch {
    // A proxy's HTML page says nothing that is worth a quotation.
    return trimmed.startsWith('<') ? { isPage: true } : { text: trimmed }
  }
  if (typeof json === 'string') return { text: json }
  if (!isRecord(json)) return {}
  const error = flatten(json.error)
  const told: Told = {}
  const text = flatten(json.message) || flatten(json.error_description) || error
  if (text) told.text = text
  if (error) told.error = error
  const fields = Object.entries(isRecord(json.message) ? json.message : grapeFields(error))
    .filter(([key]) => key !== 'error')
    .map(([key, value]) => [key, flatten(value).slice(0, maxQuotation)])
  if (fields.length > 0) told.fields = Object.fromEntries(fields)
  return told
}

function kindOf(status: number, error: string | undefined): ErrorKind {
  if (status === 401) return 'unauthorized'
  if (status === 403) {
    return error === 'insufficient_scope' || error === 'insufficient_granular_scope'
      ? 'insufficient-scope'
      : 'forbidden'
  }
  if (status === 404) return 'not-found'
  if (status === 429) return 'rate-limited'
  if (status >= 500) return 'unavailable'
  return 'invalid'
}

/** The forms of a date in HTTP: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 */
const httpDate = /^[A-Z][a-z]+,? .*\d\d:\d\d:\d\d/

/**
 * The longest wait that is taken seriously, some 300 years: a longer one is an error of the server.
 */
const mostSeconds = 1e10

/**
 * The whole seconds to wait that a `Retry-After` header asks for: 0 for a date in the past, undefined
 * for what is neither a number nor a date.
 * https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
function secondsToWait(header: string, now: number): number | undefined {
  const text = header.trim()
  const seconds = /^\d+(\.\d+)?$/.test(text)
    ? Number(text)
    : httpDate.test(text)
      ? Math.max(0, (Date.parse(text) - now) / 1000)
      : Number.NaN
  return seconds <= mostSeconds ? Math.ceil(seconds) : undefined
}

/**
 * Why, as far as the answer tells. What GitLab's API has at an address but does not find, it calls by
 * `message`; of an address that it does not have it says `error`, and a page comes from something
 * else (`lib/api/api.rb`, `lib/api/helpers.rb`). A proxy that cuts or decodes addresses leads there.
 */
function reasonFor(status: number, { text = '', error, isPage }: Told): ErrorReason | undefined {
  const isElsewhere = isPage || /^404 not found$/i.test(error ?? '')
  return reasonOf(text) ?? (status === 404 && isElsewhere ? 'unknown-address' : undefined)
}

/**
 * Reads a refusal into the one error type.
 * @param status HTTP status, 400 or above
 * @param body the answer's text, possibly empty or not JSON
 * @param retryAfter value of the `Retry-After` header, which another origin often cannot read
 */
export function refusalError(status: number, body: string, retryAfter?: string | null): ApiError {
  const told = read(body)
  const text = told.text?.slice(0, maxQuotation)
  const now = Date.now()
  const seconds = secondsToWait(retryAfter ?? '', now)
  return new ApiError(kindOf(status, told.error), {
    status,
    serverText: text,
    fields: told.fields,
    reason: reasonFor(status, told),
    retryAfter: seconds,
    quietUntil: seconds === undefined ? undefined : now + seconds * 1000,
  })
}

/** GitLab's message for a project that is missing, archived, or not this user's to administer. */
const noPermission = /does not exist or you don't have permission|insufficient permission/i

/** Reads a sentence that stands among the errors of a GraphQL answer or of a mutation's payload. */
export function graphqlError(text: string): ApiError {
  const reason = reasonOf(text)
  return new ApiError(!reason && noPermission.test(text) ? 'forbidden' : 'invalid', {
    serverText: text.slice(0, maxQuotation),
    reason,
  })
}
