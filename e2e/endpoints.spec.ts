import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const address = '/endpoints'
const all = 195
const field = (page: Page) => page.getByRole('searchbox', { name: m.endpoints_search() })
const row = (page: Page, method: string, path: string) =>
  page
    .getByRole('row')
    .filter({ has: page.getByText(path, { exact: true }) })
    .filter({ has: page.getByText(method, { exact: true }) })
const found = (page: Page, count: number) =>
  page
    .getByRole('status')
    .getByText(m.endpoints_found({ count: String(count), total: String(all) }), { exact: true })
const group = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

test('words narrow the list at once, and are in the address', async ({ page, panel }) => {
  await panel.open({ address: `${address}?version=all` })
  await expect(found(page, all)).toBeVisible()
  await field(page).fill('terraform LOCK')
  await expect(found(page, 2)).toBeVisible()
  await expect(row(page, 'DELETE', '/projects/:id/terraform/state/:name/lock')).toBeVisible()
  await expect(group(page, m.resource_terraform_state())).toContainText(
    m.endpoints_found_of_group({ count: '2', total: '7' }),
  )
  await expect(page).toHaveURL(/q=terraform\+LOCK/)
  await page.reload()
  await expect(field(page)).toHaveValue('terraform LOCK')
  await expect(found(page, 2)).toBeVisible()

  await field(page).fill('nothing is called so')
  await expect(page.getByRole('heading', { name: m.endpoints_none_title() })).toBeVisible()
  await page.getByRole('button', { name: m.endpoints_clear_filters() }).click()
  await expect(found(page, all)).toBeVisible()
})

test('resource, scope, method and version narrow it together, and a link keeps them', async ({
  page,
  panel,
}) => {
  await panel.open({ address })
  const choose = (label: string, option: string) =>
    page.getByRole('combobox', { name: label }).selectOption(option)
  await choose(m.endpoints_resource(), m.resource_packages())
  await expect(page.getByRole('main').getByRole('region')).toHaveCount(1)
  await choose(m.endpoints_scope(), m.scope_read())
  await expect(found(page, 59)).toBeVisible()
  await choose(m.endpoints_method(), 'POST')
  await expect(
    row(page, 'POST', '/projects/:id/packages/npm/-/npm/v1/security/audits/quick'),
  ).toBeVisible()
  await choose(m.endpoints_method(), 'GET')
  const download = row(
    page,
    'GET',
    '/projects/:id/packages/:package_id/package_files/:package_file_id/download',
  )
  await expect(download).toContainText(m.endpoint_since({ version: '18.3' }))
  await choose(m.endpoints_version(), '18.0')
  await expect(download).toBeHidden()
  await expect(page).toHaveURL(/resource=PACKAGES.*scope=read.*method=GET.*version=18\.0/)
  await page.reload()
  await expect(download).toBeHidden()
  await expect(page.getByRole('combobox', { name: m.endpoints_scope() })).toHaveValue('read')
  await choose(m.endpoints_resource(), m.endpoint_needs_nothing())
  await choose(m.endpoints_scope(), m.endpoints_all())
  await expect(group(page, m.endpoint_needs_nothing())).toContainText(
    m.endpoints_uncontrolled_about(),
  )
})

test('a copied link leads to its endpoint, in sight and marked', async ({
  page,
  context,
  panel,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await panel.open({ address })
  const path = '/projects/:id/repository/tags'
  await row(page, 'GET', path)
    .getByRole('button', { name: m.endpoints_copy({ call: `GET ${path}` }), exact: true })
    .click()
  await expect(panel.toast()).toContainText(m.endpoints_copied())
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.goto('about:blank')
  await page.goto(link)
  await expect(row(page, 'GET', path)).toHaveAttribute('aria-current', 'true')
  await expect(row(page, 'GET', path)).toBeInViewport()
  await expect(row(page, 'GET', '/projects/:id/badges')).not.toBeInViewport()

  await field(page).fill('tags')
  await expect(row(page, 'GET', path)).not.toHaveAttribute('aria-current')
})

test('a link to an endpoint that is unknown here says so', async ({ page, panel }) => {
  await panel.open({ address: `${address}?endpoint=get-nothing&version=all` })
  await expect(page.getByText(m.endpoints_unknown({ id: 'get-nothing' }))).toBeVisible()
  await expect(found(page, all)).toBeVisible()
})

test('where the browser does not let copy, the link goes to the address bar', async ({
  page,
  panel,
}) => {
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'clipboard', { value: undefined }),
  )
  await panel.open({ address })
  await page
    .getByRole('button', { name: m.endpoints_copy({ call: 'GET /job' }), exact: true })
    .click()
  await expect(panel.toast()).toContainText(m.endpoints_copy_failed())
  await expect(page).toHaveURL(/endpoint=get-job(&|$)/)
})

