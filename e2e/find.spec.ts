import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

const address = (search: string) => `/projects/1/settings/ci_cd?${search}`

const button = (panel: Panel, name: string | RegExp) =>
  panel.allowlist().getByRole('button', { name, exact: true })
const found = (panel: Panel, count: number, total = 40) =>
  panel.allowlist().getByText(m.list_found({ count: `${count}`, total: `${total}` }), {
    exact: true,
  })
declare global {
  interface Window {
    /** The rows rendered so far, as `countRenderedRows` counts them. */
    rendered: number
    /** Whether a row was in sight that the address excludes. */
    flashed: boolean
  }
}

/** The paths of the rows that are shown, in their order. */
const paths = (panel: Panel) =>
  panel.rows().evaluateAll((rows) => rows.map((row) => row.querySelector('bdi')?.textContent ?? ''))

/** Counts the rows that are rendered: each formats the date of its entry, and nothing else does so. */
async function countRenderedRows(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    window.rendered = 0
    const { prototype } = Intl.DateTimeFormat
    const { get } = Object.getOwnPropertyDescriptor(prototype, 'format') ?? {}
    Object.defineProperty(prototype, 'format', {
      get(this: Intl.DateTimeFormat) {
        const { dateStyle, timeStyle } = this.resolvedOptions()
        if (dateStyle === 'medium' && !timeStyle) window.rendered += 1
        return get?.call(this)
      },
    })
  })
  return () => page.evaluate(() => window.rendered)
}

test('a search and filters narrow the list, stand in the address, and are kept by Back and a reload', async ({
  page,
  panel,
}) => {
  const rendered = await countRenderedRows(page)
  // Notes whether a row was ever in sight that a link's filter excludes.
  await page.addInitScript(() => {
    window.flashed = false
    const look = () => {
      const row = [...document.querySelectorAll('tbody tr')].find(
        (row) => row.textContent.includes('tidewater/commerce/orders') && row.checkVisibility(),
      )
      window.flashed ||= row !== undefined
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await panel.open({
    scenario: 'default',
    address: address(
      'list_q=TIDEWATER+maya&list_kind=project&list_grants=READ_PACKAGES&list_by=no,&list_sort=x',
    ),
  })
  // `list_by` is a username that nobody has.
  await expect(found(panel, 0)).toBeVisible()
  await button(panel, m.list_filter_remove({ filter: m.filter_added_by({ name: '@no,' }) }))
    .first()
    .click()
  const matching = [
    'tidewater-open/libraries/http-kit',
    'tidewater/commerce/cart',
    'tidewater/commerce/catalog',
    'tidewater/commerce/payments',
    'tidewater/commerce/storefront-api',
    'tidewater/mobile/android-app',
    'tidewater/mobile/ios-app',
  ]
  await expect(found(panel, matching.length)).toBeVisible()
  expect(await paths(panel)).toEqual(matching)
  await expect(page).not.toHaveURL(/list_by/)

  await page.reload()
  await expect(found(panel, matching.length)).toBeVisible()
  expect(await paths(panel)).toEqual(matching)
  expect(await page.evaluate(() => window.flashed)).toBe(false)

  // The use of each entry is here, and so all that a row waits for.
  await expect(panel.lastUsed('tidewater/commerce/cart')).toHaveText('Jan 8, 2026')
  // The log has dates of its own, and its code comes late.
  await panel.log().getByRole('table').waitFor()
  const before = await rendered()
  await page.keyboard.press('/')
  await page.keyboard.type(' mobile/')
  await expect(found(panel, 2)).toBeVisible()
  await expect(page).toHaveURL(/list_q=TIDEWATER\+maya\+mobile%2F/)
  await button(panel, m.list_clear()).click()
  await expect(panel.search()).toBeFocused()
  await expect(panel.search()).toHaveValue('')
  await expect(panel.rows()).toHaveCount(41)
  await expect(page).not.toHaveURL(/list_/)
  expect(await rendered(), 'no row was rendered anew').toBe(before)

  await button(panel, m.list_filter()).click()
  await panel
    .allowlist()
    .getByRole('checkbox', { name: m.filter_counted({ filter: m.badge_hidden(), count: '1' }) })
    .click()
  await expect(found(panel, 1)).toBeVisible()
  await page.keyboard.press('Escape')
  await panel.askToRemove('legal/contracts-vault')
  await expect(page).toHaveURL(/list_only=hidden.*dialog=remove|dialog=remove.*list_only=hidden/)
  await page.goBack()
  await expect(found(panel, 1)).toBeVisible()
})

test('where nothing matches, each condition says what it excludes and can be taken away', async ({
  page,
  panel,
}) => {
  await panel.open({
    scenario: 'default',
    address: address('list_q=vault&list_kind=group&list_only=hidden'),
  })
  const without = (filter: string, count: number) =>
    page.getByText(m.list_without({ filter, count: `${count}` }))
  await expectInSight(page, without(m.kind_group(), 1))
  await expect(without(m.badge_hidden(), 0)).toBeVisible()
  await expect(without(m.filter_search({ search: 'vault' }), 0)).toBeVisible()
  await panel
    .allowlist()
    .getByRole('listitem')
    .filter({ has: without(m.kind_group(), 1) })
    .getByRole('button')
    .click()
  await expect(panel.rows()).toHaveCount(1)
  await expectInSight(page, panel.entry('legal/contracts-vault'))
})

test('headers and a field order the list, and the own project stays first', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'default' })
  const own = 'tidewater/commerce/checkout'
  const first = async (count: number) => (await paths(panel)).slice(0, count)
  const header = (name: string) =>
    panel.allowlist().getByRole('columnheader', { name, exact: true })
  await header(m.column_added()).getByRole('button').click()
  await expect(header(m.column_added())).toHaveAttribute('aria-sort', 'descending')
  await expect.poll(() => first(2)).toEqual([own, 'legal/contracts-vault'])
  await header(m.column_added()).getByRole('button').click()
  await expect.poll(() => first(2)).toEqual([own, 'tidewater/logistics'])
  await expect(page).toHaveURL(/list_sort=added/)
  const order = panel.allowlist().getByRole('combobox', { name: m.list_sort() })
  await order.selectOption(m.sort_endpoints())
  await expect.poll(() => first(3)).toEqual([own, 'tidewater-open', 'tidewater/mobile/device-lab'])
  await page.reload()
  await panel.search().waitFor()
  await expect.poll(() => first(2)).toEqual([own, 'tidewater-open'])
  await order.selectOption(m.sort_path())
  await expect(page).not.toHaveURL(/list_sort/)
  await expect.poll(() => first(2)).toEqual([own, 'legal/contracts-vault'])
})

