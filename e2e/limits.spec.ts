import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

/** Servers that refuse, answer without end, or answer with what cannot be. */

const list = 'GET /job_token_scope/allowlist'

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

test('an answer of 20 MB is an error that says so, and the page goes on', async ({
  page,
  panel,
}) => {
  await panel.open({ fault: `${list} huge` })
  const alert = panel.allowlist().getByRole('alert')
  await expect(alert).toContainText(m.error_too_large())
  await expect(alert).toContainText(
    'GET /api/v4/projects/1/job_token_scope/allowlist: at most 10 MB',
  )
  await expect(panel.mode().getByRole('radio', { name: m.mode_allowlist() })).toBeChecked()
  await panel.turn({ fault: '' })
  await alert.getByRole('button', { name: m.try_again() }).click()
  await expect(panel.entry('partners')).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
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
