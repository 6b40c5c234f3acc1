import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import { expect, test } from './support/test.ts'

const limit = '200'
const list = '/projects/1/job_token_scope'

test('a removed project stays off the allowlist after a reload', { tag: '@wire' }, async ({
  page,
  panel,
}) => {
  const path = 'acme/platform/deploy-tools'
  await panel.open()
  await panel.askToRemove(path)
  await expect(panel.dialog()).toHaveAccessibleName(m.remove_title({ path }))
  await expect(panel.dialog()).toContainText(m.remove_body({ path }))
  await panel.confirm()
  await expect(panel.toast()).toContainText(m.entry_removed({ path }))
  await expect(panel.entry(path)).toBeHidden()
  await expect(panel.count(m.count_projects({ count: 0, limit }))).toBeVisible()

  await page.reload()
  await expect(panel.entry('partners')).toBeVisible() // loaded, so the next line means something
  await expect(panel.entry(path)).toBeHidden()
})

test('a removed group stays off the allowlist after a reload', { tag: '@wire' }, async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.askToRemove('partners')
  await panel.confirm()
  await expect(panel.toast()).toContainText(m.entry_removed({ path: 'partners' }))
  await expect(panel.count(m.count_groups({ count: 0, limit }))).toBeVisible()

  await page.reload()
  await expect(panel.entry('acme/platform/deploy-tools')).toBeVisible()
  await expect(panel.entry('partners')).toBeHidden()
})

test('nothing is removed without a yes, and the focus is back where it was', async ({
  page,
  panel,
}) => {
  await panel.open()
  const remove = panel
    .entry('partners')
    .getByRole('button', { name: m.remove_entry({ path: 'partners' }) })
  for (const leave of [() => panel.cancel(), () => page.keyboard.press('Escape')]) {
    await remove.click()
    await expect(panel.dialog()).toBeVisible()
    await leave()
    await expect(panel.dialog()).toBeHidden()
    await expect(remove).toBeFocused()
  }
  await page.reload()
  await expect(panel.entry('partners')).toBeVisible()
})

test('a double click asks as well, and the page behind the question stands still', async ({
  page,
  panel,
}) => {
  await panel.open()
  const overflow = () => page.evaluate(() => getComputedStyle(document.documentElement).overflowY)
  await panel
    .entry('partners')
    .getByRole('button', { name: m.remove_entry({ path: 'partners' }) })
    .dblclick()
  await expect(panel.dialog()).toBeVisible()
  await expect.poll(overflow).toBe('hidden')
  // Beside it, a press closes it.
  await page.mouse.click(5, 200)
  await expect(panel.dialog()).toBeHidden()
  await expect.poll(overflow).not.toBe('hidden')
})

