import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const home = { scenario: 'default', address: '/' } as const
const checkout = 'tidewater/commerce/checkout'
const panelOf = (path: string) =>
  new RegExp(`/projects/${encodeURIComponent(path)}/settings/ci_cd`, 'i')

test('projects are listed, the latest active first', { tag: '@wire' }, async ({
  panel,
  projects,
}) => {
  await panel.open(home)
  const rows = projects.list().getByRole('listitem')
  await expect(rows).toHaveCount(20)
  await expect(rows.nth(0)).toContainText(checkout)
  await expect(rows.nth(0)).toContainText('Active Jan 15, 2026')
  await expect(rows.nth(1)).toContainText('tidewater/commerce/catalog')
  await expect(rows.nth(2)).toContainText('tidewater-open/libraries/money')
})

test('only projects where the user is Maintainer or Owner are listed', async ({
  panel,
  projects,
}) => {
  await panel.open({ scenario: 'contract', address: '/' })
  const rows = projects.list().getByRole('listitem')
  await expect(rows).toHaveText(/acme\/storefront/)
})

test('a refused list says so in words and can be asked for again', { tag: '@wire' }, async ({
  page,
  panel,
  projects,
}) => {
  await panel.open({ ...home, fault: 'GET /projects? 403' })
  const alert = page.getByRole('alert')
  await expect(alert).toContainText(m.load_failed({ what: m.what_projects() }))
  await expect(alert).toContainText(m.error_forbidden())
  await panel.turn({ fault: '' })
  await alert.getByRole('button', { name: m.try_again() }).click()
  await expect(projects.project(checkout)).toBeVisible()
  await expect(alert).toBeHidden()
})

test('an outage is said, and Try again shows the list once it is over', async ({
  page,
  panel,
  projects,
}) => {
  await panel.open({ ...home, fault: 'GET /projects? 503' })
  const alert = page.getByRole('alert')
  const tryAgain = alert.getByRole('button', { name: m.try_again() })
  await expect(alert).toContainText(m.error_unavailable({ status: '503' }))
  // The error of before stays on screen while it is tried again: only the button tells the two apart.
  await tryAgain.click()
  await expect(tryAgain).toHaveAttribute('aria-busy', 'true')
  await expect(tryAgain).not.toHaveAttribute('aria-busy')
  await expect(tryAgain).toBeFocused()
  await expect(alert).toContainText(m.error_unavailable({ status: '503' }))
  await panel.turn({ fault: '' })
  await tryAgain.click()
  await expect(projects.project(checkout)).toBeVisible()
})

test('pages follow each other, stand in the address and outlast a reload', async ({
  page,
  panel,
  projects,
}) => {
  await panel.open(home)
  await expect(projects.pages()).toContainText(m.pager_status_of({ page: '1', pages: '2' }))
  await projects.next()
  await expect(projects.pages()).toContainText(m.pager_status_of({ page: '2', pages: '2' }))
  await expect(projects.list().getByRole('listitem')).toHaveCount(9)
  await expect(page).toHaveURL(/[?&]page=2\b/)
  await page.reload()
  await expect(projects.list().getByRole('listitem')).toHaveCount(9)
  await projects.previous()
  await expect(projects.project(checkout)).toBeVisible()
  await page.goBack()
  await expect(projects.pages()).toContainText(m.pager_status_of({ page: '2', pages: '2' }))
})

test('a search narrows the list, and its address shows the same to another', async ({
  page,
  panel,
  projects,
}) => {
  await panel.open(home)
  await expect(projects.list().getByRole('listitem')).toHaveCount(20)
  await projects.search().fill('gift')
  await expect(projects.list().getByRole('listitem')).toHaveText([/commerce\/gift-cards/])
  await expect(page).toHaveURL(/[?&]search=gift\b/)
  await page.reload()
  await expect(projects.search()).toHaveValue('gift')
  await expect(projects.list().getByRole('listitem')).toHaveText([/commerce\/gift-cards/])
  await page.getByRole('button', { name: m.projects_search_clear() }).click()
  await expect(projects.list().getByRole('listitem')).toHaveCount(20)
  await expect(page).not.toHaveURL(/[?&]search=/)
  await expect(projects.search()).toBeFocused()
})

