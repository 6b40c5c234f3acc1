import { expect, type Page, type Request } from '@playwright/test'
import { scenarioNamed } from '../../mocks/scenarios/scenarios.ts'
import { m } from '../../src/i18n/paraglide/messages.js'
import { type Lang, speak } from './language.ts'
import type { Dials, Method, Role, World } from './world.ts'

/** How the console is opened. Without an address, at the one of the scenario. */
export type Opening = Partial<Dials> & {
  address?: string
  lang?: Lang
  theme?: 'light' | 'dark'
}

/** The console in a page, and the simulated GitLab behind it. */
export function createConsole(page: Page, newWorld: (dials: Dials) => World) {
  let world: World | undefined
  let hasClock = false

  function opened(): World {
    if (!world) throw new Error('open the panel first')
    return world
  }

  const asked = new Set<Request>()
  page.on('request', (request) => asked.add(request))
  page.on('requestfinished', (request) => asked.delete(request))
  page.on('requestfailed', (request) => asked.delete(request))

  const request = (method: Method, path: string, body?: unknown, as?: Role) =>
    opened().request(method, path, body, as)

  return {
    /** Opens the console on a new world, and waits until a page is shown. */
    async open({ address, lang, theme, ...dials }: Opening = {}): Promise<void> {
      const { scenario = 'contract' } = dials
      const declared = scenarioNamed(scenario)
      world = newWorld({ as: 'maintainer', ...declared.dials, ...dials, scenario })
      if (lang) speak(lang)
      await world.open(address ?? declared.address, {
        ...(lang && { lang }),
        ...(theme && { theme }),
      })
      await page.getByRole('heading', { level: 1 }).waitFor()
    },

    /** Changes the dials while the page is open, for example to end an outage. */
    turn: (changes: Parameters<World['turn']>[0]) => opened().turn(changes),

    /** The address of the simulated GitLab, as a user types it to sign in. */
    gitlab: () => opened().address,

    /** The dials, GitLab's clock, everything that is stored, and the journal of writes. */
    mock: () => opened().mock(),

    /** What the simulated GitLab holds of the job tokens of a project, in the names of its REST API. */
    async stored(project = 1) {
      const { state } = await opened().mock()
      const found = state.projects.find(({ id }) => id === project)
      if (!found) throw new Error(`nothing is stored of project ${project}`)
      return found
    },

    /** Sends a request beside the page, as another client of the same user would. */
    request: (method: Method, path: string, body?: unknown) => request(method, path, body),

    /** Another person, who sends requests beside the page. */
    as: (role: Role) => ({
      request: (method: Method, path: string, body?: unknown) => request(method, path, body, role),
    }),

    /** Sends a request as a job of this project would. */
    askAsJob: (project: number, path: string) => opened().askAsJob(project, path),

    /**
     * Lets time pass on the page's clock and on GitLab's. Timers of the page that are due run once,
     * as on a computer that was asleep.
     */
    async pass(milliseconds: number): Promise<void> {
      if (!hasClock) await page.clock.install()
      hasClock = true
      const { now } = await opened().mock()
      await opened().turn({ now: new Date(Date.parse(now) + milliseconds).toISOString() })
      await page.clock.fastForward(milliseconds)
    },

    /** Waits until nothing is requested any more, and nothing on the page says that it loads. */
    async settled(): Promise<void> {
      await expect
        .poll(
          async () => {
            const loading = page.getByRole('status').filter({ hasText: m.loading() })
            const busy = page.locator('[aria-busy="true"]')
            return [
              ...(await loading.or(busy).evaluateAll((found) => found.map((one) => one.outerHTML))),
              ...[...asked].map((one) => `${one.method()} ${one.url()}`),
            ]
          },
          { message: 'what the page still waits for' },
        )
        .toEqual([])
    },
  }
}
