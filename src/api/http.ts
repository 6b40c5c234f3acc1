/**
 * The one HTTP client: address, credentials, time-out, retry, paging, and every failure as an
 * `ApiError`. Every call that carries a token goes through here.
 */
import ky, { HTTPError, type KyInstance } from 'ky'
import * as z from 'zod/mini'
import { mostBytes, TooLarge, whole } from './answer-text.ts'
import { ApiError, type ErrorReason } from './api-error.ts'
import type { Page } from './gitlab-api.ts'
import { takeHeadStart } from './head-start/take.ts'
import { type Cut, createPageWatch, mostItems, mostPages, pageSize, tellCut } from './paging.ts'
import { createRateLimit } from './rate-limit.ts'
import { graphqlError, refusalError } from './refusals.ts'

// Compiled schemas would need eval, which a strict Content-Security-Policy forbids.
z.config({ jitless: true })

/** How long one call may take, from asking to the last byte, in milliseconds. */
const timeout = 30_000
/** How many requests browsers send to one host at a time over HTTP/1.1. */
const parallel = 6

/** Search parameters; undefined ones are left out. */
export type Params = Readonly<Record<string, string | number | boolean | undefined>>

type RequestOptions = { readonly signal?: AbortSignal | undefined; readonly params?: Params }
type OnPage<Item> = (items: Item[], total: number | undefined, page: number) => void
type GraphqlOptions = {
  readonly kind: 'query' | 'mutation'
  readonly signal?: AbortSignal | undefined
}

/** Calls below one server's `/api/v4`, as one user. Each rejects with `ApiError`, or `AbortError` when cancelled. */
export type Http = {
  get<Schema extends z.ZodMiniType>(
    path: string,
    schema: Schema,
    options?: RequestOptions,
  ): Promise<z.output<Schema>>
  getPage<Schema extends z.ZodMiniType>(
    path: string,
    item: Schema,
    options?: RequestOptions,
  ): Promise<Page<z.output<Schema>>>
  /**
   * All pages; in parallel once the first says how many there are. `onPage` gets each page's items
   * as they arrive, in any order, how many items the server says there are, and which page it is,
   * from 1. Pages that were on their way when another one failed may still come afterwards. A list
   * whose pages do not end is read up to a limit: then `onCut` is told why, or without one the call
   * rejects.
   */
  getAll<Schema extends z.ZodMiniType>(
    path: string,
    item: Schema,
    options?: RequestOptions & {
      readonly onPage?: OnPage<z.output<Schema>>
      readonly onCut?: (cut: Cut) => void
    },
  ): Promise<z.output<Schema>[]>
  /**
   * A question or a write by GraphQL; what stands under `data` is parsed. Errors that GitLab says
   * at the top of an answer, with status 200, reject too. A query is repeated as a read is, a
   * mutation never.
   */
  graphql<Schema extends z.ZodMiniType>(
    document: string,
    variables: object,
    data: Schema,
    options: GraphqlOptions,
  ): Promise<z.output<Schema>>
  /**
   * As `graphql`, of an answer that may hold a part only: where GitLab says errors beside its data,
   * `failure` is the first of them. Rejects where there is no data that can be read.
   */
  graphqlPart<Schema extends z.ZodMiniType>(
    document: string,
    variables: object,
    data: Schema,
    options: GraphqlOptions,
  ): Promise<{ readonly data: z.output<Schema>; readonly failure: ApiError | undefined }>
  /**
   * A write. The console never repeats it, but a browser may: see `careful-write.ts`. Its answer is
   * only checked: a later read tells the state.
   * @param answer what must come back; without it nothing may, as after GitLab's 204
   * @param once names this write for a server that does each only once, as `Idempotency-Key`
   */
  send(
    method: 'post' | 'put' | 'patch' | 'delete',
    path: string,
    body?: object,
    answer?: z.ZodMiniType,
    once?: string,
  ): Promise<void>
}

export type HttpOptions = {
  /** The GitLab in use, with its relative URL root, without a final slash. */
  readonly address: string
  /**
   * Asked before each call, so that a renewed token serves the calls after it. Never rejects; an
   * empty one ends the call unsent.
   */
  readonly token: () => string | Promise<string>
  /** Told which token each 401 refused, besides the error that the call rejects with. */
  readonly onUnauthorized?: (token: string) => void
}

