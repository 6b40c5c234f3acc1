import { m } from '../src/i18n/paraglide/messages.js'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

const all = (panel: Panel) => panel.mode().getByRole('radio', { name: m.mode_all() })
const allowlisted = (panel: Panel) => panel.mode().getByRole('radio', { name: m.mode_allowlist() })
const save = (panel: Panel) => panel.mode().getByRole('button', { name: m.save_changes() })
const warning = (panel: Panel) => panel.mode().getByText(m.mode_all_warning())

test('the warning follows the choice before it is saved, and Save waits for a change', async ({
  panel,
}) => {
  await panel.open()
  await panel.modeChange().click()
  await expect(allowlisted(panel)).toBeChecked()
  await expect(save(panel)).toBeDisabled()
  await expect(warning(panel)).toBeHidden()

  await panel.chooseMode(m.mode_all())
  await expect(warning(panel)).toBeVisible()
  await expect(save(panel)).toBeEnabled()

  await panel.chooseMode(m.mode_allowlist())
  await expect(warning(panel)).toBeHidden()
  await expect(save(panel)).toBeDisabled()

  await panel.chooseMode(m.mode_all())
  await panel.mode().getByRole('button', { name: m.undo_changes() }).click()
  await expect(allowlisted(panel)).toBeChecked()
  await expect(warning(panel)).toBeHidden()
})

test('a saved mode holds after a reload, both ways', { tag: '@wire' }, async ({ page, panel }) => {
  const toast = m.settings_saved({ project: 'storefront' })
  await panel.open()
  await panel.chooseMode(m.mode_all())
  await save(panel).click()
  await panel.letAllIn()
  await expect(panel.toast()).toContainText(toast)
  await expect(panel.dialog()).toBeHidden()
  await expect(save(panel)).toBeFocused()
  await expect(save(panel)).toBeDisabled()
  await page.reload()
  await expect(all(panel)).toBeChecked()
  await expect(warning(panel)).toBeVisible()
  expect(await panel.stored()).toMatchObject({ inbound_enabled: false, outbound_enabled: false })

  await panel.chooseMode(m.mode_allowlist())
  await save(panel).click()
  await expect(panel.toast()).toContainText(toast)
  await expect(panel.modeChange()).toBeFocused()
  await page.reload()
  await expect(panel.modeChange()).toBeVisible()
  await expect(panel.mode()).toContainText(m.mode_allowlist())
  await expect(warning(panel)).toBeHidden()
})

test('while the allowlist decides, the mode is one line, and opens and closes by keys', async ({
  page,
  panel,
}) => {
  await panel.open()
  // The waiting card has its place, and goes.
  await panel.modeChange().waitFor()
  const line = await panel.mode().boundingBox()
  expect(line?.height).toBeLessThan(64)
  await expect(panel.mode()).toContainText(m.mode_allowlist())
  await panel.modeChange().press('Enter')
  await expect(allowlisted(panel)).toBeFocused()
  await panel.mode().getByRole('button', { name: m.cancel() }).press('Enter')
  await expect(panel.modeChange()).toBeFocused()
  expect((await panel.mode().boundingBox())?.height).toBe(line?.height)

  // While all have access the card is open by itself, and nothing closes it but the allowlist.
  await panel.request('PATCH', '/projects/1/job_token_scope', { enabled: false })
  await page.reload()
  await expect(warning(panel)).toBeInViewport()
  await expect(panel.mode().getByRole('button', { name: m.cancel() })).toHaveCount(0)
})

test('a refusal is said in the card, and the choice is kept', { tag: '@wire' }, async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'open', fault: 'PATCH job_token_scope 403' })
  await panel.chooseMode(m.mode_allowlist())
  await save(panel).click()
  await expect(panel.mode().getByRole('alert')).toContainText(m.error_forbidden())
  await expect(page.getByRole('alert')).toHaveCount(1)
  await expect(allowlisted(panel)).toBeChecked()
  await expect(save(panel)).toBeEnabled()
})

