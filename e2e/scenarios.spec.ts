import { scenarios } from '../mocks/scenarios/scenarios.ts'
import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

// The large one has a test of its own below, with patience.
for (const { name, purpose, address } of scenarios.filter(({ name }) => name !== 'large')) {
  test(`scenario ${name} opens: ${purpose}`, async ({ page, panel }) => {
    await panel.open({ scenario: name, address })
    await expect(panel.title()).toBeVisible()
    await expect(panel.allowlist().getByText(m.badge_own_project())).toBeVisible()
    await expect(
      panel.modeChange().or(panel.mode().getByRole('radio', { checked: true })),
    ).toBeVisible()
    await expect(panel.push().getByRole('checkbox').first()).toBeVisible()
    await expect(page.getByRole('alert')).toBeHidden()
  })
}

test('a hostile world is text and nothing else', { tag: '@wire' }, async ({
  page,
  panel,
  baseURL,
}) => {
  const happened: string[] = []
  page.on('dialog', (dialog) => {
    happened.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('framenavigated', (frame) => happened.push(frame.url()))
  page.on('popup', (popup) => happened.push(popup.url()))
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))

  await panel.open({ scenario: 'hostile' })
  await expect(panel.entry('angle/__proto__')).toContainText('<SCRIPT>')
  await expect(panel.entry('angle/__proto__')).toContainText('__proto__')
  await expect(panel.entry('angle/script')).toContainText('<img src=x onerror=alert(1)>')
  // Not a link: its address was a script.
  await expect(panel.entry('angle/script').getByRole('link')).toHaveCount(0)
  await expect(panel.entry('angle/rtl').getByRole('link')).toHaveCount(0)
  await expect(page.getByRole('img')).toHaveCount(0)

  for (const path of ['angle', 'angle/script', 'angle/__proto__']) {
    await panel.askToEdit(path)
    await expect(panel.dialog()).toContainText(path)
    await panel.cancel()
    await expect(panel.dialog()).toBeHidden()
    await panel.askToRemove(path)
    await expect(panel.dialog()).toContainText(path)
    await panel.cancel()
    await expect(panel.dialog()).toBeHidden()
  }
  await panel.askToAdd()
  await panel.target().fill('angle')
  await expect(panel.dialog().getByRole('option').first()).toBeVisible()

  const links = await page
    .getByRole('link')
    .evaluateAll((all) =>
      all.flatMap((link) => (link instanceof HTMLAnchorElement ? [link.href] : [])),
    )
  expect(links.length).toBeGreaterThan(0)
  const ours = [baseURL ?? '-', panel.gitlab()]
  expect(links.filter((href) => !ours.some((origin) => href.startsWith(origin)))).toEqual([])
  const foreign = [...happened, ...asked].filter(
    (url) => url !== 'about:blank' && !ours.some((origin) => url.startsWith(origin)),
  )
  expect(foreign.filter((url) => !url.startsWith('data:'))).toEqual([])
})

test('ten thousand entries: the first rows come early, the rest with progress, all usable', async ({
  page,
  panel,
}) => {
  test.setTimeout(120_000)
  await panel.open({
    scenario: 'large',
    fault: 'GET /allowlist?per_page=100&page=90 delay:4000 1',
  })
  // The last page is still under way.
  await expect(page.getByText(/^[\d,]+ of 10,001$/)).toBeVisible()
  await expect(page.getByText('fleet/team-0001', { exact: true })).toBeVisible()

  // Not by role, which takes seconds for so many. The head, the current project, and all entries.
  await page.waitForFunction(() => document.getElementsByTagName('tr').length >= 10_002)
  expect(await page.evaluate(() => document.getElementsByTagName('tr').length)).toBe(10_002)
  const path = 'fleet/team-1000/service-9000'
  await page.getByLabel(m.remove_entry({ path }), { exact: true }).click()
  await page.waitForFunction(() => document.querySelector('dialog') !== null)
  await expect(panel.dialog()).toContainText(m.remove_body({ path }))
})
