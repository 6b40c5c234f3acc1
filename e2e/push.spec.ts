import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

const own = (panel: Panel) => panel.push().getByRole('checkbox', { name: m.push_own() })
const cross = (panel: Panel) => panel.push().getByRole('checkbox', { name: m.push_cross() })
const save = (panel: Panel) => panel.push().getByRole('button', { name: m.save_changes() })

test('pushes that are allowed stay allowed after a reload', { tag: '@wire' }, async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'gitlab-19-1' })
  await expect(own(panel)).not.toBeChecked()
  await expect(save(panel)).toBeDisabled()
  await own(panel).check()
  await cross(panel).check()
  await save(panel).click()
  await expect(panel.toast()).toContainText(m.settings_saved({ project: 'storefront' }))
  await expect(save(panel)).toBeDisabled()

  await page.reload()
  await expect(own(panel)).toBeChecked()
  await expect(cross(panel)).toBeChecked()
  expect(await panel.stored()).toMatchObject({
    ci_push_repository_for_job_token_allowed: true,
    ci_cross_project_push_for_job_token_allowed: true,
  })
})

test('what pushes take away is said beside them before they are saved', async ({ panel }) => {
  await panel.open({ scenario: 'gitlab-19-1' })
  for (const effect of [
    m.push_own_no_pipeline(),
    m.push_own_semantic_release(),
    m.push_own_mirror(),
  ]) {
    await expect(panel.push().getByText(effect)).toBeVisible()
    await expect(own(panel)).toHaveAccessibleDescription(new RegExp(effect))
  }
  await expect(cross(panel)).toHaveAccessibleDescription(new RegExp(m.push_cross_help()))
})

test('cross-project pushes need pushes of the project, and go with them', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'gitlab-19-1' })
  await expect(cross(panel)).toBeDisabled()
  await expect(cross(panel)).toHaveAccessibleDescription(new RegExp(m.push_cross_needs_own()))
  await cross(panel).press('Space')
  await expect(cross(panel)).not.toBeChecked()

  await own(panel).check()
  await expect(cross(panel)).toBeEnabled()
  await cross(panel).check()
  await save(panel).click()
  await panel.toast().getByRole('button').click()
  await expect(panel.toast()).toHaveCount(0)

  await own(panel).uncheck()
  await expect(cross(panel)).not.toBeChecked()
  await expect(cross(panel)).toBeDisabled()
  await save(panel).click()
  await expect(panel.toast()).toBeVisible()
  await expect(save(panel)).toBeDisabled()
  await page.reload()
  await expect(own(panel)).not.toBeChecked()
  await expect(cross(panel)).not.toBeChecked()
})

test('Save waits for a change, and Undo takes one back', async ({ panel }) => {
  await panel.open()
  await own(panel).check()
  await expect(save(panel)).toBeEnabled()
  await own(panel).uncheck()
  await expect(save(panel)).toBeDisabled()
  await own(panel).check()
  await panel.push().getByRole('button', { name: m.undo_changes() }).click()
  await expect(own(panel)).not.toBeChecked()
})

test('a refusal is said in the card, and the choice is kept', { tag: '@wire' }, async ({
  panel,
}) => {
  await panel.open({ fault: 'PUT /projects/1 403' })
  await own(panel).check()
  await save(panel).click()
  await expect(panel.push().getByRole('alert')).toContainText(m.error_forbidden())
  await expect(own(panel)).toBeChecked()
  await expect(save(panel)).toBeEnabled()
})

test('a server without cross-project pushes is offered none', async ({ page, panel }) => {
  await panel.open()
  await own(panel).check()
  await expect(cross(panel)).toHaveCount(0)
  await save(panel).click()
  await expect(panel.toast()).toBeVisible()
  await page.reload()
  await expect(own(panel)).toBeChecked()
})

test.describe('what another tab has saved since', () => {
  const settings = (ownAllowed: boolean, crossAllowed: boolean) => ({
    ci_push_repository_for_job_token_allowed: ownAllowed,
    ci_cross_project_push_for_job_token_allowed: crossAllowed,
  })

  /** Here pushes are on; another tab has switched them off, and here the other box is ticked. */
  async function conflict(panel: Panel) {
    await panel.open({ scenario: 'gitlab-19-1' })
    await own(panel).check()
    await save(panel).click()
    await panel.toast().getByRole('button').click()
    await expect(panel.toast()).toHaveCount(0)
    await expect(save(panel)).toBeDisabled()
    await panel.request('PUT', '/projects/1', settings(false, false))
    await cross(panel).check()
    await save(panel).click()
    return panel.push().getByRole('alert').filter({ hasText: m.conflict_settings_title() })
  }

  test('is shown where the press was, and pushes that were switched off stay off', async ({
    page,
    panel,
  }) => {
    const alert = await conflict(panel)
    await expectInSight(page, alert)
    const words = (on: boolean) =>
      on ? m.setting_on({ setting: m.push_own() }) : m.setting_off({ setting: m.push_own() })
    await expect(alert).toContainText(words(true))
    await expect(alert).toContainText(words(false))
    // Nothing is lost, and nothing is saved unseen.
    await expect(cross(panel)).toBeChecked()
    await expect(save(panel)).toBeDisabled()
    await expect(save(panel)).toHaveAccessibleDescription(m.conflict_choose())
    expect(await panel.stored()).toMatchObject(settings(false, false))

    await alert.getByRole('button', { name: m.conflict_keep() }).click()
    await expect(alert).toBeHidden()
    await expect(own(panel)).not.toBeChecked()
    await expect(cross(panel)).toBeChecked()
    await save(panel).click()
    await expect(panel.toast()).toContainText(m.settings_saved({ project: 'storefront' }))
    expect(await panel.stored()).toMatchObject(settings(false, true))
  })

  test('is taken over when the own choice is given up', async ({ panel }) => {
    const alert = await conflict(panel)
    await alert.getByRole('button', { name: m.conflict_drop() }).click()
    await expect(alert).toBeHidden()
    await expect(own(panel)).not.toBeChecked()
    await expect(cross(panel)).not.toBeChecked()
    await expect(save(panel)).toBeDisabled()
  })
})

test('six presses in one go are one write', async ({ page, panel }) => {
  await panel.open({ latency: 200 })
  let writes = 0
  page.on('request', (request) => {
    if (request.method() === 'PUT') writes += 1
  })
  await own(panel).check()
  await save(panel).evaluate((button: HTMLElement) => {
    for (let press = 0; press < 6; press += 1) button.click()
  })
  await expect(panel.toast()).toContainText(m.settings_saved({ project: 'storefront' }))
  await expect(panel.toast()).toHaveCount(1)
  await expect(save(panel)).toBeDisabled()
  expect(writes).toBe(1)
})

test('leaving with an unsaved choice asks first', async ({ page, panel }) => {
  await panel.open()
  await own(panel).check()
  await page.getByRole('link', { name: m.app_name() }).click()
  await panel.keepEditing()
  await expect(own(panel)).toBeChecked()
})
