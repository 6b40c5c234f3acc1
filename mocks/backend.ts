import { type DialChanges, type Dials, settle } from './dials.ts'
import { type Effect, Faults } from './faults.ts'
import { changeEveryThird } from './gitlab/allowlist.ts'
import type { GitLab } from './gitlab/model.ts'
import type { Input } from './gitlab/params.ts'
import { Refusal, unknownRoute } from './gitlab/refusal.ts'
import { createGitLab } from './gitlab/world.ts'
import { scenarioNamed } from './scenarios/scenarios.ts'

/** The answer of an operation; without a body it is sent as 204. */
export type Reply = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A request that changed the state, with everything needed to repeat it. */
export type JournalEntry = {
  readonly method: string
  /** Below `/api`, as sent: `/v4/…` or `/graphql`. */
  readonly path: string
  readonly body: Input
  readonly token: string | null
  /** Instead of `token`: the job whose request was logged. Even a read writes to that log. */
  readonly jobToken?: string
  /** The clock at the time. */
  readonly at: string
}

export type BackendOptions = {
  readonly dials: DialChanges
  /** Address of GitLab's own pages, without a slash at the end. */
  readonly webRoot: string
  /** Called after each write, to keep the journal somewhere. */
  readonly onJournal?: (journal: readonly JournalEntry[]) => void
  /** The limits of the journal, of which a replay needs none: the oldest entries go first. */
  readonly mostJournal?: { readonly entries: number; readonly characters: number }
}

/** One simulated GitLab with its dials, faults and journal. GitLab's own rules are in `gitlab/`. */
export class Backend {
  readonly #webRoot: string
  readonly #onJournal: (journal: readonly JournalEntry[]) => void
  readonly #mostJournal: BackendOptions['mostJournal']
  #chosen: DialChanges
  #dials: Dials
  #faults: Faults
  #gitlab: GitLab
  #journal: JournalEntry[] = []
  /** The length of each journal entry in characters of JSON. */
  #sizes: number[] = []
  #forgotten = 0
  #replaying = false
  /** Writes that carried an `Idempotency-Key`, each with its first reply. */
  readonly #named = new Map<string, { readonly write: string; readonly reply: Reply }>()

  constructor({ dials, webRoot, onJournal = () => {}, mostJournal }: BackendOptions) {
    this.#webRoot = webRoot
    this.#mostJournal = mostJournal
    this.#onJournal = onJournal
    this.#chosen = dials
    this.#dials = settle(dials)
    this.#faults = new Faults(this.#dials.fault)
    this.#gitlab = this.#start()
  }

  get gitlab(): GitLab {
    return this.#gitlab
  }

  get dials(): Dials {
    return this.#dials
  }

  /** The accepted writes since the start; with `mostJournal` only the newest of them. */
  get journal(): readonly JournalEntry[] {
    return this.#journal
  }

  /** How many writes were dropped from the journal. */
  get forgotten(): number {
    return this.#forgotten
  }

  /** The armed faults, and how often each one is still going to happen. */
  get faults(): Faults['left'] {
    return this.#faults.left
  }

