// Asks npm whether a shipped package or a build tool has a known vulnerability. Fails for one in a
// shipped package and for a critical one in a tool; others are only printed. Where npm gets no
// answer (no network, or a registry without audits) it prints "not run" and passes: `npm test`
// works offline.

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const severities = ['info', 'low', 'moderate', 'high', 'critical']
const isAtLeast = (severity, least) => severities.indexOf(severity) >= severities.indexOf(least)

/**
 * Summarises the output of `npm audit --json`.
 * @param report its parsed output
 * @param lock the parsed package-lock.json, which marks development tools
 * @returns undefined where it is not a report; else one line per vulnerable package
 */
export function readAudit(report, lock) {
  if (typeof report?.vulnerabilities !== 'object') return undefined
  const found = Object.values(report.vulnerabilities).map(
    ({ name, severity, nodes = [], via = [] }) => {
      const isTool = nodes.length > 0 && nodes.every((node) => lock.packages?.[node]?.dev === true)
      // The other items are names of packages that depend on a vulnerable one.
      const titles = via.flatMap((cause) => (typeof cause === 'object' ? [cause.title] : []))
      const line = `${name} (${severity}, ${isTool ? 'a tool' : 'shipped'})`
      return {
        fails: isAtLeast(severity, isTool ? 'critical' : 'moderate'),
        line: [line, ...titles].join(': '),
      }
    },
  )
  const linesOf = (fails) => found.filter((one) => one.fails === fails).map(({ line }) => line)
  return { failing: linesOf(true), noted: linesOf(false) }
}

/**
 * The output of `npm audit`; undefined where npm does not answer in time.
 * @param patience the time limit in milliseconds
 */
export function askNpm({ patience = 10_000, env = process.env } = {}) {
  const args = ['audit', '--json', '--fetch-retries=0', `--fetch-timeout=${patience}`]
  // The npm that runs this script, on this Node: a bare `npm` is npm.cmd on Windows.
  const npm = process.env.npm_execpath
  const [file, before] = npm ? [process.execPath, [npm]] : ['npm', []]
  return new Promise((resolve) => {
    const child = spawn(file, [...before, ...args], {
      cwd: root,
      env,
      // npm's other output names its registry and its log file.
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: !npm && process.platform === 'win32',
      timeout: patience,
      killSignal: 'SIGKILL',
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.once('error', () => resolve(undefined))
    child.once('close', () => {
      try {
        resolve(JSON.parse(output))
      } catch {
        resolve(undefined)
      }
    })
  })
}

/** Prints the result. @returns whether the check passes */
async function audit() {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const found = readAudit(await askNpm(), lock)
  if (!found) {
    console.log('Known vulnerabilities: not run: npm audit gets no answer here')
    return true
  }
  for (const line of found.noted) console.log(`noted: ${line}`)
  for (const line of found.failing) console.error(`vulnerable: ${line}`)
  console.log(`Known vulnerabilities: ${found.failing.length}, and ${found.noted.length} noted`)
  return found.failing.length === 0
}

if (process.argv[1] === fileURLToPath(import.meta.url) && !(await audit())) process.exitCode = 1
