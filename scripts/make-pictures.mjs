// Takes the README's pictures of the demo, light and dark: `npm run pictures`.

import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { createServer } from 'vite'
import { findBrowser } from './find-browser.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
mkdirSync('docs/pictures', { recursive: true })

const server = await createServer({ mode: 'demo', logLevel: 'error', server: { port: 0 } })
await server.listen()
const executablePath = findBrowser()
const browser = await chromium.launch({ ...(executablePath && { executablePath }) })

const pictures = [
  { file: 'panel-light.png', colorScheme: 'light', search: '' },
  {
    file: 'edit-dark.png',
    colorScheme: 'dark',
    search: '?dialog=edit&target=partners/northline',
  },
]
for (const { file, colorScheme, search } of pictures) {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    colorScheme,
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  })
  await page.goto(`${server.resolvedUrls.local[0]}projects/1/settings/ci_cd${search}`)
  await page.getByRole('row').nth(10).waitFor({ state: 'attached' })
  if (search) await page.getByRole('dialog').waitFor()
  await page.evaluate(() => document.fonts.ready)
  // The dials of the demo are not part of the console.
  await page.getByRole('region', { name: 'Demo' }).evaluate((bar) => bar.remove())
  await page.screenshot({ path: `docs/pictures/${file}` })
  await page.close()
  console.log(`docs/pictures/${file}`)
}
await browser.close()
await server.close()
