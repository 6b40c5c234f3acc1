import { defineConfig } from '@playwright/test'
import { freePort } from './e2e/support/servers.ts'
import type { Options } from './e2e/support/test.ts'
import { findBrowser } from './scripts/find-browser.mjs'
import { findNginx } from './scripts/find-nginx.mjs'

// Kept in the environment, because every worker process reads this file again.
process.env.CHROMIUM_PATH ??= findBrowser() ?? ''
process.env.E2E_DEMO_PORT ??= String(await freePort())
process.env.E2E_WIRE_PORT ??= String(await freePort())

const executablePath = process.env.CHROMIUM_PATH
// Served from a folder, because the demo promises to work in any folder of any host.
const demoFolder = '/some/folder/'
const demo = `http://127.0.0.1:${process.env.E2E_DEMO_PORT}${demoFolder}`
const wire = `http://127.0.0.1:${process.env.E2E_WIRE_PORT}/`

// The server builds first what is missing.
const startTimeout = 180_000

const hasNginx = findNginx() !== undefined

/**
 * One set of specs, several set-ups. `demo` runs every spec on the demo build with the mock in the
 * browser. The others run the real build, which talks to the mock over HTTP.
 *
 * - `wire` and `stock` run the specs tagged `@wire`: one per operation of the API, happy and refused,
 *   and signing in. They differ in the GitLab: with the permissions extension, and without. Where there
 *   is an nginx, it serves the build as docs/deploy says: for `wire` GitLab is on another origin, for
 *   `stock` behind the same one. Then a test fails on whatever the Content-Security-Policy forbids.
 * - `plain` runs what is tagged `@wire-only`: it needs a server that others can reach, but differs on
 *   no set-up, or asks hosts that the policy forbids.
 *
 * `gallery` visits each declared state by its address, twice: `npm run test:gallery`, beside the others
 * because it takes minutes.
 *
 * More tags: `@no-demo` needs a server that others can reach. `@nginx` is about nginx itself, `@proxy`
 * about nginx as a proxy.
 */
const real = { target: 'wire', baseURL: wire } as const
const everySetUp = [/@wire(?!-only)/, ...(hasNginx ? [/@nginx/] : [])]

export default defineConfig<object, Options>({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results/e2e',
  // Pictures are compared within a run alone.
  snapshotPathTemplate: 'test-results/pictures/{projectName}/{testName}/{arg}{ext}',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  // No test measures time: these only end one that waits for ever, on a machine that others use, too.
  timeout: 45_000,
  expect: { timeout: 15_000 },
  use: {
    _optionContextReuseMode: 'when-possible',
    locale: 'en-US',
    timezoneId: 'UTC',
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: ['--disable-gpu', '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
  },
  projects: [
    {
      name: 'demo',
      grepInvert: /@no-demo|@wire-only|@nginx|@gallery/,
      use: { target: 'demo', baseURL: demo },
    },
    ...(process.env.GALLERY
      ? [{ name: 'gallery', grep: /@gallery/, use: { target: 'demo', baseURL: demo } as const }]
      : []),
    {
      name: 'wire',
      grep: everySetUp,
      grepInvert: /@proxy/,
      use: { ...real, nginx: hasNginx ? 'cross-origin' : 'none' },
    },
    {
      name: 'stock',
      grep: everySetUp,
      // GitLab's page for signing in is the same without the extension, and not behind the proxy:
      // deploy.spec.ts finds it where it is.
      testIgnore: 'oauth.spec.ts',
      use: { ...real, api: 'gitlab', nginx: hasNginx ? 'proxy' : 'none' },
    },
    {
      name: 'plain',
      grep: /@wire-only/,
      // Some of these search the memory of the page's process for what nobody may hold any more: the
      // tests before must not have used it.
      use: { ...real, _optionContextReuseMode: 'none' },
    },
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