test('entries are selected by pointer and keys, and stay selected across a filter', async ({
  page,
  panel,
}) => {
  const rendered = await countRenderedRows(page)
  await panel.open({ scenario: 'default' })
  await panel.search().waitFor()
  await expect(panel.lastUsed('tidewater/commerce/cart')).toHaveText('Jan 8, 2026')
  const before = await rendered()
  const count = (words: string) => panel.selection().getByText(words, { exact: true })

  await panel.box('partners/northline').check()
  await expectInSight(page, count(m.selection_count({ count: '1' })))
  await panel.box('tidewater-open/cli').click({ modifiers: ['Shift'] })
  await expect(count(m.selection_count({ count: '4' }))).toBeVisible()
  await expect(panel.box('tidewater-open')).toBeChecked()

  // By keys: down, a range back up, one of it cleared.
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(panel.box('tidewater-open/libraries/http-kit')).toBeFocused()
  await page.keyboard.press('Shift+Space')
  await expect(count(m.selection_count({ count: '6' }))).toBeVisible()
  await page.keyboard.press('x')
  await expect(count(m.selection_count({ count: '5' }))).toBeVisible()
  expect(await rendered(), 'selecting renders no row').toBe(before)

  // The last row in the window does not lie below the bar.
  for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowDown')
  await expectInSight(page, page.locator(':focus'))

  await page.keyboard.press('/')
  await page.keyboard.type('mobile')
  await expect(count(m.selection_outside({ count: '5', outside: '5' }))).toBeVisible()
  await panel
    .allowlist()
    .getByRole('checkbox', { name: m.select_all_matching({ count: '4' }) })
    .check()
  await expect(count(m.selection_outside({ count: '9', outside: '5' }))).toBeVisible()
  await button(panel, m.list_clear()).click()
  await expect(count(m.selection_count({ count: '9' }))).toBeVisible()
  await expect(panel.box('tidewater/mobile')).toBeChecked()
  await expect(panel.box('tidewater/commerce/cart')).not.toBeChecked()

  // It stays over another order, a refresh and another language, and in a narrow window.
  await panel.allowlist().getByRole('combobox', { name: m.list_sort() }).selectOption('-path')
  await button(panel, m.refresh()).click()
  await expect(panel.box('tidewater/mobile')).toBeChecked()
  await page.setViewportSize({ width: 320, height: 568 })
  await expectInSight(page, count(m.selection_count({ count: '9' })))
  await page.setViewportSize({ width: 1280, height: 720 })

  await panel.box('tidewater/mobile').focus()
  await page.keyboard.press('Enter')
  const change = panel.selection().getByRole('button', { name: m.selection_change() })
  await expect(change).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(count(m.selection_count({ count: '9' }))).toBeHidden()
  await expect(panel.box('tidewater/mobile')).not.toBeChecked()
})

