import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

/** The rows of entries, from the top of the window: where each begins and ends, in pixels. */
const rowsOf = (panel: Panel) =>
  panel
    .allowlist()
    .getByRole('row')
    .filter({ has: panel.allowlist().page().getByRole('cell') })
    .evaluateAll((rows) =>
      rows.map((row) => {
        const { top, bottom } = row.getBoundingClientRect()
        return { top, bottom }
      }),
    )

const inSight = async (page: Page, panel: Panel) => {
  const height = page.viewportSize()?.height ?? 0
  return (await rowsOf(panel)).filter(({ bottom }) => bottom <= height).length
}

test('the list begins high in the window, and ten of its rows are in sight', {
  tag: '@wire-only',
}, async ({ page, panel }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await panel.open({ scenario: 'default' })
  await panel.modeChange().waitFor()
  await panel.entry('partners/northline').waitFor()
  const [first] = await rowsOf(panel)
  expect(first?.top).toBeLessThanOrEqual(300)
  expect(await inSight(page, panel)).toBeGreaterThanOrEqual(10)
  await page.setViewportSize({ width: 1280, height: 1080 })
  expect(await inSight(page, panel)).toBeGreaterThanOrEqual(14)
})

test('a row takes 40 pixels, or 56 where it needs a second line', async ({ page, panel }) => {
  await page.setViewportSize({ width: 1280, height: 2000 })
  await panel.open({ scenario: 'default' })
  await panel.entry('partners/northline').waitFor()
  const heights = (await rowsOf(panel)).map(({ top, bottom }) => Math.round(bottom - top))
  expect(heights.length).toBeGreaterThan(30)
  // One pixel of each is its border.
  expect(heights.filter((height) => height <= 41).length).toBeGreaterThan(heights.length / 2)
  expect(Math.max(...heights)).toBeLessThanOrEqual(57)
})

test('resources of one scope stand together, and print tells each grant', async ({
  page,
  panel,
}) => {
  await panel.open()
  const cell = panel.permissions('partners')
  const words = await cell.evaluate(
    ({ firstElementChild: line }) => line && getComputedStyle(line, '::before').content,
  )
  expect(words).toContain(`${m.resource_jobs()}, ${m.resource_packages()}: ${m.scope_read()}`)
  await expect(cell.getByTitle('Read to Jobs\nRead to Packages')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(cell.getByRole('listitem')).toHaveText(['Read to Jobs', 'Read to Packages'])
  const heights = await cell
    .getByRole('listitem')
    .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().height))
  expect(Math.min(...heights)).toBeGreaterThan(10)
  await expect(page.getByRole('banner')).toBeHidden()
  await expect(
    page.getByRole('main').getByRole('button', { name: m.add(), exact: true }),
  ).toBeHidden()
  await expect(page.getByRole('combobox')).toHaveCount(0)
})

test('permissions that are cut to two lines show whole to the keyboard', async ({
  page,
  panel,
}) => {
  await panel.open()
  const path = 'partners'
  await panel.request('PUT', '/projects/1/job_token_scope/groups_allowlist/12', {
    default_permissions: false,
    job_token_policies: [
      'READ_DEPLOYMENTS',
      'READ_ENVIRONMENTS',
      'READ_JOBS',
      'READ_MERGE_REQUESTS',
      'ADMIN_PACKAGES',
      'ADMIN_PIPELINES',
      'ADMIN_RELEASES',
      'ADMIN_SECURE_FILES',
    ],
  })
  await page.reload()
  const isCut = () =>
    panel
      .permissions(path)
      .evaluate(({ firstElementChild: line }) => line && line.scrollHeight > line.clientHeight)
  await panel.entry(path).waitFor()
  expect(await isCut()).toBe(true)
  await page.keyboard.press('Tab')
  await panel.entry(path).getByRole('button').first().focus()
  expect(await isCut()).toBe(false)
})

test('where the window is narrower, who added an entry leaves first, then its last use', async ({
  page,
  panel,
}) => {
  await panel.open()
  const head = (name: string) => panel.allowlist().getByRole('columnheader', { name })
  for (const [width, added, used] of [
    [1280, true, true],
    [1100, false, true],
    [900, false, false],
  ] as const) {
    await page.setViewportSize({ width, height: 800 })
    await expect(head(m.column_added())).toBeVisible({ visible: added })
    await expect(head(m.column_used())).toBeVisible({ visible: used })
  }
})

test('Add stays in sight while the list scrolls', async ({ page, panel }) => {
  await panel.open({ scenario: 'default' })
  await panel.entry('partners/northline').waitFor()
  await page.mouse.move(640, 500)
  await page.mouse.wheel(0, 900)
  await expect.poll(async () => (await rowsOf(panel))[0]?.top).toBeLessThan(0)
  const add = panel.allowlist().getByRole('button', { name: m.add(), exact: true })
  await expect(add).toBeInViewport({ ratio: 1 })
  const head = await panel.allowlist().getByRole('columnheader').first().boundingBox()
  const button = await add.boundingBox()
  expect(head && button && head.y >= button.y + button.height).toBe(true)
})

test('where neither a group nor a project fits on the list, Add says so before anything is typed', async ({
  panel,
}) => {
  await panel.open({ scenario: 'at-limit' })
  await panel.askToAdd()
  await expect(panel.dialog().getByText(m.error_limit())).toBeInViewport({ ratio: 1 })
  await panel.open()
  await panel.askToAdd()
  await expect(panel.target()).toBeVisible()
  await expect(panel.dialog().getByText(m.error_limit())).toHaveCount(0)
})

test('Refresh reads list, mode and log again, and says when that was or that it failed', async ({
  page,
  panel,
}) => {
  await panel.open()
  const refresh = panel.allowlist().getByRole('button', { name: m.refresh(), exact: true })
  await expectInSight(page, refresh)
  await panel.request('DELETE', '/projects/1/job_token_scope/groups_allowlist/12')
  await panel.request('PATCH', '/projects/1/job_token_scope', { enabled: false })
  await refresh.click()
  await expect(panel.entry('partners')).toBeHidden()
  await expect(panel.mode().getByRole('radio', { name: m.mode_all() })).toBeChecked()
  const status = panel.allowlist().getByRole('status')
  await expect(status.filter({ hasText: /^As of \d/ })).toHaveCount(1)
  await panel.turn({ fault: 'GET /authorizations 503' })
  await refresh.click()
  await expectInSight(
    page,
    panel
      .allowlist()
      .getByText(/^Not refreshed/)
      .first(),
  )
  await expect(status.filter({ hasText: /^Not refreshed/ })).toHaveCount(1)
  await panel.turn({ fault: '' })
  await refresh.click()
  await expect(panel.allowlist().getByText(/^Not refreshed/)).toHaveCount(0)
})
