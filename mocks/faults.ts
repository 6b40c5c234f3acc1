/**
 * Faults that are simulated on purpose. Grammar: `METHOD path-part effect [times]`, several
 * separated by `;`, such as `DELETE /allowlist/2 503 1; * /user delay:800`. METHOD may be `*`.
 * Without `times` a fault never ends; `3` are the first three matching requests, `3..5` the third to
 * the fifth.
 *
 * A REST request is matched if its decoded address below `/api/v4`, query included, contains the
 * path part. A GraphQL request has one address per requested field, made of the field names from
 * the root: `POST /graphql/ciJobTokenScopeUpdatePolicies 503` hits that mutation,
 * `POST /projectsAllowlist abort 1` a query of that list, and `POST /graphql 500` all of GraphQL.
 */

/** The effect of a fault on one request. */
export type Effect =
  /**
   * Before the operation: answers with this HTTP status, an error or 304. 429 carries
   * `Retry-After: 1`, or the percent-encoded value behind a colon: `429:0`, `429:soon`. Behind
   * `403:` stands why, as GitLab says it: `403:Your%20account%20has%20been%20blocked.`
   */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly retryAfter?: string
      readonly why?: string
    }
  /** Delays the answer by this many milliseconds, and changes nothing else. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /**
   * Before the operation: no answer at all, a closed connection, an HTML page of a proxy, or the
   * 404 of an address that the API does not have.
   */
  | { readonly kind: 'timeout' | 'abort' | 'html' | 'no-route' }
  /** Before the operation: somebody else changes every third entry of each allowlist. */
  | { readonly kind: 'meanwhile' }
  /** After the operation, which may be a write: the answer is lost or damaged. */
  | { readonly kind: 'lost' | 'truncated' | 'empty' | 'wrong-type' }
  /**
   * After the operation: a list whose pages never end, a list that repeats its last entry with
   * other permissions, or a body of 20 MB.
   */
  | { readonly kind: 'endless' | 'twice' | 'huge' }

type Fault = {
  readonly method: string
  readonly pathPart: string
  readonly effect: Effect
  /** How many matching requests it lets pass first. */
  readonly after: number
  readonly times: number
  /** Whether a request that another fault has hit counts as well. */
  readonly isRange: boolean
}

/** A fault, how many requests it still lets pass, and how often it is then going to happen. */
type Armed = { readonly fault: Fault; readonly text: string; passes: number; left: number }

const methods = ['*', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const named = [
  'timeout',
  'abort',
  'html',
  'no-route',
  'meanwhile',
  'lost',
  'truncated',
  'empty',
  'wrong-type',
  'endless',
  'twice',
  'huge',
] as const

/** A mistake in a dial, with a message that tells its author how to correct it. */
export class DialError extends Error {}

/**
 * Reads the `fault` dial.
 * @throws DialError naming the malformed fault and what is wrong with it.
 */
export function parseFaults(text: string): readonly Fault[] {
  return split(text).map(parseFault)
}

const split = (text: string) =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)

function parseFault(text: string): Fault {
  const wrong = (what: string) => new DialError(`Fault "${text}": ${what}`)
  const [method = '', pathPart, effect, times, ...rest] = text.split(/\s+/)
  if (!pathPart || !effect || rest.length > 0) {
    throw wrong('expected "METHOD path-part effect [times]"')
  }
  if (!methods.includes(method.toUpperCase())) {
    throw wrong(`unknown method "${method}", expected one of ${methods.join(', ')}`)
  }
  return {
    method: method.toUpperCase(),
    pathPart,
    effect: parseEffect(effect, wrong),
    ...parseTimes(times, wrong),
  }
}

function parseTimes(
  text: string | undefined,
  wrong: (what: string) => DialError,
): Pick<Fault, 'after' | 'times' | 'isRange'> {
  if (text === undefined) return { after: 0, times: Number.POSITIVE_INFINITY, isRange: false }
  if (/^[1-9]\d*$/.test(text)) return { after: 0, times: Number(text), isRange: false }
  const [, first, last] = /^([1-9]\d*)\.\.([1-9]\d*)$/.exec(text) ?? []
  if (!first || !last || Number(first) > Number(last)) {
    throw wrong(`times must be a whole number from 1, or a range such as 2..4, not "${text}"`)
  }
  return { after: Number(first) - 1, times: Number(last) - Number(first) + 1, isRange: true }
}

function parseEffect(text: string, wrong: (what: string) => DialError): Effect {
  const kind = named.find((name) => name === text)
  if (kind) return { kind }
  const delay = /^delay:(\d+)$/.exec(text)
  if (delay) return { kind: 'delay', milliseconds: Number(delay[1]) }
  if (/^(304|[45]\d\d)$/.test(text)) return { kind: 'status', status: Number(text) }
  const limited = /^429:(.*)$/.exec(text)
  if (limited) return { kind: 'status', status: 429, retryAfter: decoded(limited[1] ?? '', wrong) }
  const forbidden = /^403:(.+)$/.exec(text)
  if (forbidden) return { kind: 'status', status: 403, why: decoded(forbidden[1] ?? '', wrong) }
  throw wrong(
    `unknown effect "${text}", expected a status (304 or 400 to 599), 429:<retry-after>, 403:<why>, delay:<ms>, or one of ${named.join(', ')}`,
  )
}

function decoded(text: string, wrong: (what: string) => DialError): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw wrong(`"${text}" is not percent-encoded`)
  }
}

/** The armed faults. Each counts down when it happens. */
export class Faults {
  readonly #armed: readonly Armed[]

  /** @throws DialError as `parseFaults`. */
  constructor(text: string) {
    const texts = split(text)
    this.#armed = parseFaults(text).map((fault, index) => ({
      fault,
      text: texts[index] ?? '',
      passes: fault.after,
      left: fault.times,
    }))
  }

  /**
   * The effect on this request: the sum of all matching delays, and the first other matching
   * effect.
   * @param address as in the grammar; several addresses are separated by spaces
   */
  take(method: string, address: string): { readonly delay: number; readonly effect?: Effect } {
    let delay = 0
    let effect: Effect | undefined
    for (const armed of this.#armed) {
      const { fault } = armed
      const fits = fault.method === '*' || fault.method === (method === 'HEAD' ? 'GET' : method)
      if (armed.left === 0 || !fits || !address.includes(fault.pathPart)) continue
      if (armed.passes > 0) {
        armed.passes -= 1
        continue
      }
      if (!effect || fault.isRange) armed.left -= 1
      if (effect) continue
      if (fault.effect.kind === 'delay') delay += fault.effect.milliseconds
      else effect = fault.effect
    }
    return effect ? { delay, effect } : { delay }
  }

  /** Each fault and how often it is still going to happen; null for one that never ends. */
  get left(): readonly { fault: string; left: number | null }[] {
    return this.#armed.map(({ text, left }) => ({
      fault: text,
      left: Number.isFinite(left) ? left : null,
    }))
  }
}
