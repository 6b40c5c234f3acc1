import type { Locator, Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

/** The table of resources in the dialog that adds or edits an entry. */

const settings = '/projects/1/settings/ci_cd'
const path = 'tidewater/platform/deploy-tools'
const edit = `${settings}?dialog=edit&target=${path}`

const rowsOf = (panel: Panel, group: { name?: string; exact?: boolean } = {}) => {
  const dialog = panel.dialog()
  const has = dialog.page().getByRole('radiogroup', group)
  return dialog.getByRole('listitem').filter({ has })
}
const rows = (panel: Panel) => rowsOf(panel)
const row = (panel: Panel, resource: string) => rowsOf(panel, { name: resource, exact: true })
const back = (panel: Panel, resource: string, scope: string) =>
  panel.dialog().getByRole('button', { name: m.scope_back({ resource, scope }) })
const stored = (panel: Panel, resource: string, scope: string) =>
  row(panel, resource).getByText(m.scope_was({ scope }), { exact: true })
/** The head of a column, which comes before the choices of that name. */
const head = (panel: Panel, scope: string) =>
  panel.dialog().getByText(scope, { exact: true }).first()

async function boxOf(place: Locator) {
  const box = await place.boundingBox()
  if (!box) throw new Error('nothing to measure')
  return box
}

async function expectAllInSight(page: Page, panel: Panel, count: number) {
  await expect(rows(panel)).toHaveCount(count)
  for (const each of await rows(panel).all()) await expectInSight(page, each)
}

test.describe('at 1280 by 800', () => {
  test.use({ viewport: { width: 1280, height: 800 } })

  for (const lang of ['en', 'ja'] as const) {
    test(`all eleven resources of an entry are in sight at once (${lang})`, async ({
      page,
      panel,
    }) => {
      await panel.open({ scenario: 'default', address: edit, lang })
      await expectAllInSight(page, panel, 11)
      for (const each of await rows(panel).all()) {
        expect((await boxOf(each)).height).toBeLessThanOrEqual(45)
      }
    })
  }

  test('all eleven are in sight for a project to add, and below the heads of their columns', async ({
    page,
    panel,
  }) => {
    await panel.open({ scenario: 'default', address: `${settings}?dialog=add` })
    await panel.nameTarget('tidewater/mobile/shared-kit-ui')
    await panel.chooseFineGrained()
    await expectAllInSight(page, panel, 11)
    for (const scope of [m.scope_none(), m.scope_read()]) {
      const { x, width } = await boxOf(head(panel, scope))
      for (const resource of [m.resource_jobs(), m.resource_work_items()]) {
        const choice = await boxOf(panel.scope(resource, scope))
        expect(Math.abs(choice.x + choice.width / 2 - x - width / 2)).toBeLessThan(2)
      }
    }
    // Without a scope to write, the cell of that column is empty.
    await expect(panel.scope(m.resource_work_items(), m.scope_read_write())).toHaveCount(0)
  })

  test('three changes leave all eleven in sight', async ({ page, panel }) => {
    await panel.open({ scenario: 'default', address: edit })
    await panel.choose(m.resource_environments(), m.scope_none())
    await panel.choose(m.resource_packages(), m.scope_read())
    await panel.choose(m.resource_releases(), m.scope_read_write())
    await expectInSight(page, stored(panel, m.resource_environments(), m.scope_read_write()))
    await expectAllInSight(page, panel, 11)
  })

  test('of twelve the last scrolls into sight, below heads and a path that stay', async ({
    page,
    panel,
  }) => {
    await panel.open({ scenario: 'gitlab-19-1' })
    await panel.askToEdit('partners')
    await expect(rows(panel)).toHaveCount(12)
    await panel.scope(m.resource_work_items(), m.scope_read()).focus()
    await expectInSight(page, rows(panel).last())
    for (const scope of [m.scope_none(), m.scope_read(), m.scope_read_write()]) {
      await expectInSight(page, head(panel, scope))
    }
    await expectInSight(page, panel.dialog().getByText('partners', { exact: true }))
    // Back up by the keyboard: nothing that has the focus lies beneath the heads.
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Shift+Tab')
      const focused = panel.dialog().locator(':focus')
      await expectInSight(page, focused)
      if ((await focused.getAttribute('aria-haspopup')) === 'menu') return
    }
    throw new Error('the keyboard does not reach the presets')
  })
})

