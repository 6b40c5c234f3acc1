// Installs the dependencies when they are missing, outdated or incomplete. Every command that a
// newcomer may run first calls this script; when there is nothing to do, it returns within
// milliseconds. Uses only Node built-ins, because it runs before node_modules exists.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.installed')

/** Whether a Node release is in `range` (`^20.19.0 || >=24.0.0`). */
function allows(range, version) {
  const parse = (text) => text.split('.').map(Number)
  const [major, minor, patch] = parse(version)
  return range.split('||').some((part) => {
    const alternative = part.trim()
    const [wantedMajor, wantedMinor, wantedPatch] = parse(alternative.replace(/^(\^|>=)/, ''))
    if (major !== wantedMajor) return alternative.startsWith('>=') && major > wantedMajor
    return minor === wantedMinor ? patch >= wantedPatch : minor > wantedMinor
  })
}

function fail(message) {
  console.error(`\n${message}\n`)
  process.exit(1)
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const { node: range } = JSON.parse(readText(join(root, 'package.json'))).engines
if (!allows(range, process.versions.node)) {
  fail(`Job Token Console needs Node ${range}; this is Node ${process.versions.node}.`)
}

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
const stamp = `${process.version} ${process.platform}-${process.arch} ${lock}\n`
if (readText(stampFile) !== stamp) {
  console.log('Installing dependencies…')
  // Without the stamp file, the next command repairs an interrupted installation.
  rmSync(stampFile, { force: true })
  // With NODE_ENV=production, npm would leave out the tools that build and test the console.
  const ci = ['ci', '--include=dev', '--no-audit', '--no-fund']
  // The npm that runs this script, on this Node: a bare `npm` is npm.cmd on Windows.
  const npm = process.env.npm_execpath
  const { status, error } = npm
    ? spawnSync(process.execPath, [npm, ...ci], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', ci, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) fail(`Installing failed${error ? `: ${error.message}` : ''}. Run: npm ci`)
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
}
