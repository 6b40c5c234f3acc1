import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

/** Servers that refuse, answer without end, or answer with what cannot be. */

const list = 'GET /job_token_scope/allowlist'

/** How often the page has asked for the projects of the allowlist, not just for what kind of server it is. */
function countReads(page: Page): () => number {
  let count = 0
  page.on('request', (request) => {
    if (/\/job_token_scope\/allowlist\?per_page=100/.test(request.url())) count += 1
  })
  return () => count
}

test('a server that refuses for ever is asked ever more rarely, and after five minutes by the button alone', async ({
  page,
  panel,
}) => {
  const reads = countReads(page)
  await page.clock.install()
  await panel.open({ fault: `${list} 429:0` })
  const alert = panel.allowlist().getByRole('alert')
  await expect(async () => {
    await page.clock.runFor(1_000)
    await expect(alert).toContainText(m.error_rate_limited(), { timeout: 100 })
  }).toPass()
  await expect(async () => {
    await page.clock.runFor(10_000)
    await expect(alert).toContainText(m.retry_stopped(), { timeout: 100 })
  }).toPass({ intervals: [10] })
  await expect(alert.getByRole('timer')).toBeHidden()
  expect(reads()).toBeGreaterThan(5)
  expect(reads()).toBeLessThan(10)

  // Within the time that a session lasts without input.
  await page.clock.fastForward(3_000_000)
  expect(reads()).toBeLessThan(10)
  await panel.turn({ fault: '' })
  await alert.getByRole('button', { name: m.try_again() }).click()
  await expect(panel.entry('partners')).toBeVisible()
})

test('all that is read waits for a server that wants to be left alone, on other pages too', async ({
  page,
  panel,
}) => {
  await page.clock.install({ time: '2026-01-15T09:00:00Z' })
  await panel.open({ fault: `${list} 429:1000000000` })
  const alert = panel.allowlist().getByRole('alert')
  await expect(alert).toContainText('asks you to wait until Sep 23, 2057')
  await expect(alert).toContainText(m.retry_stopped())
  await panel.turn({ fault: '' })

  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.getByRole('link', { name: m.app_name() }).click()
  // The page that is left has refusals of its own.
  await expect(page.getByRole('heading', { name: m.projects_title() })).toBeVisible()
  const refusal = page.getByRole('main').getByRole('alert')
  await expect(refusal).toContainText('asks you to wait until Sep 23, 2057')
  await expect(refusal.getByRole('timer')).toContainText('Trying again automatically in')
  expect(asked.filter((url) => url.includes('/api/'))).toEqual([])
  await refusal.getByRole('button', { name: m.try_again() }).click()
  await expect(page.getByRole('link', { name: 'acme/storefront' })).toBeVisible()
})

test('who saves something waits for nothing, nor does what is read for it', async ({ panel }) => {
  await panel.open()
  await panel.askToRemove('acme/platform/deploy-tools')
  await panel.turn({ fault: `${list} 429:60 1` })
  await panel.confirm()
  await expect(panel.dialog()).toBeHidden()
  const notice = panel.allowlist().getByRole('status').filter({ hasText: m.refresh_failed() })
  await expect(notice.getByRole('timer')).toBeVisible()

  await panel.chooseMode(m.mode_all())
  await panel.mode().getByRole('button', { name: m.save_changes() }).click()
  await panel.letAllIn()
  const saved = m.settings_saved({ project: 'storefront' })
  await expect(panel.toast().filter({ hasText: saved })).toBeVisible()
  await expect(panel.mode().getByRole('radio', { name: m.mode_all() })).toBeChecked()
  await expect(panel.mode().getByText(m.refresh_failed())).toBeHidden()
  await expect(panel.mode().getByRole('button', { name: m.undo_changes() })).toBeHidden()
})

test('a list without end is shown as far as it was read, and nothing is said to be missing from it', async ({
  page,
  panel,
}) => {
  await panel.open({ fault: `${list} endless` })
  const notice = panel.allowlist().getByRole('status').filter({ hasText: m.allowlist_cut_title() })
  await expect(notice).toContainText(m.allowlist_cut_repeated())
  await expect(panel.entry('acme/platform/deploy-tools')).toBeVisible()
  await expect(panel.entry('partners')).toBeVisible()
  // How many there are is not known.
  await expect(panel.count(m.count_groups({ count: 1, limit: '200' }))).toBeHidden()

  await panel.open({
    fault: `${list} endless`,
    address: '/projects/1/settings/ci_cd?dialog=edit&target=partners/sdk',
  })
  await expect(panel.dialog()).toContainText(m.edit_missing_cut({ path: 'partners/sdk' }))
  await panel.turn({ fault: '' })
  await panel.dialog().getByRole('button', { name: m.close(), exact: true }).click()
  await notice.getByRole('button', { name: m.try_again() }).click()
  await expect(notice).toBeHidden()
  await expect(panel.count(m.count_groups({ count: 1, limit: '200' }))).toBeVisible()

  await panel.open({
    fault: `${list} endless`,
    address: '/projects/1/access?q=GET+/projects/1/jobs&origin=acme/web',
  })
  await expect(page.getByText(m.check_rule_entries_unknown())).toBeVisible()
})

test('what is added to a list without end is not said to be saved before GitLab says so', async ({
  panel,
}) => {
  await panel.open({ fault: `${list} endless` })
  await panel.askToAdd()
  await panel.nameTarget('partners/sdk')
  await panel.turn({ fault: `${list} endless; POST /job_token_scope/allowlist abort 1` })
  await panel.add()
  await expect(panel.dialog().getByRole('alert')).toContainText(m.error_outcome_unknown())
  await panel.turn({ fault: '' })
  await panel.add()
  await expect(panel.toast()).toBeVisible()
  await expect(panel.entry('partners/sdk')).toBeVisible()
})

test('an answer of 20 MB is an error that says so, and the page goes on', async ({ panel }) => {
  await panel.open({ fault: `${list} huge` })
  const alert = panel.allowlist().getByRole('alert')
  await expect(alert).toContainText(m.error_too_large())
  await expect(alert).toContainText(
    'GET /api/v4/projects/1/job_token_scope/allowlist: at most 10 MB',
  )
  await expect(panel.modeChange()).toBeVisible()
  await panel.turn({ fault: '' })
  await alert.getByRole('button', { name: m.try_again() }).click()
  await expect(panel.entry('partners')).toBeVisible()
  await expect(alert).toBeHidden()
})

test('a target that is listed twice has two rows, and keeps them', async ({ panel }) => {
  await panel.open({ fault: `${list} twice` })
  const twins = panel.entry('acme/platform/deploy-tools')
  await expect(twins).toHaveCount(2)
  // A row before them moves both.
  await panel.askToAdd()
  await panel.nameTarget('acme/mobile')
  await panel.add()
  await expect(panel.entry('acme/mobile')).toHaveCount(1)
  await expect(twins).toHaveCount(2)
  await expect(twins.first()).toContainText(m.permissions_default_words())
  await expect(twins.last()).toContainText(m.permissions_minimal_words())
})

test('304 is no refusal by GitLab, and what was expected is not what GitLab says', async ({
  panel,
}) => {
  await panel.open({ fault: `${list} 304` })
  const alert = panel.allowlist().getByRole('alert')
  await expect(alert).toContainText(
    `${m.error_malformed()} GET /api/v4/projects/1/job_token_scope/allowlist: a status of success, not 304`,
  )
  await expect(alert).not.toContainText(m.error_server_says())
  await expect(alert).not.toContainText(m.error_invalid())
})