test('arrow keys choose within a row, and Tab goes on to the next', async ({ page, panel }) => {
  await panel.open({ scenario: 'default', address: edit })
  const choice = (resource: string, scope: string) => panel.scope(resource, scope)
  const endpoints = row(panel, m.resource_deployments()).getByRole('button', { expanded: false })
  // What it counts comes after the dialog.
  await endpoints.waitFor()
  await choice(m.resource_deployments(), m.scope_read_write()).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(choice(m.resource_deployments(), m.scope_read())).toBeFocused()
  await expect(choice(m.resource_deployments(), m.scope_read())).toBeChecked()
  await page.keyboard.press('Tab')
  await expect(back(panel, m.resource_deployments(), m.scope_read_write())).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(endpoints).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(choice(m.resource_environments(), m.scope_read_write())).toBeFocused()
  // A row that is as stored has no way back to stop at.
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(choice(m.resource_jobs(), m.scope_read())).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(choice(m.resource_jobs(), m.scope_read_write())).toBeChecked()
  await page.keyboard.press('ArrowRight')
  await expect(choice(m.resource_jobs(), m.scope_none())).toBeChecked()
})

test('a row that differs from what is stored says so, and leads back', async ({ page, panel }) => {
  await panel.open({ scenario: 'default', address: edit })
  const jobs = m.resource_jobs()
  const group = panel.dialog().getByRole('radiogroup', { name: jobs, exact: true })
  await expect(stored(panel, jobs, m.scope_read())).toBeHidden()
  await expect(group).toHaveAccessibleDescription(m.resource_jobs_about())
  await expect(back(panel, jobs, m.scope_read())).toHaveCount(0)

  await panel.choose(jobs, m.scope_none())
  await expectInSight(page, stored(panel, jobs, m.scope_read()))
  await expect(group).toHaveAccessibleDescription(
    `${m.resource_jobs_about()} ${m.scope_was({ scope: m.scope_read() })}`,
  )
  await back(panel, jobs, m.scope_read()).click()
  await expect(panel.scope(jobs, m.scope_read())).toBeChecked()
  await expect(panel.scope(jobs, m.scope_read())).toBeFocused()
  await expect(stored(panel, jobs, m.scope_read())).toBeHidden()
  // Nothing is left to save, or to ask about.
  await expect(panel.dialog().getByRole('button', { name: m.save_changes() })).toBeDisabled()
  await panel.cancel()
  await expect(panel.dialog()).toBeHidden()
})

test('a policy without a resource that is to go stays in sight, and can be kept', async ({
  panel,
}) => {
  const policy = 'READ_FEATURE_FLAGS'
  await panel.open({ scenario: 'legacy' })
  await panel.askToEdit('partners/sdk')
  const press = (name: string) => panel.dialog().getByRole('button', { name }).click()
  await press(m.policies_other_remove({ policy }))
  await expect(panel.dialog().getByText(policy, { exact: true })).toBeVisible()
  await press(m.policies_other_keep({ policy }))
  await expect(panel.dialog().getByRole('button', { name: m.save_changes() })).toBeDisabled()
})

test('another choice is told by what it changes, and by what it does not', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'default', address: edit })
  const alone = m.scope_read_alone({ scope: m.scope_read_write(), read: m.scope_read() })
  await panel.scope(m.resource_deployments(), m.scope_none()).hover()
  await expect(panel.dialog().getByText('None: −7 endpoints', { exact: true })).toBeVisible()
  await panel.scope(m.resource_jobs(), m.scope_read_write()).hover()
  await expect(panel.dialog().getByRole('tooltip', { includeHidden: true })).toHaveText(alone)
  await page.mouse.move(0, 0)

  await panel.choose(m.resource_jobs(), m.scope_read_write())
  await expect(row(panel, m.resource_jobs()).getByText(alone, { exact: true })).toBeVisible()
  await expectInSight(page, row(panel, m.resource_jobs()))
  await panel.choose(m.resource_packages(), m.scope_read_write())
  await expect(row(panel, m.resource_packages()).getByText(/nothing more/)).toHaveCount(0)
})

test('a preset is chosen by the keyboard, and replaces what is selected', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'default', address: edit })
  const presets = panel.dialog().getByRole('button', { name: m.presets_open() })
  await presets.focus()
  await page.keyboard.press('Enter')
  await expect(panel.dialog().getByRole('menuitem')).toHaveCount(6)
  await expect(panel.dialog().getByRole('menuitem').first()).toBeFocused()
  // Escape closes the menu alone.
  await page.keyboard.press('Escape')
  await expect(panel.dialog().getByRole('menu')).toHaveCount(0)
  await expect(presets).toBeFocused()

  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(presets).toBeFocused()
  await expect(panel.scope(m.resource_packages(), m.scope_read_write())).toBeChecked()
  await expect(panel.scope(m.resource_deployments(), m.scope_none())).toBeChecked()
  await expectInSight(page, stored(panel, m.resource_deployments(), m.scope_read_write()))

  await presets.click()
  await panel.dialog().getByRole('menuitem', { name: m.preset_read_everything() }).click()
  for (const each of await rows(panel).all()) {
    await expect(each.getByRole('radio', { name: m.scope_read(), exact: true })).toBeChecked()
  }
  await panel.save()
  await expect(panel.toast()).toContainText(m.entry_updated({ path }))
})

