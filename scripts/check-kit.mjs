// Packs the kit, unpacks it beside a copy of `docs/kit-example`, and runs the example: its types, its
// Playwright specs, those of the kit's README, and its curl script. Outside of the repository, where no package of ours is found by
// chance. The specs' report is `test-results/kit.json`.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './find-browser.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const example = mkdtempSync(join(tmpdir(), 'kit-example-'))
const kit = join(example, 'node_modules', 'job-token-console-kit')

/** Runs a command in the example's folder, and returns what it says. */
function run(what, file, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd: example,
    encoding: 'utf8',
    ...options,
  })
  if (status === 0) return stdout
  throw new Error(`${what} failed\n${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`)
}

/** The script of a development tool of this repository. */
function tool(packageName, name) {
  const folder = join(root, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, bin[name])
}

function pack() {
  // The npm that runs this script, on this Node: a bare `npm` is npm.cmd on Windows.
  const npm = process.env.npm_execpath
  const args = ['pack', './kit', '--pack-destination', example, '--loglevel=error']
  const options = { cwd: root, shell: !npm && process.platform === 'win32' }
  const said = npm
    ? run('npm pack', process.execPath, [npm, ...args], options)
    : run('npm pack', 'npm', args, options)
  return said.trim().split('\n').at(-1)
}

function unpack(tarball) {
  mkdirSync(kit, { recursive: true })
  run('tar', 'tar', ['-xzf', tarball, '-C', kit, '--strip-components=1'])
  // What a tester has already.
  for (const name of ['@playwright', '@types']) {
    symlinkSync(join(root, 'node_modules', name), join(example, 'node_modules', name), 'junction')
  }
}

/** Writes the examples of the kit's README into files of their own. @returns their number */
function takeExamples() {
  const text = readFileSync(join(kit, 'README.md'), 'utf8')
  const specs = [...text.matchAll(/```ts\n(.*?)```/gs)]
  for (const [at, [, code]] of specs.entries()) {
    writeFileSync(join(example, `readme-${at + 1}.spec.ts`), code)
  }
  const [, program] = /```js\n(.*?)```/s.exec(text) ?? []
  writeFileSync(join(example, 'readme.js'), program ?? '')
  return specs.length
}

async function runRequests() {
  if (spawnSync('curl', ['--version']).status !== 0) {
    console.log('requests.sh: not run: no curl')
    return
  }
  const mock = spawn(process.execPath, [join(kit, 'dist', 'job-token-mock.js'), '--port', '0'], {
    cwd: example,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = await once(mock.stdout, 'data')
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(String(line))?.[0]
    if (!address) throw new Error(`job-token-mock said: ${line}`)
    const said = run('requests.sh', 'bash', ['requests.sh', address])
    console.log(`requests.sh: ${said.match(/^ok: /gm)?.length ?? 0} answers as expected`)
  } finally {
    mock.kill()
  }
}

try {
  cpSync(join(root, 'docs', 'kit-example'), example, { recursive: true })
  const tarball = pack()
  unpack(tarball)
  console.log(`Kit: ${tarball}, with ${takeExamples()} specs in its README`)
  const said = run('The program of the README', process.execPath, ['readme.js'])
  if (!said.includes('version')) throw new Error(`The program of the README said: ${said}`)
  run('tsc', process.execPath, [tool('typescript', 'tsc'), '--project', example])
  await runRequests()
  process.env.CHROMIUM_PATH ??= findBrowser() ?? ''
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = join(root, 'test-results', 'kit.json')
  const playwright = tool('@playwright/test', 'playwright')
  const specs = [playwright, 'test', '--workers=2', '--reporter=list,json']
  run('Playwright', process.execPath, specs, { stdio: 'inherit' })
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  rmSync(example, { recursive: true, force: true })
}