/** A client for one server. */
export function createHttp({ address, token, onUnauthorized }: HttpOptions): Http {
  const client: KyInstance = ky.create({
    prefixUrl: `${address}/api`,
    timeout: false, // ours covers the body too
    retry: {
      limit: 1,
      methods: ['get'],
      statusCodes: [502, 503, 504],
      afterStatusCodes: [],
      // A retry of an answer that was too large would be too large again.
      shouldRetry: ({ error }) => (error instanceof TooLarge ? false : undefined),
    },
    // Cookies of the same GitLab must not decide who acts here.
    credentials: 'omit',
    fetch: fetchWhole,
    hooks: {
      // Not PRIVATE-TOKEN, which a browser would take along when it is redirected to another host.
      beforeRequest: [
        async (request) => request.headers.set('Authorization', `Bearer ${await token()}`),
        // What is sent once is sent here: before ky sends a request, it clones it for another try, which takes
        // the main thread 0.9 ms for each write of a large set.
        (request, { retry }) =>
          retry.methods?.some((method) => method.toUpperCase() === request.method)
            ? undefined
            : fetchWhole(request),
      ],
    },
  })

  const limit = createRateLimit()

  async function call(
    method: string,
    path: string,
    outgoing: Outgoing,
  ): Promise<{ response: Response; text: string }> {
    const { signal, params = {}, body, once, again, repeated, waited } = outgoing
    const name = nameOf(method, path)
    const question = JSON.stringify([method, path, params, body])
    const isRead = method === 'get' || again
    // A write is sent by a person, who need not wait.
    if (isRead) await limit.ready(signal)
    // GitLab would take it for a stranger's question.
    if (!(await token())) throw new ApiError('unauthorized', { reason: 'no-token' })
    const deadline = new AbortController()
    const timer = setTimeout(() => deadline.abort(), timeout)
    try {
      const response = await client(path, {
        method,
        searchParams: params,
        signal: signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal,
        ...(body && { json: body }),
        ...(once && { headers: { 'Idempotency-Key': once } }),
        ...(again && { retry: { methods: ['post'] } }),
      })
      limit.answered(question)
      return { response, text: await response.text() }
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof TooLarge) throw tooMuch(name, `at most ${mostBytes / 1e6} MB`)
      if (!(error instanceof HTTPError)) {
        throw new ApiError(deadline.signal.aborted ? 'timeout' : 'unreachable', { cause: error })
      }
      const refused = await refusal(error, name)
      // The caller cancelled while the refusal's body was read.
      signal?.throwIfAborted()
      if (refused.kind === 'rate-limited') {
        const againAt = limit.refused(question, refused)
        if (!isRead) throw refused
        // Try once more; `ready` waits first, and throws where the wait is too long.
        if (againAt !== undefined && !waited) {
          return await call(method, path, { ...outgoing, waited: true })
        }
        throw new ApiError(refused.kind, { ...refused, againAt })
      }
      limit.answered(question)
      if (refused.kind === 'unauthorized') {
        const sent = error.request.headers.get('authorization')?.replace(/^Bearer /, '') ?? ''
        // Renewed while the call was on its way, which ends the token before. Nothing has been done
        // with that one, so a write may be repeated, too.
        const current = await token()
        if (!repeated && current && current !== sent) {
          return await call(method, path, { ...outgoing, repeated: true })
        }
        onUnauthorized?.(sent)
      }
      throw refused
    } finally {
      clearTimeout(timer)
    }
  }

  async function getPage<Schema extends z.ZodMiniType>(
    path: string,
    item: Schema,
    options: RequestOptions = {},
  ): Promise<Page<z.output<Schema>>> {
    const { response, text } = await call('get', `v4/${path}`, options)
    const name = nameOf('get', `v4/${path}`)
    const rows = json(name, text)
    if (!Array.isArray(rows)) throw malformed(name, 'a list')
    if (rows.length > mostItems) throw tooMuch(name, `at most ${mostItems} items`)
    return {
      items: rows.map((row, index) => parse(name, item, row, [index])),
      page: headerNumber(response, 'x-page') ?? 1,
      nextPage: headerNumber(response, 'x-next-page'),
      total: headerNumber(response, 'x-total'),
      totalPages: headerNumber(response, 'x-total-pages'),
    }
  }

  async function graphqlPart<Schema extends z.ZodMiniType>(
    document: string,
    variables: object,
    schema: Schema,
    { kind, signal }: GraphqlOptions,
  ): Promise<{ data: z.output<Schema>; failure: ApiError | undefined }> {
    const body = { query: document, variables }
    const { text } = await call('post', 'graphql', { signal, body, again: kind === 'query' })
    const name = nameOf('post', 'graphql')
    const answer = parse(name, graphqlDto, json(name, text))
    const [error] = answer.errors ?? []
    const failure = error && graphqlError(error.message)
    // Where the data is unusable, GitLab's error explains more than a mismatch of its shape.
    if (failure && !schema.safeParse(answer.data).success) throw failure
    return { data: parse(name, schema, answer.data, ['data']), failure }
  }

  return {
    async get(path, schema, options = {}) {
      const { text } = await call('get', `v4/${path}`, options)
      const name = nameOf('get', `v4/${path}`)
      return parse(name, schema, json(name, text))
    },
    getPage,
    async getAll(path, item, { signal, params = {}, onPage, onCut } = {}) {
      const watch = createPageWatch()
      const pages: z.output<typeof item>[][] = []
      let cut: Cut | undefined
      async function fetchPage(page: number) {
        const fetched = await getPage(path, item, {
          signal,
          params: { ...params, per_page: pageSize, page },
        })
        if (watch.isRepeated(fetched.items)) cut ??= 'repeated'
        else {
          pages[page - 1] = fetched.items
          onPage?.(fetched.items, fetched.total, page)
        }
        return fetched
      }
      const first = await fetchPage(1)
      if (first.totalPages !== undefined) {
        const count = Math.min(first.totalPages, mostPages)
        let next = 2
        // As many at a time as a browser sends: those that wait must not run into their time-out.
        const lanes = Array.from({ length: Math.min(parallel, count - 1) }, async () => {
          for (let page = next++; page <= count && !cut; page = next++) {
            if (watch.isFull()) cut = 'too-long'
            else await fetchPage(page)
          }
        })
        await Promise.all(lanes)
        if (first.totalPages > count) cut ??= 'too-long'
      } else {
        const asked = new Set([1])
        for (let page = first.nextPage; page !== undefined && !cut; ) {
          if (asked.has(page)) cut = 'repeated'
          else if (watch.isFull()) cut = 'too-long'
          else {
            asked.add(page)
            page = (await fetchPage(page)).nextPage
          }
        }
      }
      if (cut) tellCut(nameOf('get', `v4/${path}`), cut, onCut)
      return pages.flat()
    },
    async graphql(...question) {
      const { data, failure } = await graphqlPart(...question)
      if (failure) throw failure
      return data
    },
    graphqlPart,
    async send(method, path, body, answer, once) {
      const { text } = await call(method, `v4/${path}`, { body, once })
      const name = nameOf(method, `v4/${path}`)
      // A proxy's page with status 200 is no proof that GitLab has done anything.
      if (answer) parse(name, answer, json(name, text))
      else if (text.trim()) throw malformed(name, 'no body')
    },
  }
}

