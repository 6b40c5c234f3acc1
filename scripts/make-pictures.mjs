// Takes the README's screenshots of the demo, light and dark: `npm run pictures`.

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

// As it appears in a job's log.
const refusal =
  '{"message":"403 Forbidden - Insufficient permissions to access this resource in project storefront. The following token permission is required: admin_packages."}'

const pictures = [
  {
    file: 'panel-light.png',
    colorScheme: 'light',
    address: 'settings/ci_cd',
    async shown(page) {
      await page.getByRole('row').nth(10).waitFor({ state: 'attached' })
      await page.getByRole('checkbox').first().waitFor()
    },
  },
  {
    file: 'edit-dark.png',
    colorScheme: 'dark',
    address: 'settings/ci_cd?dialog=edit&target=partners/northline',
    // The counts are rendered last.
    shown: (page) =>
      page
        .getByRole('dialog')
        .getByText(/opens \d+ of \d+ endpoints/)
        .first()
        .waitFor(),
  },
  {
    file: 'found-light.png',
    colorScheme: 'light',
    address: 'settings/ci_cd?scenario=mixed&list_q=partners&list_permissions=default',
    async shown(page) {
      await page.getByRole('checkbox', { name: /^Select all/ }).check()
      await page.getByRole('button', { name: 'Change permissions' }).waitFor()
    },
  },
  {
    file: 'review-light.png',
    colorScheme: 'light',
    address: 'settings/ci_cd?scenario=mixed&list_q=partners&list_permissions=default',
    async shown(page) {
      await page.getByRole('checkbox', { name: /^Select all/ }).check()
      await page.getByRole('button', { name: 'Change permissions' }).click()
      await page.getByRole('radio', { name: 'Apply a preset' }).check()
      await page.getByRole('combobox', { name: 'Preset' }).selectOption({ index: 1 })
      await page.getByRole('button', { name: /^Review/ }).click()
      await page.getByRole('button', { name: /^Save/ }).waitFor()
    },
  },
  {
    file: 'access-light.png',
    colorScheme: 'light',
    address: `access?scenario=contract&origin=partners/sdk&q=${encodeURIComponent(refusal)}`,
    height: 800,
    shown: (page) => page.getByRole('article').first().waitFor(),
  },
]
for (const { file, colorScheme, address, height = 800, shown } of pictures) {
  const page = await browser.newPage({
    viewport: { width: 1280, height },
    colorScheme,
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  })
  await page.goto(`${server.resolvedUrls.local[0]}projects/1/${address}`)
  await shown(page)
  await page.evaluate(() => document.fonts.ready)
  // The demo bar is not part of the console.
  await page.getByRole('region', { name: 'Demo' }).evaluate((bar) => bar.remove())
  await page.screenshot({ path: `docs/pictures/${file}` })
  await page.close()
  console.log(`docs/pictures/${file}`)
}
await browser.close()
await server.close()
