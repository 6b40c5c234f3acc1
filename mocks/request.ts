import type { Input } from './gitlab/params.ts'
import { invalidParameters } from './gitlab/refusal.ts'

/**
 * The token of a request, from any of the places where GitLab accepts one.
 * @see https://docs.gitlab.com/api/rest/authentication/
 */
export function tokenOf(request: Request, url: URL): string | null {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')
  return (
    request.headers.get('private-token') ??
    bearer?.[1] ??
    url.searchParams.get('private_token') ??
    url.searchParams.get('access_token')
  )
}

/** The address of a request below `/api`: `/v4/…` or `/graphql`, with the query, still encoded. */
export const pathOf = ({ pathname, search }: URL): string =>
  pathname.slice(pathname.search(/\/api\/(v4|graphql)\b/) + '/api'.length) + search

/** The address that a REST fault is matched against: decoded, below `/api/v4`, with the query. */
export function restAddressOf(url: URL): string {
  const below = pathOf(url).slice('/v4'.length)
  try {
    return decodeURIComponent(below)
  } catch {
    return below
  }
}

/**
 * Reads the parameters in the body: JSON, urlencoded or multipart.
 * @throws Refusal 400 for a body that does not match its content type
 */
export async function readBody(request: Request): Promise<Input> {
  const type = request.headers.get('content-type') ?? ''
  if (request.body === null) return {}
  if (/^multipart\/form-data/i.test(type)) return fromPairs(await formData(request))
  const text = await request.text()
  if (text === '') return {}
  if (/[/+]json/i.test(type)) return asRecord(parseJson(text))
  return fromPairs(new URLSearchParams(text))
}

async function formData(request: Request): Promise<Iterable<readonly [string, unknown]>> {
  try {
    return (await request.formData()).entries()
  } catch {
    throw malformed()
  }
}

/**
 * The nesting depth at which Ruby stops parsing JSON. https://docs.ruby-lang.org/en/3.2/JSON.html
 */
const mostLevels = 100

/**
 * Parses JSON that is not nested too deeply.
 * @throws SyntaxError for any other text
 */
export function parseShallow(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (isDeeper(value, mostLevels)) throw new SyntaxError(`more than ${mostLevels} levels`)
  return value
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1))
}

function parseJson(text: string): unknown {
  try {
    return parseShallow(text)
  } catch {
    throw malformed()
  }
}

const malformed = () => invalidParameters('message body does not match declared format')

const asRecord = (value: unknown): Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

/**
 * Reads parameters written as pairs: `name[]` collects a list, and a single empty `name[]=` stands
 * for the empty list, which a form cannot express otherwise.
 */
export function fromPairs(pairs: Iterable<readonly [string, unknown]>): Input {
  const input: Record<string, unknown> = {}
  const lists = new Map<string, unknown[]>()
  for (const [key, value] of pairs) {
    if (!key.endsWith('[]')) {
      input[key] = value
      continue
    }
    const name = key.slice(0, -2)
    const list = lists.get(name) ?? []
    if (value !== '') list.push(value)
    lists.set(name, list)
  }
  return { ...input, ...Object.fromEntries(lists) }
}
