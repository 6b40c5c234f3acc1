import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const address = '/groups/acme/settings/ci_cd'
// A stock GitLab says nothing of the switch by its API.
const switchedOff = { scenario: 'group-off', as: 'owner', api: 'rest', address } as const
const card = (page: Page) => page.getByRole('region', { name: m.group_switch_title() })
const box = (page: Page) => card(page).getByRole('checkbox', { name: m.group_switch() })
const save = (page: Page) => card(page).getByRole('button', { name: m.save_changes() })

test('an Owner switches fine-grained permissions on for a group', { tag: '@wire' }, async ({
  page,
  panel,
}) => {
  await panel.open(switchedOff)
  await expect(box(page)).not.toBeChecked()
  await expect(save(page)).toBeDisabled()
  await box(page).check()
  await save(page).click()
  await expect(panel.toast()).toContainText(m.settings_saved({ project: 'acme' }))
  await page.reload()
  await expect(box(page)).toBeChecked()
})

test('the way from a dialog that needs the switch leads there', async ({ page, panel }) => {
  await panel.open({ scenario: 'group-off', as: 'owner' })
  await panel.askToAdd()
  await panel.dialog().getByRole('link', { name: m.permissions_switched_off_link() }).click()
  await expect(page.getByRole('heading', { level: 1, name: m.group_title() })).toBeVisible()
  await box(page).check()
  await save(page).click()
  await expect(panel.toast()).toBeVisible()
  await page.goBack()
  await panel.dialog().waitFor()
  await panel.chooseFineGrained()
  await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeVisible()
})

test('a refusal is said in the card, and the choice is kept', { tag: '@wire' }, async ({
  page,
  panel,
}) => {
  await panel.open(switchedOff)
  await box(page).check()
  await panel.turn({ fault: 'PUT /groups/10 403 1' })
  await save(page).click()
  await expect(card(page).getByRole('alert')).toContainText(m.error_forbidden())
  await expect(box(page)).toBeChecked()
})

test('who is not told how it stands is led to GitLab’s page', async ({ page, panel }) => {
  await panel.open({ scenario: 'group-off', address })
  await expect(card(page)).toContainText(m.group_switch_unknown({ user: 'maya' }))
  await expect(card(page).getByRole('link')).toHaveAttribute(
    'href',
    /\/groups\/acme\/-\/settings\/ci_cd$/,
  )
})

test('a GitLab without the switch says why there is none', async ({ page, panel }) => {
  await panel.open({ address })
  await expect(card(page)).toContainText(m.group_switch_always())
})

test('a group that is missing or hidden is said to be so', async ({ page, panel }) => {
  await panel.open({ address: '/groups/secret-society/settings/ci_cd' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.group_missing_title())
  await expect(page.getByRole('main')).toContainText('secret-society')
})
