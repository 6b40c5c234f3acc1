import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const language = (page: Page) =>
  page.getByRole('banner').getByRole('combobox', {
    name: new RegExp(`^(${m.language({}, { locale: 'en' })}|${m.language({}, { locale: 'ja' })})$`),
  })

test('the language changes without a reload, and what was chosen stays', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.chooseMode(m.mode_all())
  await page.evaluate(() => Object.assign(window, { sameLoad: true }))
  await language(page).selectOption('日本語')
  await expect(
    page.getByRole('heading', { level: 1, name: m.panel_title({}, { locale: 'ja' }) }),
  ).toBeVisible()
  await expect(page.getByRole('radio', { name: m.mode_all({}, { locale: 'ja' }) })).toBeChecked()
  expect(await page.evaluate(() => 'sameLoad' in window)).toBe(true)
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('ja')
})

test('half-typed input outlasts a change of language', async ({ page, panel, connect }) => {
  await panel.open()
  await connect.signOut()
  await connect.token().fill('half a tok')
  await language(page).selectOption('日本語')
  await expect(page.getByLabel(m.connect_token({}, { locale: 'ja' }), { exact: true })).toHaveValue(
    'half a tok',
  )
})

test('the language is remembered over a reload', async ({ page, panel }) => {
  await panel.open()
  await language(page).selectOption('日本語')
  await page.reload()
  await expect(
    page.getByRole('heading', { level: 1, name: m.panel_title({}, { locale: 'ja' }) }),
  ).toBeVisible()
})

test('an address that names a language wins, and follows a change', async ({ page, panel }) => {
  await panel.open()
  await language(page).selectOption('日本語')
  await panel.open({ lang: 'en' })
  await expect(panel.title()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  await language(page).selectOption('日本語')
  await expect(page).toHaveURL(/[?&]lang=ja\b/)
  await page.reload()
  await expect(
    page.getByRole('heading', { level: 1, name: m.panel_title({}, { locale: 'ja' }) }),
  ).toBeVisible()
})

test.describe('a browser that prefers Japanese', () => {
  test.use({ locale: 'ja-JP' })

  test('is answered in Japanese', async ({ page, panel }) => {
    await panel.open()
    await expect(
      page.getByRole('heading', { level: 1, name: m.panel_title({}, { locale: 'ja' }) }),
    ).toBeVisible()
  })
})

for (const [lang, date, project, projects] of [
  ['en', 'Nov 18, 2025', '1 project of at most 200', '0 projects of at most 200'],
  ['ja', '2025/11/18', 'プロジェクト 1件(上限 200件)', 'プロジェクト 0件(上限 200件)'],
] as const) {
  test(`dates and numbers read as in ${lang}`, async ({ panel }) => {
    await panel.open({ lang })
    await expect(panel.entry('partners')).toContainText(date)
    await expect(panel.allowlist().getByText(project)).toBeVisible()
    await panel.askToRemove('acme/platform/deploy-tools')
    await panel.confirm()
    await expect(panel.allowlist().getByText(projects)).toBeVisible()
  })
}
