import type { Page } from '@playwright/test'
import type { DialChanges } from '../../mocks/dials.ts'
import type { MockState } from '../../mocks/state.ts'
import { faultsOfBoth } from './stock.ts'

/** The dials of a test: the simulated GitLab, and the role that the page signs in as. */
export type Dials = DialChanges & Required<Pick<DialChanges, 'as'>>

/** Dials that are turned while the page is open; null for a fault ends it. */
export type Turn = Omit<DialChanges, 'fault'> & { readonly fault?: string | null }

/** A role that the simulated GitLab knows. */
export type Role = NonNullable<Dials['as']>

export type Answer = { readonly status: number; readonly body: unknown }
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A simulated GitLab, as a test reaches it beside the page. */
export type SimulatedGitLab = {
  /** Its address for people and for the API, without a slash at the end. */
  readonly address: string
  /** Changes dials, for example to end an outage. A fault begins to count anew. */
  turn(changes: Turn): Promise<void>
  /** The dials, the clock, and everything that is stored, also what GitLab's API does not return. */
  mock(): Promise<MockState>
  /**
   * Sends a request to `/api/v4`, or `/graphql`, with a role's token, by default with that of the
   * page. Faults and latency apply to it, too.
   */
  request(method: Method, path: string, body?: unknown, as?: Role): Promise<Answer>
  /** Sends a request to `/api/v4` with the token of a job of this project. */
  askAsJob(project: number, path: string): Promise<Answer>
}

/** One simulated GitLab for one opened panel, with the way in which the page finds it. */
export type World = SimulatedGitLab & {
  /** Opens the page at `path`, with everything that it needs to find this world. */
  open(path: string, search: Record<string, string>): Promise<void>
}

/** Where GitLab's API answers to `path`. */
const below = (path: string) => (path === '/graphql' ? '/api/graphql' : `/api/v4${path}`)

/** The role's token, which the mock accepts; empty for nobody. */
const tokenOf = (as: Role | null) => (as ? `glpat-${as}` : '')

/**
 * A world inside the page itself: the address holds the dials, and the page sends the requests.
 * @param base the address of the demo, with a slash at the end; by default Playwright's `baseURL`
 */
export function demoWorld(page: Page, dials: Dials, base = ''): World {
  return {
    address: 'https://gitlab.example.com',
    async open(path, search) {
      // Two worlds differ only behind the #, and navigating between them would not reload the page.
      if (page.url() !== 'about:blank') {
        // Writes are stored in the tab to survive a reload; a new opening is a new world.
        await page.evaluate(() => sessionStorage.clear())
        await page.goto('about:blank')
      }
      await page.goto(`${base}#${withSearch(path, { ...dials, ...search })}`)
    },
    async turn(changes) {
      await page.evaluate(
        (entries) => {
          const [address = '', question] = window.location.hash.slice(1).split('#')
          const [path, query] = address.split('?')
          const search = new URLSearchParams(query)
          for (const [name, value] of entries) {
            if (value === null) search.delete(name)
            else search.set(name, value)
          }
          // Not by location.hash, which would ask whether to discard unsaved input.
          const rest = question === undefined ? '' : `#${question}`
          window.history.replaceState(window.history.state, '', `#${path}?${search}${rest}`)
        },
        Object.entries(changes).map(
          ([name, value]) => [name, value === null ? null : String(value)] as const,
        ),
      )
    },
    mock: () => page.evaluate(async () => (await fetch('/-/mock')).json()),
    request(method, path, body, as = dials.as ?? undefined) {
      return page.evaluate(
        async ({ method, path, body, token }) => {
          const response = await fetch(path, {
            method,
            headers: { 'PRIVATE-TOKEN': token, 'Content-Type': 'application/json' },
            ...(body !== undefined && { body: JSON.stringify(body) }),
          })
          const text = await response.text()
          return { status: response.status, body: text && JSON.parse(text) }
        },
        { method, path: below(path), body, token: tokenOf(as ?? null) },
      )
    },
    askAsJob(project, path) {
      return page.evaluate(
        async ({ path, token }) => {
          const response = await fetch(`/api/v4${path}`, { headers: { 'JOB-TOKEN': token } })
          return { status: response.status, body: await response.json() }
        },
        { path, token: `project-${project}` },
      )
    },
  }
}

