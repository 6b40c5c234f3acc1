import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const list = 'GET /job_token_scope/allowlist'

test('offline is said, and what failed comes back with the network', async ({
  context,
  page,
  panel,
}) => {
  await panel.open({ fault: `${list} abort` })
  const alert = panel.allowlist().getByRole('alert')
  await expect(alert).toContainText(m.error_unreachable())
  await context.setOffline(true)
  await expect(page.getByText(m.offline())).toBeVisible()
  await panel.turn({ fault: '' })
  await context.setOffline(false)
  await expect(page.getByText(m.offline())).toBeHidden()
  await expect(panel.entry('partners')).toBeVisible()
})

test('after too many requests the list comes by itself, when GitLab has had its time', async ({
  page,
  panel,
}) => {
  await panel.open({ fault: `${list} 429` })
  const alert = panel.allowlist().getByRole('alert')
  await expect(alert).toContainText(m.error_rate_limited_for({ seconds: 1 }))
  await expect(alert.getByRole('timer')).toBeVisible()
  await panel.turn({ fault: '' })
  await expect(panel.entry('partners')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('a wait that another origin may not read is guessed', {
  tag: '@wire-only',
}, async ({ page, panel }) => {
  await page.clock.install()
  // Both lists: by the answer of one, a GitLab can tell that it has no use for the other.
  await panel.open({ fault: `${list} 429 1; GET /job_token_scope/groups_allowlist 429 1` })
  const alert = panel.allowlist().getByRole('alert')
  await expect(alert).toContainText(m.error_rate_limited())
  await expect(alert.getByRole('timer')).toHaveText(/1\d/)
  await page.clock.runFor(16_000)
  await expect(panel.entry('partners')).toBeVisible()
})

test('a lost answer of which nothing can be found out is said to be open, and asked about first', async ({
  panel,
}) => {
  await panel.open()
  await panel.askToAdd()
  await panel.nameTarget('partners/sdk')
  await panel.turn({ fault: `POST /allowlist lost 1; ${list} 500` })
  await panel.add()
  const alert = panel.dialog().getByRole('alert')
  await expect(alert).toContainText(m.error_unreachable())
  await expect(alert).toContainText(m.error_outcome_unknown())
  await panel.turn({ fault: 'POST /allowlist 500' })
  await panel.add()
  await expect(panel.toast()).toContainText(m.entry_added({ path: 'partners/sdk' }))
  await expect(panel.entry('partners/sdk')).toBeVisible()
})

test('Back in the middle of saving asks, and what was saved is shown', async ({ page, panel }) => {
  await panel.open({ fault: 'POST /allowlist delay:1500' })
  await panel.askToAdd()
  await panel.nameTarget('partners/sdk')
  await panel.add()
  await page.goBack()
  await panel.discard()
  await expect(panel.dialog()).toBeHidden()
  await expect(panel.toast()).toContainText(m.entry_added({ path: 'partners/sdk' }))
  await expect(panel.entry('partners/sdk')).toBeVisible()
})

test('two presses send one request', async ({ panel }) => {
  await panel.open({ fault: 'POST /allowlist delay:300' })
  await panel.askToAdd()
  await panel.nameTarget('partners/sdk')
  await panel.dialog().getByRole('button', { name: m.add(), exact: true }).dblclick()
  await expect(panel.toast()).toContainText(m.entry_added({ path: 'partners/sdk' }))
  await expect(panel.dialog()).toBeHidden()
})
