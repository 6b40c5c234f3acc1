// Takes a picture of every declared state of the demo, in both themes, both languages and two widths:
// `npm run screenshots`. Beside them it writes index.html, which tells what has changed since the run
// before. Names of states limit the run: `npm run screenshots -- panel add-dialog`. With `--docs` it
// takes the pictures of the README instead.

import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { build, preview, runnerImport } from 'vite'
import { findBrowser } from './find-browser.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

const folder = 'screenshots'
const now = join(folder, 'now')
const before = join(folder, 'before')
const manifest = join(now, 'manifest.json')
const themes = ['light', 'dark']
const languages = ['en', 'ja']
const widths = [1280, 320]
const height = 800
/** How each state is looked at. */
const looks = widths.flatMap((width) =>
  languages.flatMap((lang) => themes.map((theme) => [width, lang, theme])),
)

/** The pictures of the README, by the state that each shows. */
const documented = [
  { file: 'panel-light.png', state: 'panel-company', theme: 'light' },
  { file: 'edit-dark.png', state: 'edit-company', theme: 'dark' },
  { file: 'found-light.png', state: 'bulk-mixed', theme: 'light' },
  { file: 'review-light.png', state: 'set-review', theme: 'light' },
  { file: 'access-light.png', state: 'access-denied', theme: 'light' },
]

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { docs: { type: 'boolean', default: false } },
})

const [{ flows }, { lookEvent }] = await Promise.all(
  ['states', 'look-event'].map(async (name) => {
    const file = `./src/app/demo/states/${name}.ts`
    return (await runnerImport(file, { configFile: false })).module
  }),
)
const states = flows.flatMap(({ states }) => states)
const named = (name) => {
  const found = states.find((state) => state.name === name)
  if (!found) throw new Error(`No state is called ${name}`)
  return found
}

// Built, because a tab that loads some hundred modules one by one takes seconds.
await build({ mode: 'demo', logLevel: 'error' })
const server = await preview({ mode: 'demo', logLevel: 'error', preview: { port: 0 } })
const [address] = server.resolvedUrls.local
const executablePath = findBrowser()
const browser = await chromium.launch({ ...(executablePath && { executablePath }) })

/** Opens a state in a fresh tab, hands its page over once it has been reached, and closes it. */
async function visit({ name }, look, work) {
  const page = await browser.newPage({
    viewport: { width: widths[0], height },
    colorScheme: look.theme,
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  })
  try {
    // The page tells when it has read the list.
    await page.clock.setFixedTime('2026-01-15T09:00:00Z')
    await page.goto(`${address}#/?${new URLSearchParams({ state: name, ...look })}`)
    const reached = await page.waitForFunction(() => document.documentElement.dataset.state)
    if ((await reached.jsonValue()) !== name) throw new Error(`${name} was not reached`)
    // The demo bar is not part of the console.
    await page.addStyleTag({ content: '[data-demo-bar] { display: none }' })
    await work(page)
  } finally {
    await page.close()
  }
}

/** Waits until a turned page has been laid out and painted. */
const painted = (page) =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  )