/**
 * A world of the mock over HTTP, as it is found.
 * @param address of the world, without a slash at the end
 * @param dials.as the role of requests that name none
 */
export function httpGitLab(
  address: string,
  dials: Pick<Dials, 'as' | 'api'>,
): SimulatedGitLab & { reset(): Promise<void> } {
  async function send(path: string, method: Method, headers: HeadersInit, body?: unknown) {
    const response = await fetch(address + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text && JSON.parse(text) }
  }
  async function control(method: Method, path = '', body?: unknown) {
    const answer = await send(`/-/mock${path}`, method, {}, body)
    if (answer.status !== 200) throw new Error(`the mock refused: ${JSON.stringify(answer.body)}`)
    return answer
  }
  return {
    address,
    async turn({ fault, ...changes }) {
      const faults = fault && dials.api === 'gitlab' ? faultsOfBoth(fault) : fault
      await control('PUT', '', { ...changes, ...(fault !== undefined && { fault: faults }) })
    },
    mock: async () => (await control('GET')).body,
    reset: async () => void (await control('POST', '/reset')),
    request(method, path, body, as = dials.as ?? undefined) {
      const token = as && { 'PRIVATE-TOKEN': tokenOf(as) }
      return send(below(path), method, { ...token, 'Content-Type': 'application/json' }, body)
    },
    askAsJob: (project, path) => send(below(path), 'GET', { 'JOB-TOKEN': `project-${project}` }),
  }
}

/** The dials of every start, unless a spec sets them. */
const usual = { latency: 0, now: null, fault: '' } as const

/**
 * A world on the worker's mock server, reset; the page signs in to it with a token.
 * @param where.mock the address of the world, for this test
 * @param where.gitlab the address of GitLab in the page
 */
export function wireWorld(
  page: Page,
  dials: Dials,
  where: { readonly mock: string; readonly gitlab: string },
): World {
  const token = tokenOf(dials.as)
  const gitlab = httpGitLab(where.mock, dials)
  // The token determines the role; faults and latency are set just before the page opens.
  const { fault, latency, ...start } = { ...usual, ...dials, as: null }
  return {
    ...gitlab,
    address: where.gitlab,
    async open(path, search) {
      await gitlab.turn({ ...start, fault: '', latency: 0 })
      await gitlab.reset()
      if (token) {
        const user = await gitlab.request('GET', '/user')
        await seedConnection(page, { address: where.gitlab, token, user })
      }
      await gitlab.turn({ fault, latency })
      await page.goto(withSearch(path.slice(1), search))
    },
  }
}

function withSearch(path: string, search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    if (value !== null && value !== '') query.set(name, String(value))
  }
  if (query.size === 0) return path
  const [address = '', question] = path.split('#')
  const rest = question === undefined ? '' : `#${question}`
  return `${address}${address.includes('?') ? '&' : '?'}${query}${rest}`
}

let signIns = 0

/**
 * Stores a connection in session storage as `src/api/kept-connection.ts` does for a user who stays
 * signed in for this tab. Only once per test, so that signing out lasts.
 */
async function seedConnection(
  page: Page,
  { address, token, user }: { address: string; token: string; user: Answer },
): Promise<void> {
  const { id, username, name, avatar_url, is_admin } = user.body as Record<string, unknown>
  const connection = {
    address,
    webAddress: address,
    token,
    user: { id, username, name, avatarUrl: avatar_url ?? null, isAdmin: is_admin === true },
  }
  signIns += 1
  await page.addInitScript(
    ({ signIn, connection }) => {
      if (window.origin === 'null' || signIn <= Number(sessionStorage.getItem('sign-in'))) return
      sessionStorage.setItem('sign-in', String(signIn))
      sessionStorage.setItem('connection', JSON.stringify(connection))
    },
    { signIn: signIns, connection },
  )
}
