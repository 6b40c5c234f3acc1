import { m } from '../src/i18n/paraglide/messages.js'
import { leftInEnglish } from './support/looks.ts'
import { expect, test } from './support/test.ts'

const listed = 'acme/platform/deploy-tools'

test('the language changes without a reload, and what was chosen stays', async ({
  page,
  panel,
  header,
}) => {
  await panel.open()
  await panel.chooseMode(m.mode_all())
  await page.evaluate(() => Object.assign(window, { sameLoad: true }))
  await header.chooseLanguage('日本語')
  await expect(panel.title()).toBeVisible()
  await expect(page.getByRole('radio', { name: m.mode_all() })).toBeChecked()
  expect(await page.evaluate(() => 'sameLoad' in window)).toBe(true)
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('ja')
})

test('half-typed input outlasts a change of language', async ({ panel, connect, header }) => {
  await panel.open()
  await connect.signOut()
  await connect.token().fill('half a tok')
  await header.chooseLanguage('日本語')
  await expect(connect.token()).toHaveValue('half a tok')
})

for (const [what, drawn, opening] of [
  ['the projects', 'acme/storefront', { address: '/' }],
  [
    'the endpoints',
    '/projects/:id/badges/:badge_id',
    { address: '/endpoints?method=DELETE&version=all' },
  ],
  ['the access check', m.check_text(), { address: '/projects/1/access' }],
  [
    'a group',
    'acme',
    { scenario: 'group-off', as: 'owner', address: '/groups/acme/settings/ci_cd' },
  ],
  ['the connection', m.connection_kind_extended(), { address: '/connect' }],
  ['the scenarios', 'gitlab-19-1', { address: '/scenarios' }],
  ['a page that is not there', m.not_found_title(), { address: '/no/such/page' }],
  ['a missing project', m.project_missing_title(), { address: '/projects/99/settings/ci_cd' }],
] as const) {
  test(`nothing stays behind in the language before: ${what}`, async ({ page, panel, header }) => {
    await panel.open(opening)
    await page.getByRole('main').getByText(drawn).first().waitFor()
    await header.chooseLanguage('日本語')
    await expect.poll(() => leftInEnglish(page)).toEqual([])
  })
}

test('what the panel has drawn before speaks the language that is chosen then', async ({
  page,
  panel,
  header,
}) => {
  await panel.open()
  await panel.askToEdit(listed)
  await panel.chooseFineGrained()
  await panel.cancel()
  await panel.discard()
  await expect(panel.dialog()).toBeHidden()
  await header.chooseLanguage('日本語')
  await expect.poll(() => leftInEnglish(page)).toEqual([])
  await panel.askToEdit(listed)
  await panel.chooseFineGrained()
  await expect.poll(() => leftInEnglish(page)).toEqual([])
  await panel.cancel()
  await expect(panel.discarding()).toBeVisible()
})

test('the language is remembered over a reload', async ({ page, panel, header }) => {
  await panel.open()
  await header.chooseLanguage('日本語')
  await page.reload()
  await expect(panel.title()).toBeVisible()
})

test('an address that names a language wins, and follows a change', async ({
  page,
  panel,
  header,
}) => {
  await panel.open()
  await header.chooseLanguage('日本語')
  await panel.open({ lang: 'en' })
  await expect(panel.title()).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  await header.chooseLanguage('日本語')
  await expect(page).toHaveURL(/[?&]lang=ja\b/)
  await page.reload()
  await expect(panel.title()).toBeVisible()
})

test.describe('a browser that prefers Japanese', () => {
  test.use({ locale: 'ja-JP', language: 'ja' })

  test('is answered in Japanese', async ({ panel }) => {
    await panel.open()
    await expect(panel.title()).toBeVisible()
  })
})

for (const [lang, date, project, projects] of [
  ['en', 'Nov 18, 2025', '1 project (limit 200)', '0 projects (limit 200)'],
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
