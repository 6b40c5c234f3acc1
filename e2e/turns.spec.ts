import type { Page } from '@playwright/test'
import { expect, test } from './support/test.ts'

// The tests of a worker take turns in one page. The first of these leaves there whatever a test can leave;
// the second, in the same worker, must not find any of it.
test.describe.configure({ mode: 'serial' })

/**
 * Everything in the page, and around it, by which a test could tell that it is not the first; but for
 * `window.name` and the Cache API, which nothing here uses.
 */
const found = (page: Page) =>
  page.evaluate(async () => {
    return {
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      cookies: document.cookie,
      databases: (await indexedDB.databases()).map(({ name }) => name),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      script: 'leftByAScript' in window,
      year: new Date().getFullYear() > 2000,
      dark: matchMedia('(prefers-color-scheme: dark)').matches,
      width: window.innerWidth,
      clipboard: await navigator.clipboard.readText().then(
        () => 'to be read',
        () => 'not to be read',
      ),
      online: navigator.onLine,
      scrolled: window.scrollY,
    }
  })

let first: Awaited<ReturnType<typeof found>> | undefined

test('a test leaves everything that it can leave', async ({ page, context, panel }) => {
  await page.goto('licenses.txt')
  first = await found(page)

  await panel.open()
  await expect(panel.entry('partners')).toBeVisible()
  page.on('dialog', () => {})
  await page.addInitScript(() => Object.assign(window, { leftByAScript: true }))
  await page.clock.install({ time: 0 })
  await page.route('**/licenses.txt', (route) => route.abort())
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 320, height: 700 })
  await context.grantPermissions(['clipboard-read'])
  await page.evaluate(async () => {
    localStorage.setItem('left', '1')
    sessionStorage.setItem('left', '1')
    // biome-ignore lint/suspicious/noDocumentCookie: The other way is asynchronous and knows less.
    document.cookie = 'left=1'
    indexedDB.open('left')
    addEventListener('beforeunload', (event) => event.preventDefault())
    scrollTo(0, 200)
  })
  await panel.push().getByRole('checkbox').first().click()
  await context.setOffline(true)
})

test('the next one finds nothing of it', async ({ page }) => {
  expect(first, 'the test before has run').toBeDefined()
  await page.goto('licenses.txt')
  expect(await found(page)).toEqual(first)
})
