import { expect, test } from 'job-token-console-kit'

test('a declared state is opened by its name', async ({ panel }) => {
  await panel.openState('add-dialog')
  await expect(panel.target()).toBeEditable()
})

test('a removal that failed once is stored at the next try', async ({ panel }) => {
  await panel.open({ scenario: 'contract', fault: 'DELETE /groups_allowlist/12 503 1' })
  await panel.askToRemove('partners')
  await panel.confirm()
  await expect(panel.dialog().getByRole('alert')).toBeVisible()
  expect((await panel.stored()).groups_allowlist).toHaveLength(1)

  await panel.confirm()
  await expect(panel.entry('partners')).toBeHidden()
  expect((await panel.stored()).groups_allowlist).toEqual([])
})

test('a malformed dial is refused, and a fault is ended', async ({ panel }) => {
  await expect(panel.open({ fault: 'GETT /user 503' })).rejects.toThrow('unknown method "GETT"')
  await expect(panel.open({ latency: -4 })).rejects.toThrow('Unknown latency')
  await panel.open({ fault: 'GET /job_token_scope/allowlist 500' })
  await panel.turn({ fault: null })
  expect((await panel.mock()).dials.fault).toBe('')
})

test.describe('in Japanese', () => {
  test.use({ language: 'ja' })

  test('what another person adds is here an hour later', async ({ page, panel }) => {
    await panel.open()
    await panel.settled()
    await expect(panel.entry('partners')).toBeVisible()
    const before = Date.parse((await panel.mock()).now)

    await panel.pass(3_600_000)
    const list = '/projects/1/job_token_scope/allowlist'
    const { status } = await panel.as('owner').request('POST', list, { target_project_id: 6 })
    expect(status).toBe(201)
    const { allowlist } = await panel.stored()
    const added = allowlist.find(({ id }) => id === 6)
    expect(added).toMatchObject({ full_path: 'partners/tools/cli', added_by: 'omar' })
    expect(Date.parse(added?.added_at ?? '')).toBe(before + 3_600_000)

    await page.reload()
    await expect(panel.entry('partners/tools/cli')).toBeVisible()
  })
})
