import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const panelPage = '/projects/1/settings/ci_cd'
const curl = encodeURIComponent(
  'curl --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/releases"',
)

/** What the page asks about single groups and projects, apart from the one that it is about. */
function watch(page: Page) {
  const asked: string[] = []
  const refused: string[] = []
  page.on('response', (response) => {
    const what = /\/api\/v4\/((?:groups|projects)\/[^/?]+)$/.exec(response.url())?.[1]
    if (what && what !== 'projects/1') asked.push(decodeURIComponent(what))
    // The browser writes each of these to its console, as an error.
    if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`)
  })
  return { asked, refused }
}

test('of a link that says its kind, the other kind is not asked for', async ({ page, panel }) => {
  const { asked, refused } = watch(page)
  await panel.open({ address: `${panelPage}?dialog=add&target=partners/sdk&kind=project` })
  await expect(panel.target()).toHaveValue('partners/sdk')
  await panel.add()
  await expect(panel.entry('partners/sdk')).toBeVisible()
  expect(asked.filter((what) => what.startsWith('groups/'))).toEqual([])
  expect(refused).toEqual([])
})

test('of a link that does not, both are', async ({ page, panel }) => {
  const { asked } = watch(page)
  await panel.open({ address: `${panelPage}?dialog=add&target=partners/sdk` })
  await panel.add()
  await expect(panel.entry('partners/sdk')).toBeVisible()
  expect(asked).toEqual(expect.arrayContaining(['groups/partners/sdk', 'projects/partners/sdk']))
})

test('a target that is on the list is not looked up', async ({ page, panel }) => {
  const { asked, refused } = watch(page)
  const listed = panel
    .dialog()
    .getByText(m.target_listed_as({ permissions: 'Read to Jobs, Packages' }))
  for (const target of ['partners', 'PARTNERS', '12&kind=group']) {
    await panel.open({ address: `${panelPage}?dialog=add&target=${target}` })
    await expect(listed).toBeVisible()
  }
  await panel.open()
  await panel.askToAdd()
  await panel.nameTarget('partners')
  await expect(listed).toBeVisible()
  expect(asked).toEqual([])
  expect(refused).toEqual([])
})

test('an id of one kind is not taken for the other one', async ({ panel }) => {
  await panel.open({ address: `${panelPage}?dialog=edit&target=2&kind=project` })
  await expect(panel.dialog()).toContainText('acme/platform/deploy-tools')
  await panel.open({ address: `${panelPage}?dialog=edit&target=2&kind=group` })
  await expect(panel.dialog()).toContainText(m.edit_missing({ path: '2' }))
})

test('the access check looks up no origin that is on the list, and leads on by its kind', async ({
  page,
  panel,
}) => {
  const { asked, refused } = watch(page)
  const edit = page.getByRole('link', { name: m.check_edit({ entry: 'partners' }) })
  const add = page.getByRole('link', { name: m.check_add() })
  await panel.open({ address: `/projects/1/access?q=${curl}&origin=acme/platform/deploy-tools` })
  await expect(page.getByRole('article').first()).toContainText(
    m.check_rule_default({ entry: 'acme/platform/deploy-tools' }),
  )
  expect(asked).toEqual([])

  await panel.open({ address: `/projects/1/access?q=${curl}&origin=partners/sdk` })
  await expect(add.or(edit).first()).toBeVisible()
  await add.first().click()
  await expect(panel.target()).toHaveValue('partners/sdk')
  expect(page.url()).toContain('kind=project')
  expect(asked.filter((what) => what.startsWith('groups/'))).toEqual([])
  expect(refused).toEqual([])
})

test('a project that would be refused is added as a project, with nothing of an earlier dialog', async ({
  page,
  panel,
}) => {
  const { asked, refused } = watch(page)
  await panel.open({ scenario: 'open', address: `${panelPage}?kind=group&policies=READ_JOBS` })
  await panel.chooseMode(m.mode_allowlist())
  await panel
    .mode()
    .getByRole('link', { name: m.mode_unlisted_add({ path: 'partners/sdk' }), exact: true })
    .click()
  await expect(panel.target()).toHaveValue('partners/sdk')
  await expect(panel.dialog().getByRole('radio', { name: m.permissions_default() })).toBeChecked()
  expect(page.url()).not.toContain('policies')
  await panel.add()
  await expect(panel.entry('partners/sdk')).toBeVisible()
  expect(asked.filter((what) => what.startsWith('groups/'))).toEqual([])
  expect(refused).toEqual([])
})

test('a text that is longer than any path is refused in its field, and not sent', async ({
  page,
  panel,
  projects,
}) => {
  // Ten thousand characters in an address are too many for most servers.
  const long = `acme/${'a'.repeat(10_000)}`
  const tooLong = m.target_too_long({ limit: '255' })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const sent = () => asked.filter((url) => url.includes('a'.repeat(100)))
  await panel.open()
  await test.step('as a target', async () => {
    await panel.askToAdd()
    await panel.nameTarget(long)
    await expect(panel.target()).toHaveAccessibleDescription(new RegExp(tooLong))
    await panel.add()
    await expect(panel.target()).toHaveAccessibleDescription(new RegExp(tooLong))
    await panel.target().fill('')
    await panel.cancel()
  })
  await test.step('as a project to look for', async () => {
    await page.getByRole('link', { name: m.app_name() }).click()
    await projects.search().fill(long)
    await expect(page.getByRole('main').getByText(tooLong)).toBeVisible()
    await expect(projects.openButton()).toHaveAttribute('aria-disabled', 'true')
    await expect(projects.project('acme/storefront')).toBeVisible()
  })
  await test.step('as the origin of a job', async () => {
    await panel.open({ address: '/projects/1/access' })
    const origin = page.getByRole('combobox', { name: m.check_origin() })
    await origin.fill(long)
    await expect(origin).toHaveAccessibleDescription(new RegExp(tooLong))
  })
  expect(sent()).toEqual([])
})
