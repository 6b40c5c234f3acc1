import { getResponse, type HttpHandler } from 'msw'
import { Backend } from './backend.ts'
import type { DialChanges } from './dials.ts'
import type { GitLab } from './gitlab/model.ts'
import { createHandlers } from './handlers.ts'

/** An answer as tests read it; the body is parsed JSON, or the text if it is not JSON. */
export type Answer = {
  readonly status: number
  readonly body: unknown
  readonly headers: Headers
}

/** Sends a request: `PUT /projects/1`, the caller's token, and the body. */
export type Ask = (
  line: string,
  options?: { readonly as?: string; readonly body?: unknown; readonly form?: string },
) => Promise<Answer>

/** Sends a GraphQL request. */
export type Query = (
  document: string,
  variables?: Readonly<Record<string, unknown>>,
  options?: { readonly as?: string },
) => Promise<Answer>

export const webRoot = 'https://gitlab.example.com'

const json = 'application/json'

type Sending = {
  readonly as?: string
  readonly method: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A backend, of the contract world by default, and its client, by default the Maintainer. */
export function openBackend(dials: DialChanges = {}): {
  readonly backend: Backend
  readonly gitlab: GitLab
  readonly handlers: HttpHandler[]
  readonly ask: Ask
  readonly query: Query
} {
  const backend = new Backend({ dials: { scenario: 'contract', ...dials }, webRoot })
  const handlers = createHandlers(backend)
  const send = async (address: string, { as = 'maintainer', ...init }: Sending) => {
    const request = new Request(`${webRoot}/api${address}`, {
      ...init,
      headers: { ...init.headers, ...(as !== '' && { 'private-token': `glpat-${as}` }) },
    })
    const response = await getResponse(handlers, request)
    if (!response) throw new Error(`Nobody answers ${init.method} ${address}`)
    return readAnswer(response)
  }
  const ask: Ask = (line, { as, body, form } = {}) => {
    const [method = 'GET', path = ''] = line.split(' ')
    const type = form === undefined ? json : 'application/x-www-form-urlencoded'
    const content = form ?? (typeof body === 'string' ? body : JSON.stringify(body))
    return send(`/v4${path}`, {
      ...(as !== undefined && { as }),
      method,
      ...(content !== undefined && { headers: { 'content-type': type }, body: content }),
    })
  }
  const query: Query = (document, variables, options = {}) =>
    send('/graphql', {
      ...options,
      method: 'POST',
      headers: { 'content-type': json },
      body: JSON.stringify({ query: document, variables }),
    })
  return { backend, gitlab: backend.gitlab, handlers, ask, query }
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, body: parsed(text), headers: response.headers }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The named field of each item of a list. */
export function pluck(body: unknown, name: string): unknown[] {
  if (!Array.isArray(body)) throw new Error(`Not a list: ${JSON.stringify(body)}`)
  return body.map((item: Record<string, unknown>) => item[name])
}
