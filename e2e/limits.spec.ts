import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

/** Servers that refuse, answer without end, or answer with what cannot be. */

const list = 'GET /job_token_scope/allowlist'

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
