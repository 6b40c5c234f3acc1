import { randomUUID } from 'node:crypto'
import { test as base, expect } from '@playwright/test'
import { type ConnectPage, createConnectPage } from './connect-page.ts'
import { type MockServer, startMockServer } from './mock-server.ts'
import { createPanel, type Panel } from './panel.ts'
import { createProjectsPage, type ProjectsPage } from './projects-page.ts'
import { type Dials, demoWorld, type World, wireWorld } from './world.ts'

export { expect }

/** How a project runs the specs: on the demo build, or on the real build over HTTP. */
export type Options = { target: 'demo' | 'wire' }

type Fixtures = {
  /** What the page may write to the console as an error without failing the test. */
  expectedErrors: RegExp[]
  noErrors: undefined
  /** Makes the simulated GitLab of this test; `panel.open` does so by itself. */
  newWorld: (dials: Dials) => World
  panel: Panel
  projects: ProjectsPage
  connect: ConnectPage
}

// A refused or broken request is what many tests are about; the browser reports each by itself.
const networkFailure = /^Failed to load resource: /

export const test = base.extend<Fixtures, Options & { mockServer: MockServer | undefined }>({
  target: ['demo', { option: true, scope: 'worker' }],

  mockServer: [
    async ({ target }, use) => {
      const server = target === 'wire' ? await startMockServer() : undefined
      await use(server)
      await server?.stop()
    },
    { scope: 'worker' },
  ],

  expectedErrors: [[], { option: true }],

  noErrors: [
    async ({ page, expectedErrors }, use) => {
      const errors: string[] = []
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text())
      })
      await use(undefined)
      const expected = [networkFailure, ...expectedErrors]
      expect(
        errors.filter((error) => !expected.some((pattern) => pattern.test(error))),
        'errors in the page',
      ).toEqual([])
    },
    { auto: true },
  ],

  newWorld: async ({ page, mockServer }, use) => {
    await use((dials) =>
      mockServer
        ? wireWorld(page, dials, mockServer.address, randomUUID())
        : demoWorld(page, dials),
    )
  },

  panel: async ({ page, newWorld }, use) => {
    await use(createPanel(page, newWorld))
  },

  projects: async ({ page }, use) => {
    await use(createProjectsPage(page))
  },

  connect: async ({ page }, use) => {
    await use(createConnectPage(page))
  },
})