test.describe('a link to a draft', () => {
  const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText())
  const copy = (panel: Panel) =>
    panel.dialog().getByRole('button', { name: m.draft_copy(), exact: true }).click()

  test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']))

  test('shows how it differs from what is stored by then, and saves nothing by itself', async ({
    page,
    panel,
  }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await panel.choose(m.resource_jobs(), m.scope_none())
    await panel.choose(m.resource_releases(), m.scope_read_write())
    await copy(panel)
    await expect(panel.toast()).toContainText(m.draft_copied())
    const link = await copied(page)
    expect(link).toContain('draft=1&configuration=fine-grained')
    await panel.cancel()
    await panel.discard()
    // Somebody else stores one of the two meanwhile, and something that the draft does not have.
    const taken = await panel.request('PUT', '/projects/1/job_token_scope/groups_allowlist/12', {
      default_permissions: false,
      job_token_policies: ['ADMIN_RELEASES', 'READ_PACKAGES', 'READ_PIPELINES'],
    })
    expect(taken.status).toBeLessThan(300)

    await page.goto('about:blank')
    await page.goto(link)
    await expect(panel.scope(m.resource_jobs(), m.scope_none())).toBeChecked()
    await expect(panel.scope(m.resource_releases(), m.scope_read_write())).toBeChecked()
    await expect(stored(panel, m.resource_releases(), m.scope_none())).toHaveCount(0)
    await expect(stored(panel, m.resource_releases(), m.scope_read_write())).toBeHidden()
    await expectInSight(page, stored(panel, m.resource_pipelines(), m.scope_read()))
    await expect(panel.scope(m.resource_pipelines(), m.scope_none())).toBeChecked()
    // Not typed: nobody is asked about it.
    await panel.cancel()
    await expect(panel.dialog()).toBeHidden()
    await expect(panel.permissions('partners')).toContainText(m.resource_pipelines())
  })

  test('can ask for default permissions, and for nothing at all', async ({ page, panel }) => {
    await panel.open()
    await panel.askToEdit('partners')
    await panel.chooseDefault()
    await copy(panel)
    await expect(panel.toast()).toContainText(m.draft_copied())
    const link = await copied(page)
    await panel.chooseFineGrained()
    for (const resource of [m.resource_jobs(), m.resource_packages()]) {
      await panel.choose(resource, m.scope_none())
    }
    await copy(panel)
    await expect.poll(() => copied(page)).not.toBe(link)
    const empty = await copied(page)

    await page.goto('about:blank')
    await page.goto(link)
    await expect(panel.dialog().getByRole('radio', { name: m.permissions_default() })).toBeChecked()
    const held = m.permissions_grant_words({ scope: m.scope_read(), resource: 'Jobs, Packages' })
    await expectInSight(page, panel.dialog().getByText(m.scope_was({ scope: held })))

    await page.goto('about:blank')
    await page.goto(empty)
    await expect(panel.dialog().getByText(m.summary_nothing())).toBeVisible()
    await panel.save()
    await expect(panel.permissions('partners')).toHaveText(m.permissions_minimal_words())
  })

  test('leads to an entry to add as it was chosen', async ({ page, panel }) => {
    await panel.open()
    await panel.askToAdd()
    await panel.nameTarget('partners/sdk')
    await panel.chooseFineGrained()
    await panel.choose(m.resource_packages(), m.scope_read_write())
    await copy(panel)
    await expect(panel.toast()).toContainText(m.draft_copied())
    const link = await copied(page)
    await page.goto('about:blank')
    await page.goto(link)
    await expect(panel.target()).toHaveValue('partners/sdk')
    await panel.add()
    await expect(panel.permissions('partners/sdk')).toHaveText('Read and write to Packages')
  })
})

test.describe('at 320 pixels', () => {
  test.use({ viewport: { width: 320, height: 700 } })

  test('a row stacks, and each choice shows its label', async ({ page, panel }) => {
    await panel.open({ scenario: 'default', address: edit })
    const jobs = row(panel, m.resource_jobs())
    await jobs.scrollIntoViewIfNeeded()
    const name = await boxOf(jobs.getByText(m.resource_jobs(), { exact: true }))
    for (const scope of [m.scope_none(), m.scope_read(), m.scope_read_write()]) {
      const label = jobs.getByText(scope, { exact: true })
      await label.scrollIntoViewIfNeeded()
      await expectInSight(page, label)
      const box = await boxOf(label)
      expect(box.width).toBeGreaterThan(20)
      expect(box.height).toBeGreaterThan(12)
      const radio = await boxOf(panel.scope(m.resource_jobs(), scope))
      expect(box.x).toBeGreaterThan(radio.x)
      expect(radio.y).toBeGreaterThan(name.y + name.height)
    }
  })
})
