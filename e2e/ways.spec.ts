import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import { barriers } from './support/looks.ts'
import { expect, test } from './support/test.ts'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const crumb = (page: Page, project: string) =>
  page.getByRole('main').getByRole('button', { name: m.picker_switch({ project }) })
const field = (page: Page) => page.getByRole('searchbox', { name: m.projects_search() })
const choices = (page: Page, name: string) => page.getByRole('list', { name })

test('the header leads between the parts, and marks the one that one is in', async ({
  page,
  panel,
  projects,
  header,
}) => {
  await panel.open()
  const link = (name: string) => header.nav().getByRole('link', { name, exact: true })
  await expect(link(m.nav_projects())).toHaveAttribute('aria-current', 'true')
  await link(m.nav_projects()).click()
  await expect(projects.title()).toBeVisible()
  await expect(link(m.nav_projects())).toHaveAttribute('aria-current', 'page')
  await link(m.endpoints_link()).click()
  await expect(heading(page, m.endpoints_title())).toBeVisible()
  await expect(link(m.endpoints_link())).toHaveAttribute('aria-current', 'page')
  await expect(link(m.nav_projects())).not.toHaveAttribute('aria-current', /true|page/)
  await link(m.check_title()).click()
  await expect(heading(page, m.check_title())).toBeVisible()
  await expect(link(m.check_title())).toHaveAttribute('aria-current', 'page')
  await choices(page, m.picker_recent()).getByRole('link', { name: 'acme/storefront' }).click()
  await expect(crumb(page, 'acme/storefront')).toBeVisible()
  await expect(link(m.check_title())).toHaveAttribute('aria-current', 'true')
})

test('the access check answers for each project that a text names, without one chosen first', async ({
  page,
  panel,
}) => {
  await panel.open({ address: '/', as: 'developer' })
  await page.getByRole('link', { name: m.projects_none_check() }).click()
  await page
    .getByRole('textbox', { name: m.check_text() })
    .fill(
      ['1/releases', 'partners%2Fsdk/packages', '$LIB/jobs', '4/jobs']
        .map((path) => `curl -H "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/${path}"`)
        .join('\n'),
    )
  const answer = (name: string) => page.getByRole('region', { name, exact: true })
  const line = (name: string, number: number) =>
    answer(name).getByRole('article', { name: m.check_line({ line: number }) })
  const storefront = m.check_project_named({ path: 'acme/storefront', id: '1' })
  await expectInSight(page, line(storefront, 1))
  await expect(line(m.check_project_named({ path: 'partners/sdk', id: '3' }), 2)).toBeVisible()
  await expect(line(m.access_rest(), 3)).toContainText(m.access_unnamed())
  const hidden = m.access_missing({ project: m.check_project_id({ id: '4' }) })
  await expect(line(m.access_rest(), 4)).toContainText(hidden)
  // The text goes along to the project that is chosen for the rest.
  await answer(m.access_project()).getByRole('searchbox').fill('1')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/projects\/1\/access/)
  await expect(line(m.check_results(), 3)).toContainText('acme/storefront')
})

test('each row tells what its jobs may do here, and leads to the check of their calls', async ({
  page,
  panel,
}) => {
  await panel.open()
  const rights = (path: string) =>
    panel.entry(path).getByRole('button', { name: m.rights_of({ path }) })
  const part = (name: string) => panel.dialog().getByRole('heading', { name }).locator('..')
  await rights('partners').press('Enter')
  await expect(panel.dialog()).toHaveAccessibleName(m.rights_title())
  await expect(part(m.rights_deciding())).toContainText(m.rights_group({ path: 'partners' }))
  await expect(part(m.rights_mode())).toContainText(m.rights_mode_list())
  await test.step('with the endpoints on demand', async () => {
    await part(m.rights_opens()).getByRole('button').press('Enter')
    await expectInSight(
      page,
      part(m.rights_opens()).getByText('/projects/:id/jobs', { exact: true }),
    )
    expect(await barriers(page)).toEqual([])
  })
  await page.keyboard.press('Escape')
  await expect(rights('partners')).toBeFocused()

  const path = 'acme/platform/deploy-tools'
  await rights(path).press('Enter')
  await expect(part(m.rights_opens())).toContainText(m.summary_default())
  await panel.dialog().getByRole('link', { name: m.check_open() }).press('Enter')
  await expect(heading(page, m.check_title())).toBeFocused()
  await expect(page.getByRole('combobox', { name: m.check_origin() })).toHaveValue(path)
  await test.step('and says that it counts for nothing while all have access', async () => {
    await panel.open({
      scenario: 'open',
      address: `/projects/1/settings/ci_cd?dialog=rights&target=${path}`,
    })
    await expectInSight(page, part(m.rights_mode()).getByText(m.rights_mode_all()))
  })
})

