// `npm test`, locally and in CI: all checks, the fast ones first. Stops at the first stage that
// fails; the last line is always `N passed, N failed`.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './find-browser.mjs'
import { findNginx } from './find-nginx.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
// Inherited values of these would change what is built and tested.
delete process.env.NODE_ENV
delete process.env.FORCE_COLOR

const total = { passed: 0, failed: 0 }
const reports = {
  unit: 'test-results/unit.json',
  e2e: 'test-results/e2e.json',
  kit: 'test-results/kit.json',
}

/** The script of a package's command: run by this Node, without a shell, on any system. */
function command(packageName, name = packageName) {
  const folder = join('node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[name])
}

/** Runs a Node script. Prints its output at once, or with `quiet` only returns it. */
function run(args, { quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    })
    let output = ''
    const keep = (chunk) => {
      output += chunk
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.once('error', (error) => resolve({ ok: false, output: `${output}${error.message}\n` }))
    child.once('close', (code) => resolve({ ok: code === 0, output }))
  })
}

/** Runs several scripts in parallel, and prints the output of those that failed. */
async function runTogether(scripts) {
  const results = await Promise.all(scripts.map((args) => run(args, { quiet: true })))
  for (const { ok, output } of results) if (!ok) process.stdout.write(output)
  return results
}

const allPassed = (results) => results.every(({ ok }) => ok)

/** Runs a stage. Its failure counts as one failed test, unless a runner has reported its own. */
async function stage(name, work) {
  console.log(`\n── ${name}`)
  const before = total.failed
  const start = performance.now()
  let ok = false
  try {
    ok = await work()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`── ${name}: ${ok ? 'passed' : 'FAILED'} in ${seconds} s`)
  if (ok) return
  if (total.failed === before) total.failed += 1
  finish()
}

function finish() {
  console.log(`\n${total.passed} passed, ${total.failed} failed`)
  process.exit(total.failed > 0 ? 1 : 0)
}

/** Adds a test runner's results. A runner without tests has failed, whatever its exit code. */
function count(what, passed, failed) {
  total.passed += passed
  total.failed += failed
  if (passed + failed > 0) return true
  console.error(`${what}: not one test ran`)
  return false
}

// ── what the E2E tests need of the system

const isDebianRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0

const apt = (...names) => [
  ['apt-get', 'update'],
  ['apt-get', 'install', '-y', '--no-install-recommends', ...names],
]

/** Runs commands until one fails, and returns whether all succeeded. */
const install = (way) =>
  way.every(([file, ...args]) => {
    const { status } = spawnSync(file, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: 4 * 60_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    return status === 0
  })

/** The ways to install a browser, each a list of commands; the most likely one comes first. */
function waysToInstall() {
  // Ubuntu has no such package, or only a placeholder for another store: then the last way is used.
  const own = [[process.execPath, command('playwright'), 'install', 'chromium']]
  return isDebianRoot ? [apt('chromium-headless-shell'), apt('chromium'), own] : [own]
}

function installBrowser() {
  console.log('No Chrome or Chromium found: installing one…')
  for (const way of waysToInstall()) {
    const browser = install(way) && findBrowser()
    if (browser) return browser
  }
  return undefined
}

await stage('browser', () => {
  const browser = findBrowser() ?? installBrowser()
  if (!browser) {
    console.error('No browser for the E2E tests. Install one, or name one in CHROMIUM_PATH:')
    console.error('  npx playwright install --with-deps chromium')
    return false
  }
  console.log(browser)
  process.env.CHROMIUM_PATH = browser
  return true
})

/** Printed for tests behind nginx that cannot run: neither a pass nor a failure. */
const noNginx = 'not run: no nginx'

await stage('nginx', () => {
  if (!findNginx() && isDebianRoot) {
    console.log('No nginx found: installing one…')
    install(apt('nginx-light', 'ca-certificates'))
  }
  console.log(findNginx() ?? `The E2E tests behind nginx: ${noNginx}`)
  return true
})

// ── static checks

await stage('messages', async () => allPassed(await runTogether([['scripts/messages.mjs']])))

await stage('format, lint, import rules; dead code; types', async () => {
  const results = await runTogether([
    [command('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '--colors=off'],
    ['scripts/import-rules.mjs'],
    [command('knip'), '--no-progress'],
    [command('typescript', 'tsc')],
  ])
  const checked = Number(/Checked (\d+) files?/.exec(results[0]?.output ?? '')?.[1] ?? 0)
  console.log(`Biome read ${checked} files`)
  if (checked === 0) console.log(results[0]?.output)
  return checked > 0 && allPassed(results)
})

// ── dependencies

await stage('known vulnerabilities', async () => (await run(['scripts/audit.mjs'])).ok)

// ── unit tests

await stage('unit tests', async () => {
  rmSync(reports.unit, { force: true })
  const { ok } = await run([
    command('vitest'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reports.unit}`,
  ])
  const report = JSON.parse(readFileSync(reports.unit, 'utf8'))
  return count('Unit tests', report.numPassedTests, report.numFailedTests) && ok
})

// ── builds

await stage('builds', async () => {
  const vite = command('vite')
  // One after the other: both write the compiled messages, and must not read each other's half.
  for (const mode of ['production', 'demo']) {
    const [build] = await runTogether([[vite, 'build', `--mode=${mode}`, '--logLevel=warn']])
    if (!build?.ok) return false
  }
  const budget = await run(['scripts/budget.mjs'])
  const noMock = await run(['scripts/check-real-build.mjs', '--prove'])
  const materials = await run(['scripts/sbom.mjs'])
  return budget.ok && noMock.ok && materials.ok
})

// ── the kit for other people's tests

await stage('kit', async () => {
  rmSync(reports.kit, { force: true })
  const { ok } = await run(['scripts/check-kit.mjs'])
  if (!existsSync(reports.kit)) return false
  const { expected, unexpected, flaky } = JSON.parse(readFileSync(reports.kit, 'utf8')).stats
  return count('Kit', expected, unexpected + flaky) && ok
})

// ── E2E tests

/** All tests of a report, each with the Playwright project that ran it. */
const testsOf = (suite) => [
  ...(suite.specs ?? []).flatMap((spec) => spec.tests),
  ...(suite.suites ?? []).flatMap(testsOf),
]

/** Counts the results of a project's tests, and the time that it took. */
function countProject(project, tests) {
  const ran = tests.filter(({ projectName }) => projectName === project)
  const passed = ran.filter(({ status }) => status === 'expected').length
  const failed = ran.filter(({ status }) => status === 'unexpected' || status === 'flaky').length
  const times = ran.flatMap(({ results }) =>
    results.map(({ startTime, duration }) => [Date.parse(startTime), duration]),
  )
  const start = Math.min(...times.map(([begun]) => begun))
  const end = Math.max(...times.map(([begun, duration]) => begun + duration))
  const seconds = times.length > 0 ? ((end - start) / 1000).toFixed(1) : '0'
  console.log(`${project}: ${passed} passed, ${failed} failed in ${seconds} s`)
  return count(`E2E tests, ${project}`, passed, failed)
}

await stage('E2E tests', async () => {
  rmSync(reports.e2e, { force: true })
  const { ok } = await run([command('@playwright/test', 'playwright'), 'test'])
  const report = JSON.parse(readFileSync(reports.e2e, 'utf8'))
  const tests = testsOf(report)
  const outcomes = report.config.projects.map(({ name }) => countProject(name, tests))
  if (!findNginx()) console.log(`wire and stock behind nginx: ${noNginx}`)
  return ok && outcomes.every(Boolean)
})

finish()
