import { getResponse, type HttpHandler } from 'msw'
import { Backend } from './backend.ts'
import type { DialChanges } from './dials.ts'
import type { GitLab } from './gitlab/model.ts'
import { createHandlers } from './handlers.ts'

/** What a test reads of an answer; the body is parsed JSON, or the text when it is none. */
export type Answer = {
  readonly status: number
  readonly body: unknown
  readonly headers: Headers
}

/** One request: `PUT /projects/1`, who asks, and what the body says. */
export type Ask = (
  line: string,
  options?: { readonly as?: string; readonly body?: unknown; readonly form?: string },
) => Promise<Answer>

export const webRoot = 'https://gitlab.example.com'

/** A backend of the contract world unless told, and a client that is its Maintainer unless told. */
export function openBackend(dials: DialChanges = {}): {
  readonly backend: Backend
  readonly gitlab: GitLab
  readonly handlers: HttpHandler[]
  readonly ask: Ask
} {
  const backend = new Backend({ dials: { scenario: 'contract', ...dials }, webRoot })
  const handlers = createHandlers(backend)
  const ask: Ask = async (line, { as = 'maintainer', body, form } = {}) => {
    const [method = 'GET', path = ''] = line.split(' ')
    const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
    const content = form ?? (typeof body === 'string' ? body : JSON.stringify(body))
    const request = new Request(`${webRoot}/api/v4${path}`, {
      method,
      headers: {
        ...(as !== '' && { 'private-token': `glpat-${as}` }),
        ...(content !== undefined && { 'content-type': type }),
      },
      ...(content !== undefined && { body: content }),
    })
    const response = await getResponse(handlers, request)
    if (!response) throw new Error(`Nobody answers ${line}`)
    return readAnswer(response)
  }
  return { backend, gitlab: backend.gitlab, handlers, ask }
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
