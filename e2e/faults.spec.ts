import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const list = 'GET /job_token_scope/allowlist'
test('every card says what it misses', { tag: '@wire' }, async ({ panel }) => {
  await panel.open({ fault: 'GET /job_token_scope 500' })
  for (const card of [panel.mode(), panel.allowlist()]) {
    await expect(card.getByRole('alert')).toContainText(m.error_unavailable({ status: '500' }))
  }
  await expect(panel.push().getByRole('checkbox').first()).toBeVisible()
  await panel.turn({ fault: '' })
  for (const card of [panel.mode(), panel.allowlist()]) {
    await card.getByRole('button', { name: m.try_again() }).click()
    await expect(card.getByRole('alert')).toBeHidden()
  }
  await expect(panel.modeChange()).toBeVisible()
  await expect(panel.entry('partners')).toBeVisible()
})

test('a broken answer is named by the call and by what was expected', async ({ panel }) => {
  await panel.open({ fault: `${list} wrong-type` })
  await expect(panel.allowlist().getByRole('alert')).toContainText(
    'GET /api/v4/projects/1/job_token_scope/allowlist: a list',
  )
})

for (const effect of ['503', 'abort']) {
  test(`a read that fails once by ${effect} is repeated without a word`, async ({
    page,
    panel,
  }) => {
    await panel.open({ fault: `${list} ${effect} 1` })
    await expect(panel.entry('partners')).toBeVisible()
    await expect(page.getByRole('alert')).toBeHidden()
  })
}

test('a server error is not repeated unasked', async ({ panel }) => {
  await panel.open({ fault: `${list} 500 1` })
  await expect(panel.allowlist().getByRole('alert')).toBeVisible()
})

test('a project that cannot be read is one error, mended by Try again', async ({ page, panel }) => {
  // The path, unlike the id, tells the read of the project from those of its parts.
  await panel.open({
    address: '/projects/acme%2Fstorefront/settings/ci_cd',
    fault: 'GET /projects/acme/storefront 500',
  })
  const alert = page.getByRole('alert')
  await expect(alert).toContainText(m.error_unavailable({ status: '500' }))
  await panel.turn({ fault: '' })
  await alert.getByRole('button', { name: m.try_again() }).click()
  await expect(panel.entry('partners')).toBeVisible()
})

test('an address that the API does not have leads to the connection, and is no missing project', async ({
  page,
  panel,
}) => {
  const address = '/projects/acme%2Fstorefront/settings/ci_cd'
  const project = 'GET /projects/acme/storefront'
  await panel.open({ address, fault: `${project} 404` })
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.project_missing_title())
  await expect(page.getByRole('alert')).toBeHidden()

  await panel.open({ fault: `${list} no-route` })
  await expect(panel.allowlist().getByRole('alert')).toContainText(m.error_unknown_address())

  await panel.open({ address, fault: `${project} no-route` })
  const alert = page.getByRole('alert')
  await expect(alert).toContainText(m.error_unknown_address())
  await expect(panel.title()).toBeVisible()
  await expect(alert.getByRole('button', { name: m.try_again() })).toBeVisible()
  await alert.getByRole('link', { name: m.error_unknown_address_way_on() }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(m.connection_title())
})

test('after five seconds the card says that GitLab is slow', async ({ page, panel }) => {
  await page.clock.install()
  await panel.open({ fault: `${list} delay:20000` })
  const slow = panel.allowlist().getByRole('status').filter({ hasText: m.slow() })
  await expect(panel.allowlist().getByRole('status')).toHaveText(m.loading())
  await expect(slow).toBeHidden()
  await page.clock.runFor(5_000)
  await expect(slow).toBeVisible()
  await page.clock.runFor(20_000)
  await expect(panel.entry('partners')).toBeVisible()
  await expect(slow).toBeHidden()
})

test('a dialog that is asked for before the list is there opens with it', async ({
  page,
  panel,
}) => {
  await page.clock.install()
  await panel.open({ fault: `${list} delay:3000` })
  await panel.askToAdd()
  await expect(page).toHaveURL(/[?&]dialog=add\b/)
  await expect(panel.dialog()).toBeHidden()
  await page.clock.runFor(5_000)
  await expect(panel.dialog()).toHaveAccessibleName(m.add_title())
  await expect(panel.target()).toBeFocused()
})

test('after half a minute a read is given up, and can be asked for again', async ({
  page,
  panel,
}) => {
  await page.clock.install()
  await panel.open({ fault: `${list} timeout` })
  const alert = panel.allowlist().getByRole('alert')
  await expect(panel.allowlist().getByRole('status')).toHaveText(m.loading())
  await page.clock.runFor(31_000)
  await expect(alert).toContainText(m.error_timeout())
  await panel.turn({ fault: '' })
  await alert.getByRole('button', { name: m.try_again() }).click()
  await expect(panel.entry('partners')).toBeVisible()
})

test('a refresh that fails keeps the rows, with a notice that leads to fresh ones', async ({
  page,
  panel,
}) => {
  await panel.open()
  await panel.askToRemove('acme/platform/deploy-tools')
  await panel.turn({ fault: `${list} 500` })
  await panel.confirm()
  // The list is asked for before and after.
  await expect(panel.dialog()).toBeHidden()
  const notice = panel.allowlist().getByRole('status').filter({ hasText: m.refresh_failed() })
  await expect(notice).toContainText(m.error_unavailable({ status: '500' }))
  await expect(panel.entry('partners')).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()

  await panel.turn({ fault: '' })
  await notice.getByRole('button', { name: m.try_again() }).click()
  await expect(notice).toBeHidden()
  await expect(panel.entry('partners')).toBeVisible()
  await expect(panel.entry('acme/platform/deploy-tools')).toBeHidden()
})
