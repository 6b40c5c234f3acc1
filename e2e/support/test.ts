import { randomUUID } from 'node:crypto'
import { test as base, expect, type Page } from '@playwright/test'
import { type ConnectPage, createConnectPage } from './connect-page.ts'
import { createHeader, type Header } from './header.ts'
import { type Lang, speak } from './language.ts'
import { type MockServer, startMockServer } from './mock-server.ts'
import { type Nginx, startNginx } from './nginx.ts'
import { createPanel, type Panel } from './panel.ts'
import { createProjectsPage, type ProjectsPage } from './projects-page.ts'
import { type Dials, demoWorld, type World, wireWorld } from './world.ts'

export { expect }

/** How a Playwright project runs the specs. */
export type Options = {
  /** On the demo build, or on the real build over HTTP. */
  target: 'demo' | 'wire'
  /** Against a GitLab with the permissions extension, or against a stock one. Over HTTP only. */
  api: 'rest' | 'gitlab'
  /** Served by nginx as `docs/deploy` describes, with the API on the same origin or on GitLab's. */
  nginx: 'none' | 'proxy' | 'cross-origin'
  /**
   * Whether the tests of a worker take turns in one page. Playwright empties it between them, as for its
   * component tests: storage, cookies, caches, service workers, routes, scripts, clock, window and colours.
   */
  _optionContextReuseMode: 'none' | 'when-possible'
}

type Fixtures = {
  /** Errors in the browser's console that do not fail the test. */
  expectedErrors: RegExp[]
  picture: undefined
  noErrors: undefined
  /** In which a test looks for words, until it opens a page in another one or chooses it there. */
  language: Lang
  words: undefined
  /** The violations of the Content-Security-Policy so far; any fails the test at its end. */
  violations: string[]
  /** Creates the simulated GitLab of this test; `panel.open` calls it. */
  newWorld: (dials: Dials) => World
  panel: Panel
  projects: ProjectsPage
  connect: ConnectPage
  header: Header
}

type WorkerFixtures = Options & {
  mockServer: MockServer | undefined
  nginxServer: Nginx | undefined
}

// The browser reports each refused or broken request, which many tests provoke.
const networkFailure = /^Failed to load resource: /

export const test = base.extend<Fixtures, WorkerFixtures>({
  target: ['demo', { option: true, scope: 'worker' }],
  api: ['rest', { option: true, scope: 'worker' }],
  nginx: ['none', { option: true, scope: 'worker' }],

  _optionContextReuseMode: ['none', { option: true, scope: 'worker' }],

  // What Playwright leaves behind in a page that the next test uses, too.
  context: async ({ context }, use) => {
    await use(context)
    await context.clearPermissions()
    await context.setOffline(false)
  },

  mockServer: [
    async ({ target }, use) => {
      const server = target === 'wire' ? await startMockServer() : undefined
      await use(server)
      await server?.stop()
    },
    { scope: 'worker' },
  ],

  nginxServer: [
    async ({ nginx, mockServer }, use) => {
      const server =
        nginx !== 'none' && mockServer
          ? await startNginx({ gitlab: mockServer.address, proxy: nginx === 'proxy' })
          : undefined
      await use(server)
      await server?.stop()
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ baseURL, nginxServer }, use) => {
    await use(nginxServer ? `${nginxServer.address}/` : baseURL)
  },

  expectedErrors: [[], { option: true }],

  // Before the other checks, so that it ends after them and sees whether they failed. Playwright's own option
  // takes a picture of every test before it knows how the test ends, a tenth of a short one's time.
  picture: [
    async ({ page }, use, testInfo) => {
      await use(undefined)
      if (testInfo.status === testInfo.expectedStatus || page.isClosed()) return
      const path = testInfo.outputPath('failed.png')
      await page.screenshot({ path })
      testInfo.attachments.push({ name: 'screenshot', path, contentType: 'image/png' })
    },
    { auto: true },
  ],

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

  violations: [
    async ({ page }, use) => {
      const violations: string[] = []
      await watchForViolations(page, (what) => violations.push(what))
      await use(violations)
      expect(violations, 'what the Content-Security-Policy forbade').toEqual([])
    },
    { auto: true },
  ],

  newWorld: async ({ page, mockServer, nginxServer, nginx, api }, use) => {
    await use((dials) => {
      if (!mockServer) return demoWorld(page, dials)
      const { address: mock } = mockServer
      // The proxy leads to a single world, which each test resets.
      if (nginxServer && nginx === 'proxy') {
        return wireWorld(page, { api, ...dials }, { mock, gitlab: nginxServer.address })
      }
      const world = `${mock}/w/${randomUUID()}`
      return wireWorld(page, { api, ...dials }, { mock: world, gitlab: world })
    })
  },

  language: ['en', { option: true }],
  words: [
    async ({ language }, use) => {
      speak(language)
      await use(undefined)
    },
    { auto: true },
  ],

  panel: async ({ page, newWorld }, use) => {
    await use(createPanel(page, newWorld))
  },

  projects: async ({ page }, use) => {
    await use(createProjectsPage(page))
  },

  connect: async ({ page, header }, use) => {
    await use(createConnectPage(page, header))
  },

  header: async ({ page }, use) => {
    await use(createHeader(page))
  },
})

/** Reports all violations of the page's policy, in each way in which browsers report them. */
async function watchForViolations(page: Page, found: (what: string) => void): Promise<void> {
  const prefix = 'Forbidden by policy: '
  await page.addInitScript((prefix) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // biome-ignore lint/suspicious/noConsole: Works in pages whose policy blocks everything else.
      console.warn(`${prefix}${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
    })
  }, prefix)
  page.on('console', (message) => {
    const text = message.text()
    if (text.startsWith(prefix) || /Content Security Policy|Permissions.Policy/i.test(text)) {
      found(text)
    }
  })
  page.on('requestfailed', (request) => {
    const { errorText = '' } = request.failure() ?? {}
    if (/BLOCKED_BY_CSP|^csp$/i.test(errorText)) found(`${errorText} ${request.url()}`)
  })
}
