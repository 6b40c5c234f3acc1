import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { inMemory } from './support/memory.ts'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

const minute = 60_000
const panelAddress = '/projects/1/settings/ci_cd'

const question = (page: Page) => page.getByRole('dialog', { name: /You will be signed out within/ })
const renewal = (page: Page) => page.getByRole('dialog', { name: m.renewal_title() })
const stay = (page: Page) =>
  question(page).getByRole('button', { name: m.idle_stay(), exact: true }).last()
const answer = (page: Page, label: string) => question(page).getByRole('button', { name: label })

/** What the console's own server says of how long a session lasts. */
const serveConfig = (page: Page, config: object) =>
  page.route('**/config.json', (route) => route.fulfill({ json: config }))

/** Changes an entry in its dialog, and leaves it so. */
async function edit(panel: Panel) {
  await panel.askToEdit('partners')
  await panel.scope(m.resource_packages(), m.scope_read_write()).check()
}

async function signInAgain(page: Page) {
  await renewal(page).getByLabel(m.connect_token(), { exact: true }).fill('glpat-maintainer')
  await renewal(page).getByRole('button', { name: m.connect_submit(), exact: true }).click()
  await expect(renewal(page)).toBeHidden()
}

/**
 * Lets minutes pass one by one until the page asks: what watches for input arrives after the first view.
 * @returns how many minutes
 */
async function passUntilAsked(page: Page): Promise<number> {
  let passed = 0
  await expect(async () => {
    await page.clock.fastForward(minute)
    passed += 1
    await expect(question(page)).toBeVisible({ timeout: 50 })
  }).toPass({ intervals: [10] })
  return passed
}

const now = (page: Page) => page.evaluate(() => Date.now())

test('an hour without input ends the session, asked before, and nothing typed is lost', async ({
  page,
  panel,
}) => {
  await page.clock.install()
  await panel.open()
  await edit(panel)
  expect(await passUntilAsked(page)).toBeGreaterThan(56)
  await test.step('somebody is still there', async () => {
    await expect(stay(page)).toBeFocused()
    await stay(page).click()
    await expect(question(page)).toBeHidden()
    await expect(panel.scope(m.resource_packages(), m.scope_read_write())).toBeChecked()
  })
  await page.clock.fastForward(58.5 * minute)
  await test.step('nobody is', async () => {
    await expect(question(page)).toHaveAccessibleName(m.idle_title({ minutes: 2 }))
    await expect(question(page).getByRole('timer')).toContainText(/Time left: 1:[12]\d/)
    await page.clock.runFor(32_000)
    await expect(question(page).getByRole('status')).toHaveText(
      m.idle_seconds_left({ seconds: 60 }),
    )
    await page.clock.runFor(minute)
    await expect(question(page)).toBeHidden()
    await expect(renewal(page)).toContainText('there was no input in this tab')
    expect(await page.evaluate(() => sessionStorage.getItem('connection'))).toBeNull()
  })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await test.step('until somebody signs in again, nothing is asked of GitLab', async () => {
    await renewal(page).getByRole('button', { name: m.renewal_later() }).click()
    await panel.save()
    await expect(panel.dialog().getByRole('alert')).toContainText(m.session_ended())
    expect(asked).toEqual([])
    await panel.dialog().getByRole('alert').getByRole('button', { name: m.sign_in_again() }).click()
  })
  await signInAgain(page)
  await expect(panel.scope(m.resource_packages(), m.scope_read_write())).toBeChecked()
  await panel.save()
  await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners' }))
})

test('a computer that slept for longer than that wakes up without a session', async ({
  page,
  panel,
}) => {
  await page.clock.install()
  await panel.open()
  await edit(panel)
  await expect(async () => {
    // The clock goes on, and no timer runs.
    await page.clock.setSystemTime((await now(page)) + 61 * minute)
    await page.mouse.move(100, 100)
    await expect(renewal(page)).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(question(page)).toBeHidden()
  await signInAgain(page)
  await panel.save()
  await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners' }))
})

test('config.json says after how long, and the dialog signs out at once', {
  tag: '@wire-only',
}, async ({ page, panel, connect }) => {
  await serveConfig(page, { idleMinutes: 10 })
  await page.clock.install()
  await panel.open({ address: panelAddress })
  expect(await passUntilAsked(page)).toBeLessThan(20)
  await answer(page, m.idle_leave()).click()
  await expect(connect.title()).toBeVisible()
  await expect(question(page)).toBeHidden()
})

test('a tab that the browser put away for longer is signed out when it is looked at', {
  tag: '@wire-only',
}, async ({ page, panel, connect }) => {
  await page.clock.install()
  await panel.open({ address: panelAddress })
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem('idle-end'))).not.toBeNull()
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.headers().authorization ?? ''))
  await page.clock.setSystemTime((await now(page)) + 61 * minute)
  await page.reload()
  await expect(connect.title()).toBeVisible()
  expect(sent.filter((token) => token.includes('glpat'))).toEqual([])
})

test('a token of OAuth’s is revoked at the end, and no script holds it any more', {
  tag: '@wire-only',
}, async ({ page, panel, connect }) => {
  await page.clock.install()
  await panel.open({ as: null, address: panelAddress })
  await connect.signInByGitLab(panel.gitlab())
  await expect(panel.entry('partners')).toBeVisible()
  const secrets = ['oauth-access', 'oauth-refresh']
  expect(await inMemory(page, secrets)).toEqual(secrets)
  await passUntilAsked(page)
  const revoked = page.waitForResponse(/\/oauth\/revoke$/)
  await page.clock.runFor(2 * minute)
  await revoked
  await expect(renewal(page).getByRole('button', { name: m.renewal_window() })).toBeVisible()
  await expect.poll(() => inMemory(page, secrets), { timeout: 20_000 }).toEqual([])
})
