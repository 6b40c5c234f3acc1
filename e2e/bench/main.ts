import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import { build } from 'vite'
import { findBrowser } from '../../scripts/find-browser.mjs'
import { type StaticServer, serve } from '../support/static-server.ts'
import {
  type Conditions,
  measureLarge,
  measurePanel,
  type Sample,
  type Subject,
} from './measure.ts'
import { type Load, measureReading } from './reading.ts'
import { format, isTooBusy, type Part, type Series, summarize } from './report.ts'
import { measureSet } from './set.ts'
import { openWorlds, type Size, sizes } from './worlds.ts'

const results = 'bench-results'
const slowdowns = [1, 4] as const
const parts: readonly Part[] = [...sizes, 'set', 'reading']

const flags = {
  quick: { type: 'boolean', default: false },
  only: { type: 'string' },
  slowdown: { type: 'string' },
  against: { type: 'string', multiple: true },
  help: { type: 'boolean', default: false },
} as const

const help = `Measures the real console against a page without any framework, in Chromium, and how fast it
reads what is pasted, in Node.

  --quick              3 runs instead of 7
  --only <parts>       of ${parts.join(', ')}; several separated by commas
  --slowdown <times>   of ${slowdowns.join(', ')}
  --against <folder>   another build of the console, measured in the same run; may be repeated

Prints medians and writes all runs to ${results}/bench.json. It is no test of time: it fails only
when something could not be measured.`

type Plan = {
  readonly runs: number
  readonly sizes: readonly Size[]
  /** Whether to measure a set of changes, on both kinds of server. */
  readonly set: boolean
  /** Whether to measure endpoint matching and the reading of pasted text. */
  readonly reading: boolean
  readonly slowdowns: readonly number[]
  readonly against: readonly string[]
}

export async function main(argv: readonly string[], load: Load): Promise<void> {
  const plan = readFlags(argv)
  if (!plan) return console.log(help)

  const series: Series[] = []
  if (plan.reading) {
    const runs = await measureReading(plan.runs, join(results, 'domain'), load)
    series.push({ subject: 'domain', part: 'reading', slowdown: 1, runs })
  }
  const browser = plan.sizes.length > 0 || plan.set ? await measurePages(plan, series) : undefined
  report(browser, plan, series)
}

/** Adds the measurements in the browser, and returns the browser's name and version. */
async function measurePages(plan: Plan, series: Series[]): Promise<string> {
  const built = join(results, 'console')
  // A folder of its own, so that another build cannot change the measured files.
  await build({ logLevel: 'warn', build: { outDir: built, emptyOutDir: true } })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const servers: StaticServer[] = []
  const worlds = await openWorlds(
    plan.set ? [...new Set([...plan.sizes, 400 as const])] : plan.sizes,
  )
  const browser = await chromium.launch({
    executablePath: findBrowser({ whole: true }) ?? '',
    handleSIGINT: false,
    handleSIGTERM: false,
    args: ['--disable-gpu', '--disable-component-update', '--disable-sync', '--no-first-run'],
  })
  try {
    async function subject(name: string, hasDialogs: boolean, ...folders: string[]) {
      const server = await serve(folders, { compressed: true })
      servers.push(server)
      return { name, hasDialogs, address: server.address }
    }
    const ours = await subject('console', true, built)
    const subjects = [await subject('floor', false, 'src/ui/fonts', 'e2e/bench/floor'), ours]
    for (const folder of plan.against) {
      subjects.push(await subject(folder.split('/').at(-1) ?? folder, true, resolve(folder)))
    }
    for (const size of plan.sizes) {
      for (const slowdown of plan.slowdowns) {
        const each = { size, slowdown, connection: worlds.connection(size) }
        series.push(...(await measureAll(browser, plan.runs, subjects, each)))
      }
    }
    if (plan.set) {
      for (const [name, api] of [
        ['console', 'rest'],
        ['on stock', 'gitlab'],
      ] as const) {
        const runs: Sample[] = []
        // The first run is a warm-up and is not recorded.
        for (let run = 0; run <= plan.runs; run += 1) {
          const sample = await measureSet(browser, worlds, { subject: ours, api })
          if (run > 0) runs.push(sample)
        }
        series.push({ subject: name, part: 'set', slowdown: 1, runs })
      }
    }
    return browser.version()
  } finally {
    await browser.close()
    await worlds.stop()
    for (const server of servers) await server.stop()
  }
}

function readFlags(argv: readonly string[]): Plan | undefined {
  const {
    quick,
    only,
    slowdown,
    against,
    help: asked,
  } = parseArgs({
    args: [...argv],
    options: flags,
  }).values
  if (asked) return undefined
  const isWanted = (part: Part | number, text: string | undefined) =>
    text?.split(',').includes(String(part)) ?? true
  const chosen = {
    runs: quick ? 3 : 7,
    sizes: sizes.filter((size) => isWanted(size, only)),
    set: isWanted('set', only),
    reading: isWanted('reading', only),
    slowdowns: slowdowns.filter((times) => isWanted(times, slowdown)),
    against: against ?? [],
  }
  if (!chosen.reading && !chosen.set && chosen.sizes.length === 0) throw new Error(help)
  if (chosen.slowdowns.length === 0) throw new Error(help)
  return chosen
}

/** Alternates between the subjects in each run, so that other load affects all alike. */
async function measureAll(
  browser: Browser,
  runs: number,
  subjects: readonly Subject[],
  conditions: Omit<Conditions, 'subject'>,
): Promise<Series[]> {
  const { size, slowdown } = conditions
  const isLarge = size > 400
  const taking = subjects.filter(({ hasDialogs }) => !isLarge || hasDialogs)
  const series = taking.map(
    ({ name }): Series => ({ subject: name, part: size, slowdown, runs: [] }),
  )
  // The first run is a warm-up and is not recorded.
  for (let run = 0; run <= runs; run += 1) {
    process.stdout.write(`${size} entries, ${slowdown}x CPU: ${run || 'warm-up'} of ${runs}\r`)
    for (const [n, subject] of taking.entries()) {
      const measure = isLarge ? measureLarge : measurePanel
      const sample = await measure(browser, { ...conditions, subject })
      if (run > 0) series[n]?.runs.push(sample)
    }
  }
  return series
}

function report(browser: string | undefined, plan: Plan, series: readonly Series[]): void {
  const rows = summarize(series)
  console.log(`\n${format(rows)}\n`)
  if (rows.some(isTooBusy)) console.log('This machine was too busy: do not trust these numbers.')
  const file = join(results, 'bench.json')
  const machine = {
    browser,
    node: process.version,
    processors: cpus().map(({ model }) => model),
    load: loadavg(),
  }
  mkdirSync(dirname(file), { recursive: true })
  const content = { at: new Date().toISOString(), machine, runs: plan.runs, rows, series }
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
  const missed = rows.filter(({ reached }) => reached === false).length
  const aimed = rows.filter(({ target }) => target).length
  console.log(`${aimed - missed} of ${aimed} targets reached; all runs in ${file}`)
}