test('the list of keys holds those that work, in a row and on the page, and some can be switched off', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.search().waitFor()
  await page.keyboard.press('?')
  const listed = panel.dialog().locator('kbd')
  await expect(listed).toHaveText([
    '/',
    '?',
    'Space',
    'x',
    'Shift + Space',
    'Shift + x',
    '↓',
    '↑',
    'e',
    'Enter',
    'Esc',
    'Ctrl + Enter',
  ])
  await page.keyboard.press('Escape')
  await expect(panel.dialog()).toBeHidden()

  // Each of them works; no other character does.
  const box = panel.box('acme/platform/deploy-tools')
  const selected = (count: number) =>
    panel.selection().getByText(m.selection_count({ count: `${count}` }), { exact: true })
  await box.focus()
  for (const key of 'abcdfghijklmnopqrstuvwyz0123456789') await page.keyboard.press(key)
  await expect(box).toBeFocused()
  await expect(panel.dialog()).toBeHidden()
  await expect(panel.selection().getByText(/\d/)).toBeHidden()
  await page.keyboard.press('Space')
  await expect(selected(1)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Shift+X')
  await expect(selected(2)).toBeVisible()
  await page.keyboard.press('x')
  await expect(selected(1)).toBeVisible()
  await page.keyboard.press('Shift+Space')
  await page.keyboard.press('ArrowUp')
  await expect(box).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(panel.selection().getByText(/\d/)).toBeHidden()
  await page.keyboard.press('e')
  await panel.dialog().waitFor()
  await panel.cancel()
  await expect(box).toBeFocused()
  await page.keyboard.press('/')
  await page.keyboard.type('?/x')
  await expect(panel.search()).toHaveValue('?/x')
  await expect(panel.dialog()).toBeHidden()

  await page.getByRole('button', { name: m.account_menu({ username: 'maya' }) }).click()
  await page
    .getByRole('radiogroup', { name: m.keys_switch() })
    .getByRole('radio', { name: m.keys_off_label() })
    .check()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.keyboard.press('/')
  await expect(panel.search()).not.toBeFocused()
  await expect(panel.dialog()).toBeHidden()
  await page.reload()
  await panel.search().waitFor()
  await page.keyboard.press('?')
  await page.keyboard.press('/')
  await expect(panel.search()).not.toBeFocused()
  await expect(panel.dialog()).toBeHidden()
  await test.step('a link shows the keys, also those that come later than it', async () => {
    await panel.open({ address: '/projects/1/settings/ci_cd?tool=keys' })
    await expect(panel.dialog().getByText(m.key_search())).toBeVisible()
    await expect(panel.dialog().getByText(m.key_select_range())).toBeVisible()
  })
})

test('a tab that comes back after a minute reads the list again and marks what changed; print says whose list it is', async ({
  page,
  panel,
}) => {
  await page.clock.install()
  await panel.open()
  await panel.search().waitFor()
  await panel.box('acme/platform/deploy-tools').focus()
  const go = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, value: hidden })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await panel.request('PUT', '/projects/1/job_token_scope/groups_allowlist/12', {
    default_permissions: true,
    job_token_policies: [],
  })
  await panel.request('POST', '/projects/1/job_token_scope/allowlist', { target_project_id: 7 })
  await go(true)
  await page.clock.fastForward(50_000)
  await go(false)
  await page.clock.fastForward(1_000)
  await expect(panel.permissions('partners')).not.toContainText(m.permissions_default_words())

  await panel.request('DELETE', '/projects/1/job_token_scope/allowlist/2')
  await go(true)
  await page.clock.fastForward(61_000)
  await go(false)
  await expect(panel.entry('partners').getByText(m.news_changed())).toBeVisible()
  await expect(panel.permissions('partners')).toContainText(m.permissions_default_words())
  await expect(panel.entry('acme/mobile/app').getByText(m.news_added())).toBeVisible()
  await expectInSight(page, panel.allowlist().getByText(/acme\/platform\/deploy-tools/))
  // Its row is gone, and its neighbour has the focus.
  await expect(panel.box('partners')).toBeFocused()
  await panel.allowlist().getByRole('button', { name: m.news_dismiss() }).click()
  await expect(panel.entry('partners').getByText(m.news_changed())).toBeHidden()

  await page.emulateMedia({ media: 'print' })
  await expect(panel.allowlist().getByText(/@maya/)).toBeVisible()
  await expect(panel.search()).toBeHidden()
  await expect(panel.allowlist().getByRole('checkbox')).toHaveCount(0)
})
