import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const sdk = 3
const releases = '/projects/1/releases'

test('from the refusal that a job has met, over the least that helps, to the call that gets through', {
  tag: '@wire',
}, async ({ page, panel }) => {
  await panel.open({ address: '/projects/1/access' })
  const refused = await panel.askAsJob(sdk, releases)
  expect(refused.status).toBe(403)

  // As a job's log prints it.
  await page
    .getByRole('textbox', { name: m.check_text() })
    .fill(`2026-01-15T09:00:00.000Z 01O ${JSON.stringify(refused.body)}`)
  await page.getByRole('combobox', { name: m.check_origin() }).fill('partners/sdk')
  await page.keyboard.press('Tab')
  const first = page.getByRole('article').first()
  await expect(first).toContainText(m.check_denied())

  await first.getByRole('link', { name: m.check_add() }).click()
  await panel.add()
  await expect(panel.permissions('partners/sdk')).toContainText('Read to Releases')
  expect(await panel.askAsJob(sdk, releases)).toMatchObject({ status: 200 })
  await page.goBack()
  await expect(first).toContainText(m.check_overtaken())
})