test.describe('letting all groups and projects in', () => {
  test('is asked about first, and Cancel keeps the choice and saves nothing', async ({
    page,
    panel,
  }) => {
    await panel.open()
    await panel.chooseMode(m.mode_all())
    await save(panel).click()
    await expect(panel.dialog()).toHaveAccessibleName(m.mode_open_title())
    await expect(panel.dialog()).toContainText(m.mode_open_body())
    await expect(panel.dialog().getByRole('button', { name: m.cancel() })).toBeFocused()
    for (const leave of [() => panel.cancel(), () => page.keyboard.press('Escape')]) {
      await leave()
      await expect(panel.dialog()).toBeHidden()
      await expect(save(panel)).toBeFocused()
      await expect(all(panel)).toBeChecked()
      await expect(warning(panel)).toBeVisible()
      await save(panel).click()
      await expect(panel.dialog()).toBeVisible()
    }
    await panel.cancel()
    expect(await panel.stored()).toMatchObject({ inbound_enabled: true })
  })

  test('says in the dialog why it failed, once, and is done by another press', async ({
    page,
    panel,
  }) => {
    await panel.open({ fault: 'PATCH job_token_scope 403 1' })
    await panel.chooseMode(m.mode_all())
    await save(panel).click()
    await panel.letAllIn()
    await expect(panel.dialog().getByRole('alert')).toContainText(m.error_forbidden())
    await expect(page.getByRole('alert')).toHaveCount(1)
    // Closed and asked again, it begins without the failure of before.
    await panel.cancel()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await expect(all(panel)).toBeChecked()
    await save(panel).click()
    await expect(panel.dialog()).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await panel.letAllIn()
    await expect(panel.toast()).toContainText(m.settings_saved({ project: 'storefront' }))
    await expect(all(panel)).toBeChecked()
  })

  test('is saved once, however fast the button is pressed twice', async ({ page, panel }) => {
    await panel.open({ latency: 200 })
    let writes = 0
    page.on('request', (request) => {
      if (request.method() === 'PATCH') writes += 1
    })
    await panel.chooseMode(m.mode_all())
    await save(panel).click()
    await panel
      .dialog()
      .getByRole('button', { name: m.mode_open_confirm() })
      .evaluate((button: HTMLElement) => {
        button.click()
        button.click()
      })
    await expect(panel.toast()).toContainText(m.settings_saved({ project: 'storefront' }))
    expect(writes).toBe(1)
  })

  test('is said above the list for as long as it holds', async ({ panel }) => {
    const line = panel.allowlist().getByText(m.allowlist_not_in_force())
    await panel.open()
    await expect(panel.entry('partners')).toBeVisible()
    await expect(line).toBeHidden()
    await panel.chooseMode(m.mode_all())
    // Of what is stored: the entries count until it is saved.
    await expect(line).toBeHidden()
    await save(panel).click()
    await panel.letAllIn()
    await expect(line).toBeVisible()
    await panel.chooseMode(m.mode_allowlist())
    await expect(line).toBeVisible()
    await save(panel).click()
    await expect(line).toBeHidden()
  })
})

for (const [how, scenario] of [
  ['takes the change without effect', 'enforced'],
  ['refuses the change', 'enforced-19'],
] as const) {
  test(`an instance that enforces the allowlist and ${how} is found out by saving`, async ({
    page,
    panel,
  }) => {
    await panel.open({ scenario })
    await panel.modeChange().click()
    await expect(allowlisted(panel)).toBeChecked()
    await expect(panel.mode().getByText(m.mode_enforced())).toBeHidden()
    await panel.chooseMode(m.mode_all())
    await save(panel).click()
    await panel.letAllIn()
    await expect(panel.mode().getByText(m.mode_enforced()).first()).toBeVisible()
    await expect(panel.dialog()).toBeHidden()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await expect(allowlisted(panel)).toBeChecked()
    await expect(all(panel)).toBeDisabled()
    await expect(allowlisted(panel)).toBeDisabled()
    await expect(panel.mode().getByRole('radiogroup')).toHaveAccessibleDescription(
      m.mode_enforced(),
    )
    await expect(save(panel)).toBeFocused()
    await expect(save(panel)).toHaveAccessibleDescription(m.mode_enforced())
    await expect(warning(panel)).toBeHidden()
    await expect(panel.allowlist().getByText(m.allowlist_not_in_force())).toBeHidden()
    await expect(panel.toast()).toBeHidden()
    // All else can be changed as before.
    await panel.askToRemove('acme/platform/deploy-tools')
    await panel.confirm()
    await expect(panel.entry('acme/platform/deploy-tools')).toBeHidden()
    // It stays known on the way to another page and back, with the time, and can be tried again.
    await page.getByRole('link', { name: m.app_name() }).click()
    await expect(page.getByRole('heading', { level: 1, name: m.projects_title() })).toBeVisible()
    await page.goBack()
    await expect(all(panel)).toBeDisabled()
    await expect(panel.mode()).toContainText(/GitLab refused the change at \d+:\d\d/)
    await panel.mode().getByRole('button', { name: m.try_again() }).click()
    await expect(all(panel)).toBeEnabled()
    await panel.chooseMode(m.mode_all())
    await expect(save(panel)).toBeEnabled()
    await panel.mode().getByRole('button', { name: m.undo_changes() }).click()
    // Only what was found out by saving is known: another visit starts usable again.
    await page.reload()
    await expect(panel.modeChange()).toBeEnabled()
    await expect(warning(panel)).toBeHidden()
  })
}

