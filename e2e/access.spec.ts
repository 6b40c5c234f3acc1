import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const project = 'acme/storefront'

for (const [as, user, role] of [
  ['developer', 'devi', m.role_developer()],
  ['guest', 'gus', m.role_guest()],
] as const) {
  test(`a ${as} is told which role is missing, and whom to ask`, { tag: '@wire' }, async ({
    page,
    panel,
  }) => {
    await panel.open({ as })
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.no_rights_title())
    await expect(page.getByText(m.no_rights_body({ project, user, role }))).toBeVisible()
    await expect(panel.allowlist()).toBeHidden()
    await expect(page.getByRole('alert')).toBeHidden()
    await expect(page.getByRole('button', { name: m.no_rights_check_again() })).toBeVisible()
  })
}

test('asking again whether the rights are there keeps the page, and the focus on the button', async ({
  page,
  panel,
}) => {
  await panel.open({ as: 'developer' })
  const again = page.getByRole('button', { name: m.no_rights_check_again() })
  await expect(again).toBeVisible()
  await panel.turn({ latency: 500 })
  await again.click()
  await expect(again).toHaveAttribute('aria-busy', 'true')
  await expect(panel.mode()).toBeHidden()
  await expect(again).not.toHaveAttribute('aria-busy')
  await expect(again).toBeFocused()
})

test('somebody outside of a public project is told so', async ({ page, panel }) => {
  await panel.open({ as: 'stranger', address: '/projects/3/settings/ci_cd' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.no_rights_title())
  await expect(
    page.getByText(m.no_rights_body_no_role({ project: 'partners/sdk', user: 'sam' })),
  ).toBeVisible()
})

test('a project that is hidden from the user looks like one that is missing', {
  tag: '@wire',
}, async ({ page, panel, projects }) => {
  await panel.open({ as: 'stranger' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.project_missing_title())
  await expect(page.getByText(m.project_missing_body({ project: '1', user: 'sam' }))).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
  await page.getByRole('link', { name: m.project_missing_way_on() }).click()
  await expect(projects.title()).toBeVisible()
})

test('a project that is missing is named as it stands in the address', async ({ page, panel }) => {
  await panel.open({ address: '/projects/acme%2Fnowhere/settings/ci_cd' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.project_missing_title())
  await expect(
    page.getByText(m.project_missing_body({ project: 'acme/nowhere', user: 'maya' })),
  ).toBeVisible()
})

test('an address that no screen has leads back to the projects', async ({
  page,
  panel,
  projects,
}) => {
  await panel.open({ address: '/no/such/page' })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.not_found_title())
  await page.getByRole('link', { name: m.project_missing_way_on() }).click()
  await expect(projects.title()).toBeVisible()
})

test('a panel opens by the id and by the path of its project', { tag: '@wire' }, async ({
  page,
  panel,
}) => {
  await panel.open()
  await expect(page).toHaveTitle(m.panel_document_title({ project }))
  await expect(panel.entry('partners')).toBeVisible()
  await panel.open({ address: `/projects/${encodeURIComponent(project)}/settings/ci_cd` })
  await expect(panel.entry('partners')).toBeVisible()
})

test('an archived project can be read, and every control says why it cannot be changed', async ({
  page,
  panel,
}) => {
  await panel.open({ as: 'owner', address: '/projects/5/settings/ci_cd' })
  await expect(page.getByText(m.archived_body())).toBeVisible()
  await expect(panel.entry('acme/archive')).toContainText(m.badge_own_project())

  const reason = m.archived_reason()
  const add = panel.allowlist().getByRole('button', { name: m.add(), exact: true })
  const edit = panel
    .entry('acme/archive')
    .getByRole('button', { name: m.edit_entry({ path: 'acme/archive' }) })
  for (const control of [
    add,
    edit,
    ...(await page.getByRole('button', { name: m.save_changes() }).all()),
  ]) {
    await expect(control).toBeDisabled()
    await expect(control).toHaveAccessibleDescription(reason)
  }
  await add.press('Enter')
  await expect(panel.dialog()).toBeHidden()
  await expect(panel.modeChange()).toBeDisabled()
  await expect(panel.modeChange()).toHaveAccessibleDescription(reason)
  await panel.modeChange().press('Enter')
  await expect(panel.mode().getByRole('radiogroup')).toHaveCount(0)

  await panel.box('acme/archive').check()
  await expect(panel.selection().getByText(reason)).toBeVisible()
  await expect(panel.selection().getByRole('button')).toHaveText([
    m.selection_export(),
    m.selection_clear(),
  ])
})

test('who is signed out is asked to sign in, whatever the address', { tag: '@wire-only' }, async ({
  panel,
  connect,
  page,
}) => {
  for (const address of ['/', '/projects/1/settings/ci_cd']) {
    await panel.open({ as: null, address })
    await expect(connect.title()).toBeVisible()
    await expect(page.getByRole('alert')).toBeHidden()
  }
})
