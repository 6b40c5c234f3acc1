import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

// About the build, which no set-up changes.
test.describe('code that does not arrive', () => {
  test.use({ expectedErrors: [/could not be fetched|dynamically imported module/] })

  test('leaves the page as it is, says so, and is fetched on demand', {
    tag: '@wire-only',
  }, async ({ page, panel }) => {
    await page.route(/PushForm-.*\.js/, (route) => route.abort())
    await panel.open()
    const failure = page.getByRole('alert').filter({ hasText: m.part_failed() })
    await expect(failure).toBeVisible()
    await expect(panel.entry('partners')).toBeVisible()
    await expect(panel.modeChange()).toBeVisible()
    await page.unrouteAll()
    await failure.getByRole('button', { name: m.try_again() }).click()
    await expect(page.getByRole('checkbox', { name: m.push_own() })).toBeVisible()
    await expect(failure).toBeHidden()
  })

  test('of a dialog leads back to the page, and the dialog opens later', {
    tag: '@wire-only',
  }, async ({ page, panel }) => {
    await page.route(/EntryDialog-.*\.js/, (route) => route.abort())
    await panel.open()
    await panel.askToRemove('partners')
    const failure = page.getByRole('alert').filter({ hasText: m.part_failed() })
    await expect(failure.getByRole('button', { name: m.try_again() })).toBeFocused()
    await failure.getByRole('button', { name: m.cancel() }).click()
    await expect(failure).toBeHidden()
    await page.unrouteAll()
    await panel.askToRemove('partners')
    await expect(panel.dialog()).toContainText('partners')
  })
})

test('a tab that opens in the background fetches what belongs to its page', async ({
  page,
  panel,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(document, 'hidden', { get: () => true })
    // Such a tab paints nothing.
    window.requestAnimationFrame = () => 0
  })
  await panel.open()
  await expect(panel.push().getByRole('checkbox', { name: m.push_own() })).toBeVisible()
})
