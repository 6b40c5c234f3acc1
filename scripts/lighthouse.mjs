// Audits the demo's panel with Lighthouse, as built and served compressed: `npm run lighthouse`.
// Prints the median of five runs. Not part of `npm test`: npm fetches Lighthouse at the first call.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'
import { findBrowser } from './find-browser.mjs'

/** The last line of releases that runs on Node 20. */
const lighthouse = 'lighthouse@12.8.2'
const runs = 5
const categories = ['performance', 'accessibility', 'best-practices']
/** Categories that must be perfect. Performance depends on the machine and is printed only. */
const perfect = ['accessibility', 'best-practices']

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
process.env.NODE_ENV = 'production'
await build({ mode: 'demo', logLevel: 'error' })
// Vite's preview compresses what it serves.
const server = await preview({ mode: 'demo', logLevel: 'error', preview: { port: 0 } })
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'))
const address = `${server.resolvedUrls?.local[0]}#/projects/1/settings/ci_cd`

/** One run's report. In a process of its own beside this one, which serves the demo meanwhile. */
async function audit(run) {
  const report = join(folder, `${run}.json`)
  const audited = spawn(
    'npx',
    [
      '--yes',
      lighthouse,
      address,
      `--only-categories=${categories.join(',')}`,
      '--preset=desktop',
      '--chrome-flags=--headless --no-sandbox --disable-gpu --disable-background-networking',
      '--output=json',
      `--output-path=${report}`,
      '--quiet',
    ],
    { stdio: 'inherit', env: { ...process.env, CHROME_PATH: findBrowser() } },
  )
  const [code] = await once(audited, 'exit')
  if (code !== 0) throw new Error(`Lighthouse ended with ${code}`)
  return JSON.parse(readFileSync(report, 'utf8'))
}

try {
  const reports = []
  for (let run = 1; run <= runs; run++) reports.push(await audit(run))
  let missed = false
  for (const name of categories) {
    const scores = reports.map(({ categories }) => categories[name].score).sort((a, b) => a - b)
    const median = scores[Math.floor(runs / 2)]
    console.log(`${name}: ${median} (${scores.join(', ')})`)
    if (!perfect.includes(name) || median === 1) continue
    missed = true
    const [{ audits, categories: found }] = reports
    for (const { id } of found[name].auditRefs) {
      const { score, title, details } = audits[id]
      if (score === null || score === 1) continue
      console.log(`  ${id}: ${title}`)
      for (const { node } of details?.items ?? []) console.log(`    ${node?.snippet}`)
    }
  }
  process.exitCode = missed ? 1 : 0
} finally {
  rmSync(folder, { recursive: true })
  await server.close()
}
