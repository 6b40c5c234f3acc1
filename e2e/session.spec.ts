import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

const renewal = (page: Page) => page.getByRole('dialog', { name: m.renewal_title() })
const renewalToken = (page: Page) => renewal(page).getByLabel(m.connect_token(), { exact: true })
const edit = (page: Page) => page.getByRole('dialog', { name: m.edit_title() })

async function renew(page: Page, token: string) {
  await renewalToken(page).fill(token)
  await renewal(page).getByRole('button', { name: m.connect_submit(), exact: true }).click()
}

/** Changes an entry in its dialog, and lets the session end when it is saved. */
async function editUntilSessionEnds(page: Page, panel: Panel) {
  await panel.open()
  await panel.askToEdit('partners')
  await panel.scope(m.resource_packages(), m.scope_read_write()).check()
  await panel.turn({ fault: 'PUT /groups_allowlist 401 1' })
  await panel.save()
  await expect(renewal(page)).toBeVisible()
}

test('a session that ends in the middle of an edit is renewed on top of it, and nothing is lost', {
  tag: '@wire',
}, async ({ page, panel }) => {
  await editUntilSessionEnds(page, panel)
  await expect(renewal(page)).toContainText('@maya')
  await renew(page, 'glpat-maintainer')
  await expect(renewal(page)).toBeHidden()
  await expect(panel.scope(m.resource_packages(), m.scope_read_write())).toBeChecked()
  await panel.save()
  await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners' }))
  await page.reload()
  await expect(panel.entry('partners')).toContainText('Read and write to Packages')
})

test('a session is not renewed by a token of another user, nor by a wrong one', async ({
  page,
  panel,
}) => {
  await editUntilSessionEnds(page, panel)
  await renew(page, 'glpat-owner')
  await expect(renewalToken(page)).toHaveAccessibleDescription(
    new RegExp(m.renewal_other_user({ user: 'maya' })),
  )
  await renew(page, 'glpat-mistyped')
  await expect(renewalToken(page)).toHaveAccessibleDescription(new RegExp(m.connect_token_wrong()))
  await renew(page, 'glpat-maintainer')
  await expect(renewal(page)).toBeHidden()
  await expect(edit(page)).toBeVisible()
})

test('signing in again can wait: the edit stays, and says how to go on', async ({
  page,
  panel,
}) => {
  await editUntilSessionEnds(page, panel)
  await renewal(page).getByRole('button', { name: m.renewal_later() }).click()
  await expect(renewal(page)).toBeHidden()
  await expect(panel.scope(m.resource_packages(), m.scope_read_write())).toBeChecked()
  await edit(page).getByRole('alert').getByRole('button', { name: m.sign_in_again() }).click()
  await renew(page, 'glpat-maintainer')
  await expect(renewal(page)).toBeHidden()
  await panel.save()
  await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners' }))
})

test('a session that ended keeps the page, with a notice that leads back in', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.chooseMode(m.mode_all())
  await panel.turn({ fault: 'PATCH /job_token_scope 401 1' })
  await panel.mode().getByRole('button', { name: m.save_changes() }).click()
  await panel.letAllIn()
  await expect(renewal(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(renewal(page)).toBeHidden()
  await panel.cancel()
  const notice = page.getByRole('status').filter({ hasText: m.session_ended() })
  await expect(notice).toBeVisible()
  await expect(panel.mode().getByRole('radio', { name: m.mode_all() })).toBeChecked()

  await notice.getByRole('button', { name: m.sign_in_again() }).click()
  await renew(page, 'glpat-maintainer')
  await expect(notice).toBeHidden()
  await expect(panel.mode().getByRole('radio', { name: m.mode_all() })).toBeChecked()
  await panel.mode().getByRole('button', { name: m.save_changes() }).click()
  await panel.letAllIn()
  await expect(panel.toast()).toContainText(m.settings_saved({ project: 'storefront' }))
})

test('a list that the session does not reach any more is read after signing in again', {
  tag: '@wire',
}, async ({ page, panel }) => {
  await panel.open({ fault: 'GET /job_token_scope/groups_allowlist 401 1' })
  await renew(page, 'glpat-maintainer')
  await expect(renewal(page)).toBeHidden()
  await expect(panel.entry('partners')).toBeVisible()
})

test('cards that were refused before the page was there are read after signing in again', async ({
  page,
  panel,
}) => {
  await panel.open({ fault: 'GET /projects/1 401', address: '/projects/1/settings/ci_cd' })
  await expect(renewal(page)).toBeVisible()
  await panel.turn({ fault: '' })
  await renew(page, 'glpat-maintainer')
  await expect(renewal(page)).toBeHidden()
  await expect(panel.entry('partners')).toBeVisible()
  await expect(panel.modeChange()).toBeVisible()
  await expect(page.getByText(m.error_unauthorized())).toBeHidden()
})