test('at 320 px the header is one line, and its menu has all of it', async ({
  page,
  panel,
  header,
}) => {
  await page.setViewportSize({ width: 320, height: 568 })
  for (const lang of ['en', 'ja'] as const) {
    await panel.open({ lang })
    const box = await header.banner().boundingBox()
    expect(box?.height, lang).toBeLessThan(56)
    await expect(header.nav()).toBeHidden()
    await header.menuButton().focus()
    await page.keyboard.press('Enter')
    await expect(header.nav()).toBeVisible()
    await page.keyboard.press('Tab')
    await expect(
      header.nav().getByRole('link', { name: m.nav_projects({}, { locale: lang }) }),
    ).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(
      page.getByRole('heading', { level: 1, name: m.projects_title({}, { locale: lang }) }),
    ).toBeVisible()
    await expect(header.nav()).toBeHidden()
  }
})

test('language and appearance are within reach where nobody is signed in', async ({
  page,
  panel,
  header,
  connect,
}) => {
  await panel.open()
  await connect.signOut()
  await header.chooseLanguage('日本語')
  await expect(heading(page, m.connect_title({}, { locale: 'ja' }))).toBeVisible()
  await expect(header.nav().getByRole('link')).toHaveCount(1)
})

test('the menu is gone by Escape, by a press beside it and when the focus leaves it', async ({
  page,
  panel,
  header,
}) => {
  await panel.open()
  const choice = header.theme(m.theme_dark())
  await header.openMenu()
  await page.keyboard.press('Escape')
  await expect(choice).toBeHidden()
  await expect(header.menuButton()).toBeFocused()
  await header.openMenu()
  await panel.title().click()
  await expect(choice).toBeHidden()
  await header.openMenu()
  await header.banner().getByRole('button', { name: m.sign_out() }).focus()
  await page.keyboard.press('Tab')
  await expect(choice).toBeHidden()
})

test('from one project to another by the keyboard: Enter opens the only result', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'default', as: 'owner' })
  const from = 'tidewater/commerce/checkout'
  await crumb(page, from).focus()
  await page.keyboard.press('Enter')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('catalog')
  await page.keyboard.press('Enter')
  await expect(crumb(page, 'tidewater/commerce/catalog')).toBeVisible()
  await expect(panel.title()).toBeFocused()

  await test.step('and back among those opened last, by the arrow keys', async () => {
    await crumb(page, 'tidewater/commerce/catalog').focus()
    await page.keyboard.press('Enter')
    const recent = choices(page, m.picker_recent()).getByRole('link')
    await expect(recent).toHaveText([from])
    await page.keyboard.press('ArrowDown')
    await expect(recent).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(crumb(page, from)).toBeVisible()
  })
})

test('another project keeps the page that one is on, and any project can be named', async ({
  page,
  panel,
}) => {
  await panel.open({ address: '/projects/1/access' })
  await crumb(page, 'acme/storefront').click()
  await field(page).fill('https://gitlab.example.com/partners/sdk/-/pipelines')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/projects\/partners%2Fsdk\/access/)
  await expect(heading(page, m.check_title())).toBeVisible()
})

test('what was opened last is kept for this user alone, and forgotten at sign-out', async ({
  page,
  panel,
  connect,
}) => {
  const kept = () =>
    page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('recent')))
  await panel.open()
  await expect(crumb(page, 'acme/storefront')).toBeVisible()
  await expect.poll(kept).toHaveLength(1)
  const [entry] = await kept()
  expect(entry?.[0]).toMatch(/^recent-projects \S+ \d+$/)
  expect(JSON.parse(entry?.[1] ?? '')).toEqual([{ id: 1, fullPath: 'acme/storefront' }])
  await connect.signOut()
  expect(await kept()).toEqual([])
})
