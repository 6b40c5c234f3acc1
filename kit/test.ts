/** Playwright fixtures for tests of the console, and of other clients of the same GitLab. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import {
  test as base,
  expect,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from '@playwright/test'
import type { Opening } from '../e2e/support/console.ts'
import { type Lang, speak } from '../e2e/support/language.ts'
import { createPanel } from '../e2e/support/panel.ts'
import { openState } from '../e2e/support/states.ts'
import { serve } from '../e2e/support/static-server.ts'
import { demoWorld, httpGitLab, type SimulatedGitLab } from '../e2e/support/world.ts'
import { dialsFromRecord } from '../mocks/dials.ts'
import { type MockServer, startServer } from '../mocks/server.ts'
import { flows, stateNamed } from '../src/app/demo/states/states.ts'

export type { Answer, Dials, Method, Role, SimulatedGitLab, Turn } from '../e2e/support/world.ts'
export type { DialChanges } from '../mocks/dials.ts'
export type { MockState } from '../mocks/state.ts'
export type { Opening }
export { expect }

/** The names of the declared states, in the order of the gallery. */
export const stateNames: readonly string[] = flows.flatMap(({ states }) =>
  states.map(({ name }) => name),
)

export type Panel = Omit<ReturnType<typeof createPanel>, 'open'> & {
  /**
   * Opens the console on a new world, and waits until a page is shown.
   * @throws DialError that names a malformed dial
   */
  open(opening?: Opening): Promise<void>
  /**
   * Opens a declared state in a new world: leads the page there, and expects what it shows.
   * @throws Error for a name that is not declared
   */
  openState(name: string): Promise<void>
}

/** The simulated GitLab over HTTP of one test. */
export type OwnGitLab = SimulatedGitLab & {
  /** Drops all writes and arms the faults again. */
  reset(): Promise<void>
}

export type Fixtures = {
  /** The language in which the panel's places are looked for. A page is opened in it. */
  language: Lang
  /** The console with its simulated GitLab in the page. */
  panel: Panel
  /** A simulated GitLab over HTTP that no other test uses, for clients of your own. */
  gitlab: OwnGitLab
}

export type WorkerFixtures = {
  /** The address at which the console's demo is served, with a slash at the end. */
  demo: string
  mockServer: MockServer
}

/** Playwright's own `test`, with the fixtures. Nothing is started that a test does not ask for. */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & Fixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions & WorkerFixtures
> = base.extend<Fixtures, WorkerFixtures>({
  language: ['en', { option: true }],

  demo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what it needs.
    async ({}, use) => {
      const server = await serve([join(import.meta.dirname, 'demo')])
      await use(`${server.address}/`)
      await server.stop()
    },
    { scope: 'worker' },
  ],

  mockServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what it needs.
    async ({}, use) => {
      const server = await startServer({ port: 0, dials: { scenario: 'contract' } })
      await use(server)
      await server.close()
    },
    { scope: 'worker' },
  ],

  panel: async ({ page, demo, language }, use) => {
    speak(language)
    const panel = createPanel(page, (dials) => demoWorld(page, dials, demo))
    await use({
      ...panel,
      async open(opening = {}) {
        const { address, lang = language, theme, ...dials } = opening
        // In an address a malformed dial is left out, and a test would pass without it.
        dialsFromRecord(dials)
        await panel.open({ ...opening, lang })
      },
      async openState(name) {
        const state = stateNamed(name)
        if (!state)
          throw new Error(`No state is called ${name}. There are ${stateNames.join(', ')}`)
        await openState(page, panel, state)
      },
    })
  },

  gitlab: async ({ mockServer }, use) => {
    const world = `${mockServer.url}/w/${randomUUID()}`
    await use(httpGitLab(world, { as: 'maintainer', api: 'rest' }))
  },
})