test('a pasted URL says which endpoint it is, and its secrets stay out of the address', async ({
  page,
  panel,
}) => {
  await panel.open({ address })
  const badge = 'https://gitlab.example.com/api/v4/projects/acme%2Fapp/badges/5'
  await field(page).fill(`DELETE ${badge}?private_token=glpat-abcdefghijklmnop`)
  await expect(page.getByText(m.endpoints_address({ count: 1 }))).toBeVisible()
  await expect(row(page, 'DELETE', '/projects/:id/badges/:badge_id')).toBeVisible()
  await expect(found(page, 1)).toBeVisible()
  await expect(page).toHaveURL(/q=DELETE/)
  expect(page.url()).not.toMatch(/token=|glpat/)
  // The field is the reader's own and stays as it was typed.
  await expect(field(page)).toHaveValue(/glpat/)

  await field(page).fill(badge)
  await expect(page.getByText(m.endpoints_address({ count: 3 }))).toBeVisible()
  await field(page).fill(`PATCH ${badge}`)
  await expect(page.getByText(m.endpoints_other_method({ method: 'PATCH' }))).toBeVisible()
  await field(page).fill('https://gitlab.elsewhere.example/api/v4/job')
  await expect(
    page.getByText(m.endpoints_foreign({ host: 'gitlab.elsewhere.example' })),
  ).toBeVisible()
  await expect(row(page, 'GET', '/job')).toBeVisible()
})

test('the GitLab in use is measured by its version', async ({ page, panel }) => {
  await panel.open({ scenario: 'gitlab-18-0', address })
  const missing = m.endpoints_not_yet({ version: '18.0' })
  const version = page.getByRole('combobox', { name: m.endpoints_version() })
  const newer = row(page, 'GET', '/projects/:id/merge_requests')
  // It starts with what this GitLab has.
  await expect(version).toHaveValue('18.0')
  await expect(row(page, 'GET', '/job')).toBeVisible()
  await expect(newer).toHaveCount(0)
  await expect(page.getByText(missing)).toHaveCount(0)

  await version.selectOption(m.endpoints_all())
  await expect(found(page, all)).toBeVisible()
  await expect(newer).toContainText(missing)
  await expect(row(page, 'GET', '/job')).not.toContainText(missing)
  await version.selectOption(m.endpoints_version_own({ version: '18.0' }))
  await expect(newer).toHaveCount(0)

  // What only a newer release has is found all the same, and marked.
  await panel.open({ scenario: 'gitlab-18-0', address })
  await field(page).fill('https://gitlab.example.com/api/v4/projects/1/badges/5')
  await expect(row(page, 'DELETE', '/projects/:id/badges/:badge_id')).toContainText(missing)
})

test('rows are 44 pixels high, and those of newer releases come last', async ({ page, panel }) => {
  await panel.open({ address: `${address}?version=all` })
  const rows = page.getByRole('row').filter({ has: page.getByRole('cell') })
  const heights = await rows.evaluateAll((all) =>
    all.slice(0, 12).map((row) => row.getBoundingClientRect().height),
  )
  expect(heights.filter((height) => height <= 45).length).toBeGreaterThanOrEqual(8)
  await expect(rows.first()).not.toContainText(/Since GitLab/)
  const since = await rows.evaluateAll((all) => all.map((row) => /19\.\d/.test(row.textContent)))
  expect(since.indexOf(true)).toBeGreaterThan(12)
})

test('nobody has to sign in to read it', async ({ page, panel, connect }) => {
  await panel.open({ scenario: 'gitlab-18-0', address: '/connect' })
  await connect.signOut()
  await page.getByRole('link', { name: m.endpoints_link() }).click()
  await expect(found(page, all)).toBeVisible()
  await expect(page.getByText(m.endpoints_not_yet({ version: '18.0' }))).toHaveCount(0)
  await field(page).fill('https://gitlab.elsewhere.example/api/v4/job')
  await expect(page.getByText(m.endpoints_address({ count: 1 }))).toBeVisible()
  await expect(page.getByText('gitlab.elsewhere.example')).toHaveCount(0)
})