  /**
   * Changes dials. Another `scenario` or `api` starts a fresh world; other dials keep the state.
   */
  turn(changes: DialChanges): void {
    const before = this.#dials
    this.#chosen = { ...this.#chosen, ...changes }
    this.#dials = settle(this.#chosen)
    if (changes.fault !== undefined) this.#faults = new Faults(this.#dials.fault)
    if (before.scenario !== this.#dials.scenario || before.api !== this.#dials.api) this.reset()
    else this.#gitlab.now = this.#clock()
  }

  /** Starts over from the scenario with an empty journal and all faults armed. The dials stay. */
  reset(): void {
    this.#gitlab = this.#start()
    this.#faults = new Faults(this.#dials.fault)
    this.#journal = []
    this.#named.clear()
    this.#sizes = []
    this.#forgotten = 0
    this.#onJournal(this.#journal)
  }

  /**
   * Repeats the writes of a journal, each at the time at which it was made, without latency and
   * faults. Success is read from the journal, to which an accepted write adds itself, and not from
   * the HTTP status: GraphQL refuses with 200.
   * @param send hands a request to the handlers of this backend
   * @returns whether all writes were accepted; if not, the state has been reset
   */
  async replay(
    journal: readonly JournalEntry[],
    send: (entry: JournalEntry) => Promise<unknown>,
  ): Promise<boolean> {
    this.#replaying = true
    try {
      for (const entry of journal) {
        this.#gitlab.now = entry.at
        const before = this.#journal.length
        await send(entry)
        if (this.#journal.length === before) {
          this.reset()
          return false
        }
      }
      return true
    } finally {
      this.#replaying = false
      this.#gitlab.now = this.#clock()
    }
  }

  /** Adds an accepted write to the journal. */
  record(entry: Omit<JournalEntry, 'at'>): void {
    this.#journal.push({ ...entry, at: this.#gitlab.now })
    if (this.#mostJournal) this.#trim(this.#mostJournal)
    // A replay repeats entries that are stored already. If a reload cuts it short, storing the
    // shorter journal would lose the rest.
    if (!this.#replaying) this.#onJournal(this.#journal)
  }

  #trim({ entries, characters }: NonNullable<BackendOptions['mostJournal']>): void {
    this.#sizes.push(JSON.stringify(this.#journal.at(-1)).length)
    let size = this.#sizes.reduce((sum, one) => sum + one, 0)
    while (this.#journal.length > entries || (size > characters && this.#journal.length > 1)) {
      this.#journal.shift()
      size -= this.#sizes.shift() ?? 0
      this.#forgotten += 1
    }
  }

  /**
   * Runs a write at most once per `Idempotency-Key`: a repeated write gets the first reply again. A
   * refused write changed nothing and is not remembered, so that the next try runs.
   * @param key the request's `Idempotency-Key`; part of the permissions extension, ignored as a
   * stock GitLab
   * @param write identifies the write: method, address, body and caller
   * @throws Refusal 422 where the key was used for another write
   * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
   */
  once(key: string | null, write: string, operate: () => Reply): Reply {
    if (key === null || !this.#gitlab.servesPermissions) return operate()
    const known = this.#named.get(key)
    if (!known) {
      const reply = operate()
      this.#named.set(key, { write, reply })
      return reply
    }
    if (known.write !== write) {
      throw new Refusal(422, { message: '422 Unprocessable Entity - Idempotency-Key was used' })
    }
    return known.reply
  }

  /**
   * Answers one request: waits as the dials say, runs the operation unless a fault comes first, and
   * turns its reply or refusal into a response. Any other error of the operation is a bug and stays
   * a crash.
   * @param address the address that the faults are matched against
   */
  async serve(
    { method }: Request,
    address: string,
    operate: () => Promise<Reply>,
  ): Promise<Response> {
    if (this.#replaying) return toResponse(await refusalAsReply(operate))
    const { delay, effect } = this.#faults.take(method, address)
    const wait = this.#dials.latency + delay
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const instead = effect && insteadOf(effect)
    if (instead) return instead
    if (effect?.kind === 'meanwhile') changeEveryThird(this.#gitlab)
    const reply = await refusalAsReply(operate)
    return effect ? damaged(reply, effect) : toResponse(reply)
  }

  #start(): GitLab {
    const gitlab = createGitLab(scenarioNamed(this.#dials.scenario).world(), {
      webRoot: this.#webRoot,
      servesPermissions: this.#dials.api === 'rest',
    })
    this.#scenarioStart = gitlab.now
    gitlab.now = this.#clock()
    return gitlab
  }

  #scenarioStart = ''

  #clock(): string {
    return this.#dials.now ?? this.#scenarioStart
  }
}

async function refusalAsReply(operate: () => Promise<Reply>): Promise<Reply> {
  try {
    return await operate()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: error.status, body: error.body }
  }
}

const jsonHeaders = {
  'content-type': 'application/json',
  'cache-control': 'max-age=0, private, must-revalidate',
  vary: 'Origin',
}

function toResponse({ status, body, headers }: Reply): Response {
  if (body === undefined) return new Response(null, { status })
  return new Response(JSON.stringify(body), { status, headers: { ...jsonHeaders, ...headers } })
}

/** The response of an effect before the operation; undefined for an effect after it. */
function insteadOf(effect: Effect): Promise<Response> | Response | undefined {
  switch (effect.kind) {
    case 'timeout':
      return new Promise<never>(() => {})
    case 'abort':
      return Response.error()
    case 'html':
      return page(200, 'Sign in')
    case 'no-route':
      return toResponse(unknownRoute())
    case 'status':
      return failure(effect)
    default:
      return undefined
  }
}

/** An HTML error page, as a proxy in front of GitLab shows it. */
const page = (status: number, title: string) =>
  new Response(
    `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
    { status, headers: { 'content-type': 'text/html; charset=utf-8' } },
  )

const proxyTitles: Readonly<Record<number, string>> = {
  502: '502 Bad Gateway',
  503: '503 Service Unavailable',
  504: '504 Gateway Timeout',
}

const bodies: Readonly<Record<number, unknown>> = {
  400: { message: '400 Bad request' },
  401: { message: '401 Unauthorized' },
  403: { message: '403 Forbidden' },
  404: { message: '404 Not Found' },
  409: { message: '409 Conflict: Resource lock' },
  429: {
    message: {
      error: 'This endpoint has been requested too many times. Try again later.',
    },
  },
  500: { message: '500 Internal Server Error' },
}

/** An error response of GitLab, or of the proxy in front of it. */
function failure({ status, retryAfter = '1', why }: Extract<Effect, { kind: 'status' }>): Response {
  if (status === 304) return new Response(null, { status })
  const title = proxyTitles[status]
  if (title) return page(status, title)
  const body = why
    ? { message: `403 Forbidden - ${why}` }
    : (bodies[status] ?? { message: `${status} Error` })
  const headers = status === 429 ? { 'retry-after': retryAfter } : {}
  return toResponse({ status, body, headers })
}

/** The operation's reply, damaged or lost as the effect says. */
function damaged(reply: Reply, effect: Effect): Response {
  switch (effect.kind) {
    case 'lost':
      return Response.error()
    case 'empty':
      return new Response('', { status: 200, headers: jsonHeaders })
    case 'wrong-type':
      return toResponse({
        ...reply,
        status: reply.status === 204 ? 200 : reply.status,
        body: Array.isArray(reply.body) ? { unexpected: true } : ['unexpected'],
      })
    case 'truncated': {
      const text = JSON.stringify(reply.body) ?? ''
      if (text === '') return toResponse(reply)
      const headers = { ...jsonHeaders, ...reply.headers }
      return new Response(text.slice(0, text.length / 2), { status: reply.status, headers })
    }
    case 'endless':
      return toResponse({
        ...reply,
        body: withoutEnd(reply.body),
        ...(reply.headers && { headers: withNextPage(reply.headers) }),
      })
    case 'twice':
      return toResponse({ ...reply, body: withTwin(reply.body) })
    case 'huge':
      return new Response((JSON.stringify(reply.body) ?? '').padEnd(20_000_000), {
        status: 200,
        headers: { ...jsonHeaders, ...reply.headers },
      })
    default:
      return toResponse(reply)
  }
}

/** The paging headers of REST, changed so that they promise one more page and give no totals. */
function withNextPage(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { 'x-total': _total, 'x-total-pages': _pages, ...others } = headers
  return { ...others, 'x-next-page': String(Number(headers['x-page'] ?? 1) + 1) }
}

/** A GraphQL body whose connections all promise one more page. */
function withoutEnd(body: unknown): unknown {
  if (Array.isArray(body)) return body
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      key === 'hasNextPage' ? true : withoutEnd(value),
    ]),
  )
}

/** A list whose last entry is repeated, with other permissions. */
function withTwin(body: unknown): unknown {
  if (!Array.isArray(body) || body.length === 0) return body
  const twin = { ...body.at(-1) }
  if ('default_permissions' in twin) twin.default_permissions = !twin.default_permissions
  return [...body, twin]
}
