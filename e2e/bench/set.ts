import type { Browser, Page, Request } from '@playwright/test'
import { m } from '../../src/i18n/paraglide/messages.js'
import { press, type Sample, type Subject, visit } from './measure.ts'
import { token, type Worlds } from './worlds.ts'

/** What each write waits for in the simulated GitLab, in milliseconds. */
const latency = 20

/** How many writes the console has on their way at the same time. */
const atOnce = 4

/** The ratio to the time that the same writes take as bare requests of the same page, `atOnce` at a time. */
export const timesBare = 'writes, times bare requests'

/**
 * Changes all 400 entries of a full list in one set.
 * @param api the kind of server: with the permissions extension, or stock
 */
export async function measureSet(
  browser: Browser,
  worlds: Worlds,
  { subject, api }: { readonly subject: Subject; readonly api: 'rest' | 'gitlab' },
): Promise<Sample> {
  await worlds.turn(400, { scenario: 'at-limit', api, latency: 0 })
  await worlds.reset(400)
  const conditions = {
    subject,
    connection: worlds.connection(400),
    size: 400,
    slowdown: 1,
  } as const
  return await visit(browser, conditions, async ({ page }) => {
    const reviewed = await review(page)
    await worlds.turn(400, { latency })
    const bare = await timeOfBareWrites(page, worlds.connection(400).address)
    const took = await timeOfWrites(page, () =>
      page.getByRole('button', { name: m.set_save({ count: 400 }), exact: true }).click(),
    )
    return {
      'review, press to painted': reviewed,
      'writes, first to last': took,
      'writes, times their latency': took / ((400 * latency) / atOnce),
      [timesBare]: took / bare,
    }
  })
}

/** Selects all entries and gives each another scope; the time from the press to the painted review. */
async function review(page: Page): Promise<number> {
  await page.evaluate(() => window.bench.quiet())
  await page.getByRole('checkbox', { name: /^Select all/ }).check()
  await page.getByRole('button', { name: m.selection_change(), exact: true }).click()
  await page.getByRole('radio', { name: m.bulk_scope() }).check()
  await page.getByLabel(m.bulk_resource(), { exact: true }).selectOption('SECURE_FILES')
  await page.getByLabel(m.bulk_how(), { exact: true }).selectOption('exactly')
  await page.evaluate(() => window.bench.quiet())
  const button = page.getByRole('button', { name: m.bulk_review({ count: 400 }), exact: true })
  const { painted } = await press(page, button, () =>
    page.evaluate(() => {
      const isThere = () => document.querySelectorAll('dialog[aria-modal] li').length >= 400
      window.bench.arm(isThere, isThere)
    }),
  )
  return painted
}

/** On stock GitLab a read of the list before and after the set counts as well: GraphQL posts both. */
const isWrite = (request: Request): boolean => request.method() !== 'GET'

/**
 * Milliseconds that as many writes take without a console: what the browser, the simulated GitLab and this
 * machine need beside the latency. They name no entry, so that nothing is written.
 */
const timeOfBareWrites = (page: Page, address: string): Promise<number> =>
  page.evaluate(
    async ({ address, atOnce, token }) => {
      let next = 0
      async function work() {
        while (next < 400) {
          const url = `${address}/api/v4/projects/1/job_token_scope/allowlist/${++next}`
          const response = await fetch(
            new Request(url, {
              method: 'PUT',
              headers: { 'PRIVATE-TOKEN': token, 'Content-Type': 'application/json' },
              body: '{"default_permissions":true}',
            }),
          )
          await response.text()
        }
      }
      const start = performance.now()
      await Promise.all(Array.from({ length: atOnce }, work))
      return performance.now() - start
    },
    { address, atOnce, token },
  )

/** Milliseconds from the start of the first write to the answer to the last one, by the browser's clock. */
async function timeOfWrites(page: Page, save: () => Promise<void>): Promise<number> {
  const starts: number[] = []
  const ends: number[] = []
  // Not by looking for words on the page meanwhile, which takes it a third of its time.
  const written = new Promise<void>((resolve) => {
    page.on('requestfinished', (request) => {
      if (!isWrite(request)) return
      const { startTime, responseEnd } = request.timing()
      starts.push(startTime)
      ends.push(startTime + responseEnd)
      if (starts.length === 400) resolve()
    })
  })
  await save()
  await written
  await page.getByText(m.set_count_saved({ count: '400' }), { exact: true }).waitFor()
  return Math.max(...ends) - Math.min(...starts)
}
