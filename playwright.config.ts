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

/**
 * One set of specs, five set-ups. `demo` runs every spec on the demo build with the mock in the
 * browser. The others run the real build, which talks to the mock over HTTP, and of the specs those
 * tagged `@wire`: one per operation of the API, happy and refused, and signing in.
 *
 * - `wire` and `stock` differ in the GitLab: with the permissions extension, and without.
 * - `nginx` and `nginx-cross-origin` are served as docs/deploy says, GitLab behind the same origin or
 *   on another. There a test fails on whatever the Content-Security-Policy forbids.
 *
 * More tags: `@no-demo` needs a server that others can reach; `@wire-only`, too, but differs on no
 * other set-up. `@nginx` is about nginx itself, `@proxy` about nginx as a proxy.
 */
const real = { target: 'wire', baseURL: wire } as const
const everySetUp = /@wire(?!-only)/
const behindNginx = [everySetUp, /@nginx/]
/**
 * GitLab's page for signing in is the same with and without the extension, and not behind the proxy:
 * deploy.spec.ts finds it where it is.
 */
const oauth = 'oauth.spec.ts'
const nginxProjects = [
  {
    name: 'nginx',
    grep: behindNginx,
    testIgnore: oauth,
    use: { ...real, nginx: 'proxy' },
  },
  {
    name: 'nginx-cross-origin',
    grep: behindNginx,
    grepInvert: /@proxy/,
    use: { ...real, nginx: 'cross-origin' },
  },
] as const

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
    {
      name: 'demo',
      grepInvert: /@no-demo|@wire-only|@nginx/,
      use: { target: 'demo', baseURL: demo },
    },
    { name: 'wire', grep: /@wire/, use: real },
    { name: 'stock', grep: everySetUp, testIgnore: oauth, use: { ...real, api: 'gitlab' } },
    ...(findNginx() ? nginxProjects : []),
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
