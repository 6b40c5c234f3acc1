import { getResponse, type HttpHandler, HttpResponse, http } from 'msw'
import { Backend, type JournalEntry } from './backend.ts'
import { type DialChanges, type Dials, settle } from './dials.ts'
import type { User } from './gitlab/model.ts'
import { createHandlers } from './handlers.ts'
import { type Scenario, type ScenarioName, scenarios } from './scenarios/scenarios.ts'
import { stateOf } from './state.ts'

/** The simulated GitLab of a browser tab, with the controls that the demo bar needs. */
export type DemoMock = {
  /** The current dials. The console has to send the token `glpat-<as>`. */
  readonly dials: Dials
  /** All scenarios, for the demo bar and the gallery. */
  readonly scenarios: readonly Scenario<ScenarioName>[]
  /**
   * Sets all dials; a dial that is left out gets the scenario's own value. `as`, `latency`, `now` and
   * `fault` keep the state; another `scenario` or `api` resets it.
   */
  applyDials(dials: DialChanges): void
  /** Drops all writes and starts over from the scenario. */
  reset(): void
  /** The user behind the dial `as`, read directly: faults would affect a request. */
  actor(): Pick<User, 'id' | 'username' | 'name' | 'admin'>
}

/** The storage of the journal: `sessionStorage`, or a stand-in in tests. */
export type JournalStorage = Pick<Storage, 'getItem' | 'setItem'>

/** The dials that define a world. A journal is valid only for the world in which it was written. */
type WorldDials = Pick<Dials, 'scenario' | 'api'>
type Kept = { readonly world: WorldDials; readonly journal: readonly JournalEntry[] }

const storageKey = 'job-token-console.mock'
const usualRole = 'maintainer'
const webRoot = 'https://gitlab.example.com'

/**
 * Opens the mock in the state in which the tab left it. Only the journal of writes is stored, not
 * the state; the journal is replayed when the same world is opened again.
 */
export async function openDemo(options: {
  readonly dials: DialChanges
  readonly storage: JournalStorage
}): Promise<{ readonly mock: DemoMock; readonly handlers: HttpHandler[] }> {
  const { storage } = options
  const kept = readKept(storage)
  const backend = new Backend({
    dials: { as: usualRole, ...options.dials },
    webRoot,
    onJournal: (journal) => keep(storage, worldOf(backend.dials), journal),
  })
  const handlers = createHandlers(backend)
  if (kept && isSameWorld(kept.world, backend.dials)) {
    await backend.replay(kept.journal, (entry) => getResponse(handlers, toRequest(entry)))
  } else {
    backend.reset()
  }

  const mock: DemoMock = {
    get dials() {
      return backend.dials
    },
    actor: () => backend.gitlab.roles[backend.dials.as ?? usualRole],
    scenarios,
    applyDials(dials) {
      const before = backend.dials
      const all = settle({ as: usualRole, ...dials })
      const { fault, ...others } = all
      // The router repeats all dials on every navigation; a fault that is used up must not be armed
      // again.
      backend.turn(fault === before.fault ? others : all)
      if (!isSameWorld(before, backend.dials)) backend.reset()
    },
    reset: () => backend.reset(),
  }
  // As the server tells it; a page turns its dials by its address.
  const control = http.get('*/-/mock', () => HttpResponse.json(stateOf(backend)))
  return { mock, handlers: [...handlers, control] }
}

const worldOf = ({ scenario, api }: Dials): WorldDials => ({ scenario, api })

const isSameWorld = (a: WorldDials, b: WorldDials) => a.scenario === b.scenario && a.api === b.api

function keep(storage: JournalStorage, world: WorldDials, journal: readonly JournalEntry[]): void {
  storage.setItem(storageKey, JSON.stringify({ world, journal } satisfies Kept))
}

function readKept(storage: JournalStorage): Kept | undefined {
  const text = storage.getItem(storageKey)
  if (text === null) return undefined
  try {
    // Only `keep` writes this key. A journal written by another version of the demo fails in the
    // replay and is dropped.
    const kept = JSON.parse(text) as Partial<Kept>
    return kept.world && Array.isArray(kept.journal)
      ? { world: kept.world, journal: kept.journal }
      : undefined
  } catch {
    return undefined
  }
}

function toRequest({ method, path, body, token, jobToken }: JournalEntry): Request {
  const isRead = method === 'GET' || method === 'HEAD'
  return new Request(`${webRoot}/api${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token !== null && { 'private-token': token }),
      ...(jobToken !== undefined && { 'job-token': jobToken }),
    },
    ...(!isRead && { body: JSON.stringify(body) }),
  })
}
