import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import { expect, test } from './support/test.ts'

const addMany = '/projects/1/settings/ci_cd?tool=add-many'

/** Every spelling, and every reason not to add. */
const pasted = `# Partners
- partners/sdk
* "acme/mobile/app",
1. https://gitlab.example.com/partners/tools/cli/-/pipelines
#6
12
acme/platform/deploy-tools; Acme/Mobile
acme/storefront
https://maya:glpat-AbCdEfGhIjKlMnOpQrSt@github.com/a/b
secret-society/vault
not a path!`
/** A token is hidden in the field as well, and so in all that is told of it. */
const masked = pasted.replace('AbCdEfGhIjKlMnOpQrSt', '•'.repeat(20))

test('many lines: each is kept, corrected, folded or refused, before anything is sent', async ({
  page,
  panel,
}) => {
  await panel.open({ address: addMany })
  const dialog = panel.dialog()
  const names = dialog.getByRole('textbox', { name: m.many_label() })
  await expect(names).toBeFocused()
  await names.fill(pasted)
  await dialog.getByRole('button', { name: m.many_check({ count: 11 }) }).click()

  const review = dialog.getByRole('button', { name: m.many_review({ count: 3 }) })
  await expectInSight(page, review)
  await expectInSight(
    page,
    dialog.getByRole('status').filter({ hasText: m.many_adds({ count: 3 }) }),
  )
  const line = (number: number) =>
    dialog.getByRole('listitem').filter({ hasText: m.many_line({ line: String(number) }) })
  await expect(line(2)).toContainText('partners/sdk')
  await expect(line(4)).toContainText(`${m.kind_project()} partners/tools/cli`)
  await expect(line(6)).toContainText(m.many_listed_as({ permissions: 'Read to Jobs, Packages' }))
  await expect(line(7)).toContainText([`${m.kind_group()} acme/mobile`, m.target_listed_same()])
  await expect(line(8)).toContainText(m.target_is_own())
  await expect(line(9)).toContainText(m.target_foreign({ host: 'github.com' }))
  await expect(line(9)).toContainText('maya:glpat-•')
  await expect(line(10)).toContainText(m.target_missing())
  await expect(line(11)).toContainText(m.target_unreadable())
  await dialog.getByText(m.many_folds({ count: 2 }), { exact: true }).click()
  await expect(line(3)).toContainText(m.many_covered({ group: 'acme/mobile' }))
  await expect(line(5)).toContainText(m.many_folded({ line: '4' }))

  // With other permissions, other entries are the same.
  await panel.chooseFineGrained()
  await panel.choose(m.resource_jobs(), m.scope_read())
  await panel.choose(m.resource_packages(), m.scope_read())
  await expect(line(6)).toContainText(m.target_listed_same())
  await expect(line(2)).toContainText(m.many_covered({ group: 'partners' }))

  await page.keyboard.press('Escape')
  await expect(panel.discarding()).toBeVisible()
  await panel.discarding().getByRole('button', { name: m.discard_cancel() }).click()
  await expect(names).toHaveValue(masked)
  await dialog.getByRole('button', { name: m.many_review({ count: 1 }) }).click()
  await expect(page).toHaveURL(/tool=review/)
  expect((await panel.stored()).groups_allowlist).toHaveLength(1)
  await page.goBack()
  await expect(names).toHaveValue(masked)
})

test('the look-ups stop when asked or where GitLab asks to wait, and go on with the rest', async ({
  page,
  panel,
}) => {
  // The first is answered at once, the second late.
  await panel.open({ address: addMany, fault: 'GET /projects/acme/mobile delay:60000 1' })
  const dialog = panel.dialog()
  await dialog
    .getByRole('textbox', { name: m.many_label() })
    .fill('partners/sdk\nacme/mobile/app\npartners/tools/cli')
  await dialog.getByRole('button', { name: m.many_check({ count: 3 }) }).click()
  await expect(dialog.getByText(m.many_progress({ done: '2', all: '3' }))).toBeVisible()
  await panel.turn({ fault: 'GET /projects/acme/mobile 429:3600 1' })
  await dialog.getByRole('button', { name: m.many_stop() }).click()
  await dialog.getByRole('button', { name: m.many_check({ count: 1 }) }).click()
  await expectInSight(page, dialog.getByRole('alert').filter({ hasText: m.many_paused() }))
  await dialog.getByRole('button', { name: m.many_check({ count: 1 }) }).click()
  await expectInSight(page, dialog.getByRole('button', { name: m.many_review({ count: 3 }) }))
})

test('one action on a selection says what it changes and what it leaves out', async ({
  page,
  panel,
}) => {
  const trusted = '/projects/1/settings/ci_cd?list_q=partners/&list_permissions=default'
  await panel.open({ scenario: 'mixed', address: trusted })
  await page.getByRole('checkbox', { name: m.select_all_matching({ count: '11' }) }).check()
  await page.getByRole('button', { name: m.selection_change() }).click()
  const dialog = panel.dialog()
  await expect(dialog).toContainText(m.bulk_selected({ count: 11 }))
  await dialog.getByRole('radio', { name: m.bulk_scope() }).check()
  await dialog.getByLabel(m.bulk_resource(), { exact: true }).selectOption('PACKAGES')

  // To raise a scope would narrow them.
  const status = dialog.getByRole('status').filter({ hasText: m.bulk_changes({ count: 0 }) })
  await expectInSight(page, status)
  const left = dialog.getByText(m.bulk_left({ count: '11', reason: m.bulk_left_default() }))
  await left.click()
  await expectInSight(page, dialog.getByText('partners/team-007/service-007'))
  const none = dialog.getByRole('button', { name: m.bulk_review({ count: 0 }) })
  await expect(none).toHaveAttribute('aria-disabled', 'true')

  await dialog.getByLabel(m.bulk_how(), { exact: true }).selectOption('exactly')
  await expectInSight(page, dialog.getByText(m.bulk_switches({ count: 11 })))
  await page.keyboard.press('Escape')
  await panel.discarding().getByRole('button', { name: m.discard_cancel() }).click()
  await dialog.getByRole('button', { name: m.bulk_review({ count: 11 }) }).click()
  await expect(page).toHaveURL(/tool=review/)
  await page.goBack()
  await expectInSight(page, dialog.getByRole('button', { name: m.bulk_review({ count: 11 }) }))
})

test('to remove the selection leaves out the project itself, and warns of what is hidden', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'legacy' })
  for (const path of ['acme/storefront', 'secret-society/vault', 'partners']) {
    await panel.entry(path).getByRole('checkbox').check()
  }
  const bar = page.getByRole('region', { name: m.selection_title() })
  await bar.getByRole('button', { name: m.selection_remove() }).click()
  const dialog = panel.dialog()
  await expect(dialog.getByRole('radio', { name: m.bulk_remove() })).toBeChecked()
  await expectInSight(page, dialog.getByText(m.bulk_final({ entries: 'secret-society/vault' })))
  await expectInSight(page, dialog.getByText(m.target_is_own()))
  await expectInSight(page, dialog.getByRole('button', { name: m.bulk_review({ count: 2 }) }))
  expect((await panel.stored()).allowlist).toHaveLength(4)
})
