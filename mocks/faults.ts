/**
 * Faults: what goes wrong on purpose. Grammar: `METHOD path-part effect [times]`, several separated
 * by `;`, such as `DELETE /allowlist/2 503 1; * /user delay:800`. METHOD may be `*`. Without `times`
 * a fault holds for ever.
 *
 * The path part of a REST request is looked for in the decoded address below `/api/v4`, query
 * included. A GraphQL request has the addresses of all fields that it asks, by their names from the
 * root: `POST /graphql/ciJobTokenScopeUpdatePolicies 503` hits that mutation,
 * `POST /projectsAllowlist abort 1` a query of that list, and `POST /graphql 500` all of GraphQL.
 */

/** What one fault does to a request. */
export type Effect =
  /**
   * Answered before the operation, with this HTTP status: a refusal, or 304. 429 comes with
   * `Retry-After: 1`, or with what stands behind a colon, percent-encoded: `429:0`, `429:soon`. Behind
   * `403:` stands why, as GitLab says it: `403:Your%20account%20has%20been%20blocked.`
   */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly retryAfter?: string
      readonly why?: string
    }
  /** Held back this many milliseconds, then answered as if nothing had happened. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /**
   * Before the operation: never answered, the connection closed, a page of a proxy instead, or a 404
   * as if the API had no such address.
   */
  | { readonly kind: 'timeout' | 'abort' | 'html' | 'no-route' }
  /** After the operation, a write included: its answer is lost or damaged. */
  | { readonly kind: 'lost' | 'truncated' | 'empty' | 'wrong-type' }
  /**
   * After the operation, answers that are too much: a list that says after each page that there is
   * one more, a list that holds its last entry twice, with other permissions, and 20 MB.
   */
  | { readonly kind: 'endless' | 'twice' | 'huge' }

type Fault = {
  readonly method: string
  readonly pathPart: string
  readonly effect: Effect
  readonly times: number
}

/** A fault, and how often it still happens. */
type Armed = { readonly fault: Fault; readonly text: string; left: number }

const methods = ['*', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE']
const named = [
  'timeout',
  'abort',
  'html',
  'no-route',
  'lost',
  'truncated',
  'empty',
  'wrong-type',
  'endless',
  'twice',
  'huge',
] as const

/** A mistake in a dial, said so that its author can mend it. */
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
  if (times !== undefined && !/^[1-9]\d*$/.test(times)) {
    throw wrong(`times must be a whole number from 1, not "${times}"`)
  }
  return {
    method: method.toUpperCase(),
    pathPart,
    effect: parseEffect(effect, wrong),
    times: times === undefined ? Number.POSITIVE_INFINITY : Number(times),
  }
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

/** The faults that are armed, counting down as they happen. */
export class Faults {
  readonly #armed: readonly Armed[]

  /** @throws DialError as `parseFaults`. */
  constructor(text: string) {
    const texts = split(text)
    this.#armed = parseFaults(text).map((fault, index) => ({
      fault,
      text: texts[index] ?? '',
      left: fault.times,
    }))
  }

  /**
   * What happens to this request: all delays that fit, added up, and the first other effect.
   * @param address as the grammar says; several separated by spaces
   */
  take(method: string, address: string): { readonly delay: number; readonly effect?: Effect } {
    let delay = 0
    for (const armed of this.#armed) {
      const { fault } = armed
      const fits = fault.method === '*' || fault.method === (method === 'HEAD' ? 'GET' : method)
      if (armed.left === 0 || !fits || !address.includes(fault.pathPart)) continue
      armed.left -= 1
      if (fault.effect.kind !== 'delay') return { delay, effect: fault.effect }
      delay += fault.effect.milliseconds
    }
    return { delay }
  }

  /** Each fault and how often it still happens; null for ever. */
  get left(): readonly { fault: string; left: number | null }[] {
    return this.#armed.map(({ text, left }) => ({
      fault: text,
      left: Number.isFinite(left) ? left : null,
    }))
  }
}
