// Fails the build when the first view of the panel exceeds its budget: everything that is fetched
// until the table is shown, as transferred (gzip).

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')
/** The entry points of the first view. Files without a chunk of their own are part of the entry. */
const roots = ['index.html', 'src/features/panel/PanelPage.tsx']
const budgets = { JavaScript: 160_000, CSS: 20_000 }

function fail(message) {
  console.error(`Budget: ${message}`)
  process.exit(1)
}

const manifestFile = join(dist, '.vite', 'manifest.json')
if (!existsSync(manifestFile)) fail(`${manifestFile} is missing. Run: npm run build`)
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))

/** Collects a chunk, everything that it imports statically, and their style sheets. */
function collect(key, files = new Set(), seen = new Set()) {
  const chunk = manifest[key]
  if (!chunk) fail(`the build has no ${key}`)
  if (seen.has(key)) return files
  seen.add(key)
  files.add(chunk.file)
  for (const style of chunk.css ?? []) files.add(style)
  for (const imported of chunk.imports ?? []) collect(imported, files, seen)
  return files
}

if (!manifest['index.html']?.isEntry) fail('the build has no entry index.html')
const files = new Set()
for (const file of roots) {
  if (!existsSync(join(root, file)))
    fail(`${file} is gone. Moved? Then say so in scripts/budget.mjs`)
  if (manifest[file]) for (const needed of collect(file)) files.add(needed)
}
// Files that the page itself references, whether or not they are in the manifest.
const page = readFileSync(join(dist, 'index.html'), 'utf8')
for (const [, address] of page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)) files.add(address)

const totals = { JavaScript: 0, CSS: 0 }
for (const file of [...files].sort()) {
  const kind = file.endsWith('.css') ? 'CSS' : 'JavaScript'
  const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
  totals[kind] += size
  console.log(`${String(size).padStart(8)} B  ${file}`)
}

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`
let over = false
for (const [kind, budget] of Object.entries(budgets)) {
  const passed = totals[kind] <= budget
  over ||= !passed
  const verdict = passed ? '' : ': OVER'
  console.log(`First view, ${kind}: ${kB(totals[kind])} of ${kB(budget)} (gzip)${verdict}`)
}
if (totals.JavaScript === 0) fail('found no JavaScript, so it measured nothing')
if (over) process.exit(1)