/** Answers whole, or not at all. */
async function fetchWhole(...request: Parameters<typeof fetch>): Promise<Response> {
  const [question] = request
  const ahead = question instanceof Request && takeHeadStart(question)
  if (!ahead) return whole(fetch(...request))
  return await Promise.race([
    ahead,
    new Promise<never>((_, reject) => {
      const { signal } = question
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    }),
  ])
}

type Outgoing = RequestOptions & {
  readonly body?: object | undefined
  readonly once?: string | undefined
  /** A POST that only asks: repeated as other reads are. */
  readonly again?: boolean
  /** The request was refused for its token, which has been renewed since. */
  readonly repeated?: boolean
  /** The request was refused for too many requests, and has waited since. */
  readonly waited?: boolean
}

const graphqlDto = z.object({
  errors: z.optional(z.array(z.object({ message: z.string() }))),
  data: z.optional(z.unknown()),
})

/**
 * The error for a status other than 2xx. Redirections that lead nowhere are no refusal by GitLab.
 */
async function refusal({ response }: HTTPError, name: string): Promise<ApiError> {
  const { status, headers } = response
  if (status < 400) return malformed(name, `a status of success, not ${status}`)
  return refusalError(status, await response.text(), headers.get('retry-after'))
}

function headerNumber(response: Response, name: string): number | undefined {
  const text = response.headers.get(name)
  return text && /^\d+$/.test(text) ? Number(text) : undefined
}

function json(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed(name, text.trim() ? 'JSON' : 'a JSON body')
  }
}

function parse<Schema extends z.ZodMiniType>(
  name: string,
  schema: Schema,
  value: unknown,
  at: PropertyKey[] = [],
): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const where = [...at, ...(issue?.path ?? [])].map(String).join('.')
  const what = `${expectation(issue)}${where && ` at ${where}`}`
  throw issue?.code === 'too_big' && issue.origin === 'array'
    ? tooMuch(name, what)
    : malformed(name, what)
}

function expectation(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'invalid_type') return issue.expected
  if (issue?.code === 'too_big') {
    return `at most ${issue.maximum}${issue.origin === 'array' ? ' items' : ''}`
  }
  if (issue?.code === 'invalid_value') return issue.values.map(String).join(' or ')
  if (issue?.code === 'custom') return issue.message
  return issue?.code ?? 'another value'
}

/** How an error names a call. */
const nameOf = (method: string, path: string) => `${method.toUpperCase()} /api/${path}`

/** Names the call and its expected answer, never the received one, which may hold secrets. */
function malformed(name: string, what: string, reason?: ErrorReason): ApiError {
  return new ApiError('malformed', { expected: `${name}: ${what}`, reason })
}

const tooMuch = (name: string, what: string) => malformed(name, what, 'too-large')