test('a search from a later page starts at its first page', async ({ page, panel, projects }) => {
  await panel.open({ ...home, address: '/?page=2' })
  await expect(projects.list().getByRole('listitem')).toHaveCount(9)
  await projects.search().fill('checkout')
  await expect(projects.project(checkout)).toHaveCount(2)
  await expect(page).not.toHaveURL(/[?&]page=2\b/)
})

test('a project opens by whatever names it', async ({ page, panel, projects }) => {
  await panel.open(home)
  for (const [spelling, text] of [
    ['its id', '1'],
    ['its full path', checkout],
    ['its path in other letters', 'Tidewater/Commerce/CHECKOUT'],
    ['the address of its page', `https://gitlab.example.com/${checkout}`],
    ['the address of a page below it', `https://gitlab.example.com/${checkout}/-/settings/ci_cd`],
    ['its HTTPS clone address', `https://gitlab.example.com/${checkout}.git`],
    ['its SSH address', `git@gitlab.example.com:${checkout}.git`],
    ['its ssh:// address', `ssh://git@gitlab.example.com/${checkout}.git`],
  ] as const) {
    await test.step(spelling, async () => {
      await projects.openByName(text)
      await expect(panel.title()).toBeVisible()
      await expect(page).toHaveURL(panelOf(checkout))
      await page.goBack()
      await expect(projects.title()).toBeVisible()
    })
  }
})

test('Enter opens the project that the field names', { tag: '@wire' }, async ({
  page,
  panel,
  projects,
}) => {
  await panel.open(home)
  await projects.search().fill(`${panel.gitlab()}/${checkout}`)
  await projects.search().press('Enter')
  await expect(panel.title()).toBeVisible()
  await expect(page).toHaveURL(panelOf(checkout))
})

test('a project of the list opens by its link, and Back returns to the search', async ({
  page,
  panel,
  projects,
}) => {
  await panel.open({ ...home, address: '/?search=catalog' })
  await projects.list().getByRole('link', { name: 'tidewater/commerce/catalog' }).click()
  await expect(panel.title()).toBeVisible()
  await expect(page).toHaveURL(panelOf('tidewater/commerce/catalog'))
  await page.goBack()
  await expect(projects.search()).toHaveValue('catalog')
})

test('an address of another host is named as such and cannot be opened', async ({
  page,
  panel,
  projects,
}) => {
  await panel.open(home)
  await projects.search().fill('https://gitlab.elsewhere.example/group/project')
  await expect(page.getByRole('status').filter({ hasText: 'gitlab.elsewhere.example' })).toHaveText(
    m.target_foreign({ host: 'gitlab.elsewhere.example' }),
  )
  await expect(projects.openButton()).toBeDisabled()
  // It names nothing here, so there is nothing to search for.
  await expect(projects.list().getByRole('listitem').first()).toBeVisible()
})

test('a project that is missing is said beside the field, and typing on clears it', {
  tag: '@wire',
}, async ({ page, panel, projects }) => {
  await panel.open(home)
  await projects.openByName('tidewater/commerce/nowhere')
  const alert = page.getByRole('alert')
  await expect(alert).toContainText(
    m.project_missing_body({ project: 'tidewater/commerce/nowhere', user: 'maya' }),
  )
  await expect(projects.title()).toBeVisible()
  await projects.search().fill('tidewater/commerce/cart')
  await expect(alert).toBeHidden()
})

test('a search without a match says what to do instead', async ({ page, panel, projects }) => {
  await panel.open(home)
  await projects.search().fill('no such thing')
  await expect(page.getByText(m.projects_none_found({ search: 'no such thing' }))).toBeVisible()
  await expect(projects.list()).toBeHidden()
})

test('a user without such projects is told what can be opened', async ({ page, panel }) => {
  await panel.open({ scenario: 'contract', as: 'guest', address: '/' })
  await expect(page.getByRole('heading', { level: 2, name: m.projects_none_title() })).toBeVisible()
  await expect(page.getByText(m.projects_none_body())).toBeVisible()
})

test('an archived project is marked', async ({ panel, projects }) => {
  await panel.open({ ...home, address: '/?search=legacy-shop' })
  await expect(projects.project('tidewater/commerce/legacy-shop')).toContainText(m.badge_archived())
  await expect(projects.project('tidewater/commerce/legacy-shop')).not.toContainText(checkout)
})
