import { createServer } from 'node:net'
import { defineConfig } from '@playwright/test'
import type { Options } from './e2e/support/test.ts'
import { findBrowser } from './scripts/find-browser.mjs'

/** A port that nobody listens on: two checkouts, or a developer's own server, stay apart. */
function freePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(String(typeof address === 'object' && address?.port)))
    })
  })
}

// Kept in the environment, because every worker process reads this file again.
process.env.CHROMIUM_PATH ??= findBrowser() ?? ''
process.env.E2E_DEMO_PORT ??= await freePort()
process.env.E2E_WIRE_PORT ??= await freePort()

const executablePath = process.env.CHROMIUM_PATH
// Served from a folder, because the demo promises to work in any folder of any host.
const demoFolder = '/some/folder/'
const demo = `http://127.0.0.1:${process.env.E2E_DEMO_PORT}${demoFolder}`
const wire = `http://127.0.0.1:${process.env.E2E_WIRE_PORT}/`

// The server builds first what is missing.
const startTimeout = 180_000

/**
 * Two projects: `demo` runs every spec on the demo build with the mock in the browser; `wire` runs
 * those tagged `@wire` also on the real build, which talks to the mock over HTTP; `@wire-only` ones
 * need a server that others can reach.
 */
export default defineConfig<object, Options>({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  expect: { timeout: 10_000 },
  use: {
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: ['--disable-gpu', '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
  },
  projects: [
    { name: 'demo', grepInvert: /@wire-only/, use: { target: 'demo', baseURL: demo } },
    { name: 'wire', grep: /@wire/, use: { target: 'wire', baseURL: wire } },
  ],
  webServer: [
    {
      command: `node scripts/serve-build.mjs demo ${process.env.E2E_DEMO_PORT} ${demoFolder}`,
      url: demo,
      timeout: startTimeout,
    },
    {
      command: `node scripts/serve-build.mjs production ${process.env.E2E_WIRE_PORT}`,
      url: wire,
      timeout: startTimeout,
    },
  ],
})
