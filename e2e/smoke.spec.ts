import { expect, test } from './support/test.ts'

test('the panel shows what the server holds', { tag: '@wire' }, async ({ panel }) => {
  await panel.open({ scenario: 'contract' })
  await expect(panel.title()).toBeVisible()
  await expect(panel.entry('acme/platform/deploy-tools')).toBeVisible()
  await expect(panel.entry('partners')).toBeVisible()

  const answer = await panel.request('GET', '/projects/1/job_token_scope/groups_allowlist')
  expect(answer.status).toBe(200)
  expect(answer.body).toMatchObject([
    { id: 12, job_token_policies: ['READ_JOBS', 'READ_PACKAGES'] },
  ])
})
