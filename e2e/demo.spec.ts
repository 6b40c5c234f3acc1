import type { Page } from '@playwright/test'
import { scenarios } from '../mocks/scenarios/scenarios.ts'
import { m } from '../src/i18n/paraglide/messages.js'
import { outOfSight } from './support/looks.ts'
import { expect, test } from './support/test.ts'

const bar = (page: Page) => page.getByRole('region', { name: m.demo_bar() })
const dial = (page: Page, name: string) => bar(page).getByRole('combobox', { name })
const dialsOf = (page: Page) => new URLSearchParams(page.url().split('?')[1])

test('dials in the address are kept while navigating', async ({ page, panel, projects }) => {
  await panel.open({
    scenario: 'default',
    as: 'owner',
    latency: 10,
    now: '2026-02-01T00:00:00Z',
    fault: 'GET /no-such-thing 500',
    lang: 'en',
    theme: 'dark',
  })
  const before = [...dialsOf(page)].sort()
  expect(before.length).toBe(7)
  await page.getByRole('link', { name: m.app_name() }).click()
  await expect(projects.title()).toBeVisible()
  expect([...dialsOf(page)].sort()).toEqual(before)
  await projects.list().getByRole('link', { name: 'tidewater/commerce/catalog' }).click()
  await panel.askToAdd()
  await expect(panel.dialog()).toBeVisible()
  const now = dialsOf(page)
  expect(before.filter(([name = '', value]) => now.get(name) !== value)).toEqual([])
})

test('what was written outlasts a reload, and another scenario starts fresh', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.askToRemove('partners')
  await panel.confirm()
  await expect(panel.entry('partners')).toBeHidden()
  await page.reload()
  await expect(panel.entry('acme/platform/deploy-tools')).toBeVisible()
  await expect(panel.entry('partners')).toBeHidden()

  await dial(page, m.demo_scenario()).selectOption('legacy')
  await expect(panel.entry('partners')).toContainText('ADMIN_CONTAINERS')
  await dial(page, m.demo_scenario()).selectOption('contract')
  await expect(panel.entry('partners')).toContainText('Read to Jobs')
})

test('another role sees what is its own, and nothing that was kept of the last', async ({
  page,
  panel,
}) => {
  await panel.open({ latency: 300 })
  await expect(panel.entry('partners')).toBeVisible()
  await dial(page, m.demo_role()).selectOption(m.role_developer())
  await expect(panel.entry('partners')).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.no_rights_title())
  await expect(page.getByRole('banner')).toContainText('@devi')
  await dial(page, m.demo_role()).selectOption(m.role_owner())
  await expect(panel.entry('partners')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('@omar')
})

test('a role that is switched to sees what another wrote', async ({ page, panel }) => {
  await panel.open()
  await panel.askToRemove('partners')
  await panel.confirm()
  await expect(panel.entry('partners')).toBeHidden()
  await dial(page, m.demo_role()).selectOption(m.role_owner())
  await expect(page.getByRole('banner')).toContainText('@omar')
  await expect(panel.entry('acme/platform/deploy-tools')).toBeVisible()
  await expect(panel.entry('partners')).toBeHidden()
})

test('Reset brings back what the scenario starts with', async ({ page, panel }) => {
  await panel.open()
  await panel.askToRemove('partners')
  await panel.confirm()
  await expect(panel.entry('partners')).toBeHidden()
  const reset = bar(page).getByRole('button', { name: m.demo_reset() })
  await reset.click()
  await expect(panel.entry('partners')).toBeVisible()
  await expect(reset).toBeFocused()
  await page.reload()
  await expect(panel.entry('partners')).toBeVisible()
})

test('the bar shows the dials of the address', async ({ page, panel }) => {
  await panel.open({ scenario: 'legacy', as: 'owner', latency: 42 })
  await expect(dial(page, m.demo_scenario())).toHaveValue('legacy')
  await expect(dial(page, m.demo_role())).toHaveValue('owner')
  await expect(dial(page, m.demo_latency())).toHaveValue('42')
})

test('the other dials are turned by the keyboard, and said while the bar is folded', async ({
  page,
  panel,
}) => {
  await panel.open()
  await bar(page).getByRole('button', { name: m.demo_more() }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('DELETE /groups_allowlist 5031')
  await page.keyboard.press('Enter')
  await expect(bar(page)).toContainText('unknown effect "5031"')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Enter')
  await expect(bar(page).getByRole('textbox')).toHaveCount(0)
  await expect(bar(page)).toContainText(`${m.demo_dials_set()} as maintainer`)
  await bar(page).getByRole('button', { name: m.demo_bar(), expanded: true }).press('Enter')
  await expect(bar(page)).toContainText('fault DELETE /groups_allowlist 503')
  await panel.askToRemove('partners')
  await panel.confirm()
  await expect(panel.dialog().getByRole('alert')).toBeInViewport()
})

test('at 320 px the other dials are in sight', async ({ page, panel }) => {
  await page.setViewportSize({ width: 320, height: 568 })
  await panel.open()
  await bar(page).getByRole('button', { name: m.demo_more() }).press('Enter')
  await expect(bar(page).getByRole('textbox').first()).toBeVisible()
  expect(await outOfSight(page)).toEqual([])
})

test('another world is not taken for a list from which entries have gone', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'legacy' })
  await expect(panel.entry('acme/mobile')).toBeVisible()
  await panel.open({ scenario: 'contract' })
  await expect(panel.entry('partners')).toBeVisible()
  await panel.settled()
  await expect(page.getByRole('button', { name: m.code_gone_add() })).toHaveCount(0)
})

test('a dial that would drop what is chosen asks first', async ({ page, panel }) => {
  await panel.open()
  await panel.chooseMode(m.mode_all())
  await dial(page, m.demo_role()).selectOption(m.role_owner())
  await expect(panel.discarding()).toBeVisible()
  await panel.keepEditing()
  await expect(page.getByRole('radio', { name: m.mode_all() })).toBeChecked()
  await expect(dial(page, m.demo_role())).toHaveValue('maintainer')
  await dial(page, m.demo_role()).selectOption(m.role_owner())
  await panel.discard()
  await expect(page.getByRole('banner')).toContainText('@omar')
})

test('a dial that does not exist is said, and the others hold', async ({ page, panel }) => {
  await panel.open({ address: '/projects/1/settings/ci_cd?latency=fast' })
  await expect(panel.toast()).toContainText('latency')
  await expect(panel.toast()).toContainText('fast')
  await expect(panel.entry('partners')).toBeVisible()
  await expect(dial(page, m.demo_scenario())).toHaveValue('contract')
})

test('every scenario is listed below the states, and opened as it is meant', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'empty', as: 'owner', fault: 'GET /x 500', address: '/scenarios' })
  const list = page.getByRole('list', { name: m.demo_scenarios_title() })
  await expect(list.getByRole('listitem')).toHaveCount(scenarios.length)
  for (const { name, purpose } of scenarios) {
    const item = list.getByRole('listitem').filter({ hasText: purpose })
    await expect(item.getByRole('link', { name, exact: true })).toBeVisible()
  }
  await list.getByRole('link', { name: 'legacy', exact: true }).click()
  await expect(panel.entry('partners')).toContainText('ADMIN_CONTAINERS')
  await expect(panel.title()).toBeFocused()
  expect(Object.fromEntries(dialsOf(page))).toEqual({ scenario: 'legacy' })
})

test('the real console has no list of scenarios', { tag: '@wire-only' }, async ({
  page,
  panel,
}) => {
  await panel.open({ address: '/scenarios' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.not_found_title())
})