for (const [kind, path, address] of [
  ['project', 'acme/platform/deploy-tools', `${list}/allowlist/2`],
  ['group', 'partners', `${list}/groups_allowlist/12`],
] as const) {
  test(`a ${kind} that is removed already is removed: GitLab's "not there" is no failure`, {
    tag: '@wire',
  }, async ({ page, panel }) => {
    await panel.open()
    await panel.askToRemove(path)
    expect((await panel.request('DELETE', address)).status).toBe(204)
    await panel.confirm()
    await expect(panel.toast()).toContainText(m.entry_removed({ path }))
    await expect(panel.dialog()).toBeHidden()
    await expect(panel.entry(path)).toBeHidden()
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
}

test('an entry that somebody else has changed meanwhile is asked about once more', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.askToRemove('partners')
  await panel.request('PUT', `${list}/groups_allowlist/12`, {
    default_permissions: false,
    job_token_policies: ['READ_RELEASES'],
  })
  await panel.confirm()
  const alert = panel.dialog().getByRole('alert')
  await expect(alert).toHaveText(m.remove_changed({ permissions: 'Read to Releases' }))
  await expectInSight(page, alert)
  await expect(panel.permissions('partners')).toHaveText('Read to Releases')
  await panel.confirm()
  await expect(panel.toast()).toContainText(m.entry_removed({ path: 'partners' }))
  await expect(panel.entry('partners')).toBeHidden()
})

test('the browser repeats a removal whose connection broke, and what it hears then is no failure', {
  tag: '@wire',
}, async ({ page, panel }) => {
  await panel.open()
  await expect(panel.entry('partners')).toBeVisible()
  await panel.askToRemove('partners')
  await panel.turn({ fault: 'DELETE /groups_allowlist/12 lost 1' })
  await panel.confirm()
  await expect(panel.toast()).toContainText(m.entry_removed({ path: 'partners' }))
  await expect(panel.dialog()).toBeHidden()
  await expect(panel.entry('partners')).toBeHidden()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('an old error is gone when another entry is asked for', async ({ panel }) => {
  await panel.open({ fault: 'DELETE groups_allowlist/12 503 1' })
  await panel.askToRemove('partners')
  await panel.confirm()
  await expect(panel.dialog().getByRole('alert')).toBeVisible()
  await panel.cancel()
  await panel.askToRemove('acme/platform/deploy-tools')
  await expect(panel.dialog()).toContainText('acme/platform/deploy-tools')
  await expect(panel.dialog().getByRole('alert')).toBeHidden()
})

test('while it is being removed the dialog stays, whatever is pressed', async ({ page, panel }) => {
  await panel.open({ fault: 'DELETE groups_allowlist/12 timeout' })
  await panel.askToRemove('partners')
  await panel.confirm()
  const confirm = panel.dialog().getByRole('button', { name: m.remove_confirm() })
  await expect(confirm).toHaveAttribute('aria-busy', 'true')
  await expect(panel.dialog().getByRole('button', { name: m.cancel() })).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(confirm).toHaveAttribute('aria-busy', 'true')
})

test('a hidden project can be removed, with a warning that this account cannot add it again', async ({
  page,
  panel,
}) => {
  const path = 'legal/contracts-vault'
  await panel.open({ scenario: 'default' })
  await expect(panel.entry(path)).toContainText(m.badge_hidden())
  await panel.askToRemove(path)
  await expect(panel.dialog()).toContainText(m.remove_hidden_warning())
  await panel.confirm()
  await expect(panel.toast()).toContainText(m.entry_removed({ path }))
  await page.reload()
  await expect(panel.entry('partners/northline')).toBeVisible()
  await expect(panel.entry(path)).toBeHidden()
})

test('the project itself cannot be removed', async ({ panel }) => {
  await panel.open()
  await expect(panel.entry('acme/storefront')).toContainText(m.badge_own_project())
  const button = (name: string) => panel.entry('acme/storefront').getByRole('button', { name })
  await expect(button(m.edit_entry({ path: 'acme/storefront' }))).toBeVisible()
  await expect(button(m.remove_entry({ path: 'acme/storefront' }))).toHaveCount(0)
})

test('by keyboard the first press is Cancel, and after a removal the focus is on the row before', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.askToRemove('partners')
  await expect(panel.dialog().getByRole('button', { name: m.cancel() })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(panel.entry('partners')).toBeHidden()
  await expect(panel.dialog()).toBeHidden()
  const path = 'acme/platform/deploy-tools'
  await expect(page.getByRole('button', { name: m.remove_entry({ path }) })).toBeFocused()
})

test.describe('an address that asks to remove', () => {
  const address = (path: string) => `/projects/1/settings/ci_cd?dialog=remove&target=${path}`

  test('asks no less than a press does, and is gone afterwards', async ({ page, panel }) => {
    await panel.open({ address: address('partners') })
    await expect(panel.dialog()).toHaveAccessibleName(m.remove_title({ path: 'partners' }))
    await expect(panel.dialog().getByRole('button', { name: m.cancel() })).toBeFocused()
    await panel.confirm()
    await expect(panel.entry('partners')).toBeHidden()
    await expect(panel.dialog()).toBeHidden()
    await expect(page).not.toHaveURL(/dialog=/)
  })

  test('says so where there is nothing to remove', async ({ panel }) => {
    await panel.open({ address: address('partners/sdk') })
    await expect(panel.dialog()).toContainText(m.edit_missing({ path: 'partners/sdk' }))
  })

  test('does not offer to remove the project itself', async ({ panel }) => {
    await panel.open({ address: address('acme/storefront') })
    await expect(panel.dialog()).toContainText(m.target_is_own())
    await expect(panel.dialog().getByRole('button', { name: m.remove_confirm() })).toHaveCount(0)
  })
})

test('left by Back in the middle, a removal is told of and closes no other dialog', async ({
  page,
  panel,
}) => {
  await panel.open({ fault: 'DELETE groups_allowlist/12 delay:1500' })
  await panel.askToRemove('partners')
  await expect(page).toHaveURL(/[?&]dialog=remove\b/)
  await panel.confirm()
  await page.goBack()
  await expect(panel.dialog()).toBeHidden()
  await panel.askToAdd()
  await expect(panel.target()).toBeFocused()
  await expect(panel.toast()).toContainText(m.entry_removed({ path: 'partners' }))
  await expect(panel.target()).toBeFocused()
})