async function takeAll() {
  const isPart = positionals.length > 0
  const last = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}
  rmSync(before, { recursive: true, force: true })
  if (existsSync(now)) cpSync(now, before, { recursive: true })
  if (!isPart) rmSync(now, { recursive: true, force: true })
  mkdirSync(now, { recursive: true })

  const taken = isPart ? { ...last } : {}
  const failed = []
  for (const state of isPart ? positionals.map(named) : states) {
    try {
      Object.assign(taken, await takeState(state))
      process.stdout.write('.')
    } catch (error) {
      failed.push(`${state.name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  writeFileSync(manifest, JSON.stringify(taken, null, 2))
  const comparison = await compare(taken, last)
  writeFileSync(join(folder, 'index.html'), indexOf(taken, comparison))
  const { changed, fresh, gone } = comparison
  console.log(
    `\n${Object.keys(taken).length} pictures in ${folder}/: ` +
      `${changed.length} changed, ${fresh.length} new, ${gone.length} gone since the last run`,
  )
  for (const problem of failed) console.error(problem)
  process.exitCode = failed.length > 0 || Object.keys(taken).length === 0 ? 1 : 0
}

/** Takes all pictures of a state with one load. Returns the hash of each by its file name. */
async function takeState(state) {
  const taken = {}
  await visit(state, { lang: languages[0], theme: themes[0] }, async (page) => {
    for (const [width, lang, theme] of looks) {
      await page.setViewportSize({ width, height })
      await page.evaluate(
        ({ event, detail }) => window.dispatchEvent(new CustomEvent(event, { detail })),
        { event: lookEvent, detail: { lang, theme } },
      )
      await painted(page)
      const file = `${state.name}-${width}-${lang}-${theme}.png`
      const picture = await page.screenshot({ path: join(now, file) })
      taken[file] = createHash('sha256').update(picture).digest('hex')
    }
  })
  return taken
}

/** Tells which pictures are new, gone, or differ from those of the last run. */
async function compare(taken, last) {
  const files = Object.keys(taken)
  const others = files.filter((file) => last[file] && last[file] !== taken[file])
  const page = await browser.newPage()
  const changed = []
  for (const file of others) if (await differ(page, file)) changed.push(file)
  await page.close()
  return {
    changed,
    fresh: files.filter((file) => !last[file]),
    gone: Object.keys(last).filter((file) => !taken[file]),
  }
}

/**
 * Whether two pictures of a file differ to an eye. A browser that paints a page again may draw some of its
 * pixels by one of 255 levels lighter or darker.
 */
function differ(page, file) {
  const pictures = [before, now].map((place) => readFileSync(join(place, file)).toString('base64'))
  return page.evaluate(async (pictures) => {
    const [one, other] = await Promise.all(
      pictures.map(async (picture) => {
        const response = await fetch(`data:image/png;base64,${picture}`)
        const image = await createImageBitmap(await response.blob())
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
        context.drawImage(image, 0, 0)
        return context.getImageData(0, 0, image.width, image.height)
      }),
    )
    return (
      one.width !== other.width ||
      one.height !== other.height ||
      one.data.some((level, at) => Math.abs(level - other.data[at]) > 2)
    )
  }, pictures)
}

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The page that compares a run with the one before, and shows every state. */
function indexOf(taken, { changed, fresh, gone }) {
  const figure = (path) =>
    `<figure><a href="${path}"><img loading="lazy" src="${path}" alt=""></a>` +
    `<figcaption>${path}</figcaption></figure>`
  const part = (title, files, places) =>
    files.length === 0
      ? ''
      : `<h2>${escaped(title)}</h2><div>${files
          .flatMap((file) => places.map((place) => figure(`${place}/${file}`)))
          .join('')}</div>`
  const ofState = ({ name, purpose }) => {
    const files = looks.map(([width, lang, theme]) => `${name}-${width}-${lang}-${theme}.png`)
    return part(
      `${name}: ${purpose.en}`,
      files.filter((file) => taken[file]),
      ['now'],
    )
  }
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>States of the console</title>
<style>
  body { margin: 2rem; font: 14px system-ui }
  div { display: flex; flex-wrap: wrap; gap: 1rem }
  figure { margin: 0 }
  img { height: 240px; border: 1px solid #ccc }
  figcaption { font-size: 11px }
</style>
<h1>States of the console</h1>
${part(`Changed: ${changed.length}`, changed, ['before', 'now'])}
${part(`New: ${fresh.length}`, fresh, ['now'])}
${part(`Gone: ${gone.length}`, gone, ['before'])}
${states.map(ofState).join('\n')}
</html>
`
}

async function takeDocumented() {
  mkdirSync('docs/pictures', { recursive: true })
  for (const { file, state, theme } of documented) {
    await visit(named(state), { lang: 'en', theme }, (page) =>
      page.screenshot({ path: `docs/pictures/${file}` }),
    )
    console.log(`docs/pictures/${file}`)
  }
}

try {
  if (values.docs) await takeDocumented()
  else await takeAll()
} finally {
  await browser.close()
  await server.close()
}