test('in Japanese, Japanese words find it', async ({ page, panel }) => {
  await panel.open({ address, lang: 'ja' })
  const searchbox = page.getByRole('searchbox')
  await searchbox.fill('バッジを削除')
  await expect(
    row(page, 'DELETE', '/projects/:id/badges/:badge_id').getByRole('cell').nth(2),
  ).toHaveText(m.permissions_grant_words({ resource: 'バッジ', scope: '読み書き' }))
  await expect(page.getByRole('columnheader').nth(2)).toHaveText(m.endpoints_column_needs())
})

test('the dialog counts what each choice opens, lists it, and previews the others', async ({
  panel,
}) => {
  await panel.open()
  await panel.askToEdit('partners')
  const count = (resource: string, open: number, total: number) =>
    panel.dialog().getByRole('button', {
      name: m.endpoints_opened_label({ resource, count: String(open), total: String(total) }),
      exact: true,
    })
  await expect(count(m.resource_packages(), 59, 92)).toBeVisible()
  await expect(count(m.resource_deployments(), 0, 7)).toBeVisible()
  await panel.choose(m.resource_deployments(), m.scope_read_write())
  // One of them asks for environments too.
  await count(m.resource_deployments(), 6, 7).click()
  const list = panel.dialog().getByRole('listitem')
  await expect(list.getByText(m.endpoint_closed())).toHaveCount(1)
  await expect(
    panel.dialog().getByText(m.endpoints_preview_fewer({ scope: m.scope_read(), count: '3' })),
  ).toBeVisible()
  await panel.choose(m.resource_environments(), m.scope_read_write())
  await expect(count(m.resource_deployments(), 7, 7)).toBeVisible()
  await expect(list.getByText(m.endpoint_closed())).toHaveCount(0)
  await panel.save()
  await expect(panel.permissions('partners')).toContainText(m.resource_environments())
})

test('the dialog previews a choice where it stands, and sums up what the entry will do', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.askToEdit('partners')
  const dialog = panel.dialog()
  const deployments = dialog.getByRole('radiogroup', { name: m.resource_deployments() })
  const preview = (choice: string, count: string) =>
    dialog.getByText(m.endpoints_preview_more({ scope: choice, count }))
  const sum = (resources: string, count: string) =>
    dialog.getByText(
      `${m.permissions_grant_words({ scope: m.scope_read(), resource: resources })} · ` +
        m.summary_open({ count, total: '157' }),
    )

  await expect(sum('Jobs, Packages', '66')).toBeVisible()
  await deployments.getByRole('radio', { name: m.scope_read_write() }).hover()
  await expect(preview(m.scope_read_write(), '6')).toBeVisible()
  await deployments.getByRole('radio', { name: m.scope_read(), exact: true }).hover()
  await expect(preview(m.scope_read(), '3')).toBeVisible()
  await page.mouse.move(0, 0)
  await expect(preview(m.scope_read(), '3')).toBeHidden()
  // By keyboard the choice goes with the focus, and the difference is told as it is made.
  await deployments.getByRole('radio', { name: m.scope_none() }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(preview(m.scope_read(), '3')).toBeVisible()

  await expect(sum('Deployments, Jobs, Packages', '69')).toBeVisible()
  await panel.choose(m.resource_deployments(), m.scope_none())
  await panel.choose(m.resource_jobs(), m.scope_none())
  await panel.choose(m.resource_packages(), m.scope_none())
  await expect(dialog.getByText(m.summary_nothing())).toBeVisible()
  await panel.chooseDefault()
  await expect(dialog.getByText(m.summary_default())).toBeVisible()
})

// About the build, which no set-up changes.
test.describe('a list of endpoints that does not arrive', () => {
  test.use({ expectedErrors: [/could not be fetched|dynamically imported module/] })

  test('leaves the dialog as it is, without counts', { tag: '@wire-only' }, async ({
    page,
    panel,
  }) => {
    const asked = page.waitForRequest(/OpenedEndpoints-.*\.js/)
    await page.route(/OpenedEndpoints-.*\.js/, (route) => route.abort())
    await panel.open()
    await panel.askToEdit('partners')
    await asked
    await panel.choose(m.resource_jobs(), m.scope_read_write())
    await expect(panel.dialog().getByRole('button', { name: /endpoints/ })).toHaveCount(0)
    await panel.save()
    await expect(panel.permissions('partners')).toContainText('Read and write to Jobs')
  })
})
