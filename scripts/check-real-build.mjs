// Checks the built files: the real console contains no mock, no mock worker and no demo bar; its
// first view has the compile hint; its page has a policy; and the licence notices of all contents
// are beside it. With `--prove` it also searches the demo build for the same traces: a trace that
// is missing there would be missing everywhere, and the check would prove nothing.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

function fail(message) {
  console.error(`Real build: ${message}`)
  process.exit(1)
}

/** The text of all files of a build, by file name. */
function textOf(folder) {
  const path = join(root, folder)
  if (!existsSync(join(path, 'index.html'))) fail(`${folder} is missing or empty. Build it first`)
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.(html|js|css|json|map)$/.test(entry.name))
    .map((entry) => `${entry.name}\n${readFileSync(join(entry.parentPath, entry.name), 'utf8')}`)
    .join('\n')
}

/** The sentences of the demo bar and gallery in a catalogue: their keys begin with `demo_`. */
function demoSentences(locale) {
  const file = join(root, 'src', 'i18n', 'messages', `${locale}.json`)
  const catalogue = Object.entries(JSON.parse(readFileSync(file, 'utf8')))
  const sentences = catalogue
    // The flows of the states are called as the parts of the console that they show.
    .filter(([key]) => key.startsWith('demo_') && !key.startsWith('demo_flow_'))
    .filter(([, text]) => typeof text === 'string')
    // The texts around a parameter are compiled separately. Single words are too common to prove
    // anything.
    .flatMap(([, text]) => text.split(/\{[^}]*\}/))
    .map((part) => part.trim())
    .filter((part) => part.length >= (locale === 'ja' ? 6 : 12))
  if (sentences.length === 0) fail(`${locale}.json has no sentence of the demo to look for`)
  return sentences
}

/** The purposes of all scenarios: a build that contains the mock contains them. */
async function scenarioPurposes() {
  const { module } = await runnerImport('./mocks/scenarios/scenarios.ts', {
    root,
    configFile: false,
  })
  const purposes = module.scenarios.map(({ purpose }) => purpose)
  if (purposes.length === 0) fail('there is no scenario to look for')
  return purposes
}

const traces = [
  /\bmsw\b/i,
  /mockServiceWorker/,
  /glpat-(admin|owner|maintainer|developer|guest|stranger|expired)/,
  ...(await scenarioPurposes()),
  ...demoSentences('en'),
  ...demoSentences('ja'),
]
const holds = (text, trace) => (typeof trace === 'string' ? text.includes(trace) : trace.test(text))

const real = textOf('dist')
const found = traces.filter((trace) => holds(real, trace))
if (found.length > 0) fail(`dist holds traces of the mock or the demo: ${found.join(', ')}`)
if (process.argv.includes('--prove')) {
  const demo = textOf('dist-demo')
  const stale = traces.filter((trace) => !holds(demo, trace))
  if (stale.length > 0) fail(`not even dist-demo holds: ${stale.join(', ')}`)
}
// V8 ignores the hint unless it is at the very start of the file.
const assets = join(root, 'dist', 'assets')
const early = readdirSync(assets).filter((name) => /^(react|first-view)-.*\.js$/.test(name))
if (early.length !== 2) fail(`the first view is made of ${early.join(', ') || 'nothing'}`)
for (const name of early) {
  const isHinted = readFileSync(join(assets, name), 'utf8').startsWith(
    '//# allFunctionsCalledOnLoad\n',
  )
  if (!isHinted) fail(`${name} does not begin with V8's compile hint`)
}

// A policy applies to what follows it, and browsers look for the character set in the first 1024
// bytes.
const page = readFileSync(join(root, 'dist', 'index.html'), 'utf8')
const policyAt = page.indexOf('http-equiv="Content-Security-Policy"')
const first = page.search(/<(script|link|style)\b/)
if (policyAt < 0 || policyAt > first) fail('no policy stands before what index.html loads')
const charsetAt = Buffer.from(page).indexOf('charset=')
if (charsetAt < 0 || charsetAt > 1024) fail('the character set of index.html comes too late')

/** The sections of licenses.txt by package name, without the version after ` - `. */
function notices(folder) {
  const file = join(root, folder, 'licenses.txt')
  if (!existsSync(file)) fail(`${folder} has no licenses.txt`)
  const sections = readFileSync(file, 'utf8').split(/^## /m).slice(1)
  return new Map(
    sections.map((section) => {
      const [title, ...text] = section.split('\n')
      return [title.replace(/( - .*)? \(.*\)$/, ''), text.join('\n')]
    }),
  )
}
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const wanted = [...Object.keys(dependencies), 'GitLab Sans', 'Icons and colours of GitLab']
const given = notices('dist')
const unnamed = wanted.filter((name) => !given.has(name))
if (unnamed.length > 0) fail(`licenses.txt does not name ${unnamed.join(', ')}`)
const bare = [...given].filter(([, text]) => !/copyright/i.test(text) || text.length < 500)
if (bare.length > 0) fail(`licenses.txt has no text for ${bare.map(([name]) => name).join(', ')}`)
console.log(`Real build: ${given.size} notices in licenses.txt`)

console.log(`Real build: none of ${traces.length} traces of the mock or the demo`)