test('administrators see at once that the instance enforces the allowlist', async ({ panel }) => {
  await panel.open({ scenario: 'enforced', as: 'admin' })
  await expect(panel.mode().getByRole('radiogroup')).toHaveAccessibleDescription(m.mode_enforced())
  await expect(all(panel)).toBeDisabled()
  await all(panel).press('Space')
  await expect(allowlisted(panel)).toBeChecked()
  await expect(save(panel)).toBeDisabled()
  await expect(save(panel)).toHaveAccessibleDescription(m.mode_enforced())
  await expect(panel.mode().getByRole('link', { name: m.mode_enforced_setting() })).toHaveAttribute(
    'href',
    /\/admin\/application_settings\/ci_cd$/,
  )
})

test('leaving with an unsaved choice asks first', async ({ page, panel }) => {
  await panel.open()
  await panel.chooseMode(m.mode_all())
  const home = page.getByRole('link', { name: m.app_name() })
  await home.click()
  await expect(panel.discarding()).toBeVisible()
  await panel.keepEditing()
  await expect(panel.discarding()).toBeHidden()
  await expect(all(panel)).toBeChecked()
  await expect(warning(panel)).toBeVisible()

  await home.click()
  await panel.discard()
  await expect(page.getByRole('heading', { level: 1, name: m.projects_title() })).toBeVisible()
})

test('left while it is being saved, the question goes when it is saved, and the way is free', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'open', fault: 'PATCH /job_token_scope delay:1500' })
  await panel.chooseMode(m.mode_allowlist())
  await save(panel).click()
  await page.getByRole('link', { name: m.app_name() }).click()
  await expect(panel.discarding()).toBeVisible()
  await expect(panel.toast()).toContainText(m.settings_saved({ project: 'storefront' }))
  await expect(panel.discarding()).toBeHidden()
  await expect(page.getByRole('heading', { level: 1, name: m.projects_title() })).toBeVisible()
})

test('a mode that another tab has set already is not sent again', async ({ page, panel }) => {
  await panel.open()
  await panel.chooseMode(m.mode_all())
  await panel.request('PATCH', '/projects/1/job_token_scope', { enabled: false })
  const writes: string[] = []
  page.on('request', (request) => writes.push(request.method()))
  await save(panel).click()
  await panel.letAllIn()
  await expect(panel.toast()).toContainText(m.settings_saved({ project: 'storefront' }))
  await expect(all(panel)).toBeChecked()
  await expect(save(panel)).toBeDisabled()
  expect(writes).not.toContain('PATCH')
})

test('two cards with unsaved choices ask once, and both are kept', async ({ page, panel }) => {
  await panel.open()
  const push = panel.push().getByRole('checkbox', { name: m.push_own() })
  await panel.chooseMode(m.mode_all())
  await push.check()
  await page.getByRole('link', { name: m.app_name() }).click()
  await expect(panel.discarding()).toHaveCount(1)
  await panel.keepEditing()
  await expect(panel.discarding()).toBeHidden()
  await expect(all(panel)).toBeChecked()
  await expect(push).toBeChecked()
  await page.getByRole('link', { name: m.app_name() }).click()
  await panel.discard()
  await expect(page.getByRole('heading', { level: 1, name: m.projects_title() })).toBeVisible()
})

test('a dialog opens and closes over an unsaved choice without a question', async ({ panel }) => {
  await panel.open()
  await panel.chooseMode(m.mode_all())
  await panel.askToAdd()
  await expect(panel.target()).toBeVisible()
  await panel.cancel()
  await expect(panel.dialog()).toBeHidden()
  await expect(all(panel)).toBeChecked()
})

test('a removed setting that is still stored is told of', async ({ panel }) => {
  await panel.open({ scenario: 'legacy' })
  await expect(panel.mode()).toContainText(m.outbound_title())
  await panel.open()
  await expect(panel.modeChange()).toBeVisible()
  await expect(panel.mode()).not.toContainText(m.outbound_title())
})
