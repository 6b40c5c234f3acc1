import { expect, test } from './support/test.ts'

test('the panel shows what the server holds', { tag: '@wire' }, async ({ panel }) => {
  await panel.open({ scenario: 'contract' })
  await expect(panel.title()).toBeVisible()
  await expect(panel.entry('acme/platform/deploy-tools')).toBeVisible()
  await expect(panel.entry('partners')).toBeVisible()

  expect((await panel.stored()).groups_allowlist).toMatchObject([
    { id: 12, job_token_policies: ['READ_JOBS', 'READ_PACKAGES'] },
  ])
})

// On the real build alone: the demo asks a worker that is not there yet.
test('the panel’s answers are asked for while the console is on its way, each once', {
  tag: ['@wire', '@no-demo'],
}, async ({ page, panel }) => {
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'GET' && /\/job_token_scope/.test(request.url()))
      asked.push(request.url())
  })
  let arrive = () => {}
  const console = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route(/first-view-.*\.js/, async (route) => {
    await console
    await route.continue()
  })
  const early = page.waitForRequest(/\/job_token_scope\/allowlist\?/)
  const opening = panel.open()
  await early
  arrive()
  await opening
  await expect(panel.entry('partners')).toBeVisible()
  expect(asked.length).toBeGreaterThan(2)
  expect(new Set(asked).size).toBe(asked.length)
})
