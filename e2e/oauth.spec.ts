import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { createConnectPage } from './support/connect-page.ts'
import { createHeader } from './support/header.ts'
import { inMemory } from './support/memory.ts'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

const hour = 3_600_000
const application = 'job-token-console'
const panelAddress = '/projects/1/settings/ci_cd'

const alert = (page: Page) => page.getByRole('alert')
const renewal = (page: Page) => page.getByRole('dialog', { name: m.renewal_title() })
const radio = (page: Page, name: string) => page.getByRole('radio', { name })

/** GitLab's page that asks whether the console may act for somebody. */
const consent = (gitlab: Page) => ({
  title: () => gitlab.getByRole('heading', { name: /Authorize Job Token Console/ }),
  authorize: async (as = 'maintainer') => {
    await gitlab.getByLabel('You are').selectOption(as)
    await gitlab.getByRole('button', { name: 'Authorize' }).click()
  },
  deny: () => gitlab.getByRole('button', { name: 'Deny' }).click(),
})

/** Fills the form by which one leaves for GitLab, and leaves. */
async function leave(page: Page, panel: Panel, { scope = m.connect_scope_api() } = {}) {
  const connect = createConnectPage(page, createHeader(page))
  await connect.address().fill(panel.gitlab())
  await connect.chooseGitLab()
  await page.getByRole('textbox', { name: m.connect_application() }).fill(application)
  await radio(page, scope).check()
  await page.getByRole('button', { name: m.connect_leave() }).click()
  await consent(page).title().waitFor()
}

/** Signs in to the panel by GitLab's page, from a link that needs it. */
async function signIn(
  page: Page,
  panel: Panel,
  { keep = false, scope = m.connect_scope_api() } = {},
) {
  // Hours pass here without input, which idle.spec.ts is about.
  await serveConfig(page, { idleMinutes: 0 })
  await panel.open({ as: null, address: panelAddress })
  if (keep) await page.getByRole('checkbox', { name: m.connect_keep() }).check()
  await leave(page, panel, { scope })
  await consent(page).authorize()
  await expect(panel.entry('partners')).toBeVisible()
}

/** What the console's own server would answer: the only thing here that is not GitLab's. */
const serveConfig = (page: Page, body: unknown) =>
  page.route('**/config.json', (route) =>
    route.fulfill({ body: typeof body === 'string' ? body : JSON.stringify(body) }),
  )

/** Moves the clocks of the page and of GitLab alike. */
async function pass(page: Page, panel: Panel, milliseconds: number) {
  await page.clock.setFixedTime(Date.now() + milliseconds)
  const start = Date.parse('2026-01-15T09:00:00Z')
  await panel.turn({ now: new Date(start + milliseconds).toISOString() })
}

/** The tokens that the page has sent, and what it asked of `/oauth`. */
function listen(page: Page) {
  const sent: string[] = []
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    const token = request.headers().authorization?.replace('Bearer ', '')
    if (token && token !== sent.at(-1)) sent.push(token)
    if (request.method() === 'POST' && /\/oauth\/(token|revoke)$/.test(pathname)) {
      const grant = new URLSearchParams(request.postData() ?? '').get('grant_type')
      asked.push(grant ?? pathname.slice(pathname.lastIndexOf('/') + 1))
    }
  })
  return { sent, asked }
}

/** What GitLab answers to a token. */
async function statusOf(panel: Panel, token: string | undefined): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${panel.gitlab()}/api/v4/user`, { headers })).status
}

const revoke = (panel: Panel, token: string | undefined) =>
  fetch(`${panel.gitlab()}/oauth/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: application, token: token ?? '' }),
  })

/** Changes an entry in its dialog, and lets GitLab end the session when it is saved. */
async function editUntilRevoked(page: Page, panel: Panel) {
  const { sent } = listen(page)
  await signIn(page, panel)
  await panel.askToEdit('partners')
  await panel.scope(m.resource_packages(), m.scope_read_write()).check()
  await revoke(panel, sent.at(-1))
  await panel.save()
  await expect(renewal(page)).toBeVisible()
}

async function saveTheEdit(page: Page, panel: Panel) {
  await expect(renewal(page)).toBeHidden()
  await expect(panel.scope(m.resource_packages(), m.scope_read_write())).toBeChecked()
  await panel.save()
  await expect(panel.toast()).toContainText(m.entry_updated({ path: 'partners' }))
}

const openWindow = async (page: Page) => {
  const popup = page.waitForEvent('popup')
  await renewal(page)
    .getByRole('button', { name: new RegExp(`${m.renewal_window()}|${m.renewal_window_again()}`) })
    .click()
  return popup
}

test('GitLab’s own page signs in, and leads on to what the link named', {
  tag: ['@wire', '@no-demo'],
}, async ({ page, panel }) => {
  const { asked } = listen(page)
  const addresses: string[] = []
  page.on('framenavigated', (frame) => addresses.push(frame.url()))
  await signIn(page, panel)
  await expect(page.getByRole('banner')).toContainText('@maya')
  expect(new URL(page.url()).pathname).toBe(panelAddress)
  expect(asked).toEqual(['authorization_code'])
  await test.step('and neither code nor state stays in the address', async () => {
    const ours = addresses.filter((address) => !address.startsWith(panel.gitlab()))
    expect(ours.at(-1)).not.toMatch(/code=|state=/)
    await page.goBack()
    expect(page.url()).not.toMatch(/[?&]code=/)
  })
})

test('the tab keeps nothing of a sign-in by GitLab’s page unless it is to', {
  tag: '@wire-only',
}, async ({ page, panel, connect }) => {
  const { sent } = listen(page)
  await signIn(page, panel)
  const kept = await page.evaluate(() => JSON.stringify([sessionStorage, localStorage]))
  expect(kept).not.toContain(sent.at(-1))
  expect(kept).not.toMatch(/verifier|refresh/)
  await page.reload()
  await expect(connect.title()).toBeVisible()
  await test.step('and finds address and application again', async () => {
    await expect(connect.address()).toHaveValue(panel.gitlab())
    await expect(page.getByRole('textbox', { name: m.connect_application() })).toHaveValue(
      application,
    )
  })
})

test('a tab that keeps its token outlives a reload, and renews it after one', {
  tag: '@wire-only',
}, async ({ page, panel }) => {
  const { asked, sent } = listen(page)
  await signIn(page, panel, { keep: true })
  await page.reload()
  await expect(panel.entry('partners')).toBeVisible()
  // The log comes last: a request that is still on its way would renew the token in the page that goes.
  await expect(panel.lastUsed('partners')).not.toHaveText('…')
  await expect(panel.push().getByRole('checkbox').first()).toBeVisible()
  expect(asked).toEqual(['authorization_code'])
  await pass(page, panel, 2 * hour - 30_000)
  await page.reload()
  await expect(panel.entry('partners')).toBeVisible()
  expect(asked).toEqual(['authorization_code', 'refresh_token'])
  await page.reload()
  await expect(panel.entry('partners')).toBeVisible()
  expect(new Set(sent).size).toBe(2)
})

test('a token is renewed before it ends, once for all that is asked at the time, and again', {
  tag: '@wire-only',
}, async ({ page, panel }) => {
  const { asked, sent } = listen(page)
  await signIn(page, panel)
  const push = panel.push().getByRole('checkbox', { name: m.push_own() })
  for (const [round, passed] of [2 * hour - 30_000, 4 * hour - 90_000].entries()) {
    await pass(page, panel, passed)
    await push.click()
    await panel.push().getByRole('button', { name: m.save_changes() }).click()
    await expect(panel.toast().nth(round)).toBeVisible()
  }
  await expect(renewal(page)).toBeHidden()
  expect(asked).toEqual(['authorization_code', 'refresh_token', 'refresh_token'])
  expect(await statusOf(panel, sent[0])).toBe(401)
  expect(await statusOf(panel, sent.at(-1))).toBe(200)
})

test('who says no on GitLab’s page is told so, and finds the form as it was', {
  tag: '@wire-only',
}, async ({ page, panel, connect }) => {
  await panel.open({ as: null, address: panelAddress })
  await connect.keep().check()
  await leave(page, panel, { scope: m.connect_scope_read() })
  await consent(page).deny()
  await expect(alert(page)).toContainText(m.oauth_denied())
  await expect(connect.keep()).toBeChecked()
  await expect(radio(page, m.connect_scope_read())).toBeChecked()
  await expect(page.getByRole('button', { name: m.appearance_menu() })).toBeVisible()
  await page.getByRole('button', { name: m.connect_leave() }).click()
  await consent(page).authorize()
  await expect(panel.entry('partners')).toBeVisible()
})

test('language and appearance of the address are the same after GitLab’s page', {
  tag: '@wire-only',
}, async ({ page, panel }) => {
  await panel.open({ as: null, address: '/connect', lang: 'ja', theme: 'dark' })
  await page.getByRole('textbox').first().fill(panel.gitlab())
  await page.getByRole('button', { name: m.connect_by_oauth() }).click()
  await page.getByRole('textbox', { name: m.connect_application() }).fill(application)
  const onwards = page.getByRole('button', { name: m.connect_leave() })
  await onwards.click()
  await consent(page).deny()
  await expect(alert(page)).toContainText(m.oauth_denied())
  await onwards.click()
  await consent(page).authorize()
  await expect(page.getByRole('heading', { level: 1, name: m.projects_title() })).toBeVisible()
  const { searchParams } = new URL(page.url())
  expect(Object.fromEntries(searchParams)).toMatchObject({ lang: 'ja', theme: 'dark' })
})

test('an answer that nobody here asked for signs nobody in', { tag: '@wire-only' }, async ({
  page,
  panel,
  connect,
}) => {
  const { asked } = listen(page)
  await panel.open({ as: null, address: '/connect' })
  for (const forged of ['code=code-1&state=forged', 'error=access_denied&state=forged&code=']) {
    await leave(page, panel)
    await page.goto(`connect?${forged}`)
    await expect(alert(page)).toContainText(m.oauth_state())
    await expect(connect.title()).toBeVisible()
    expect(new URL(page.url()).search).toBe('')
  }
  expect(asked).toEqual([])
})

test.describe('an answer that leads to no token', () => {
  test('says that GitLab does not take the code', { tag: '@wire-only' }, async ({
    page,
    panel,
  }) => {
    await panel.open({ as: null, address: '/connect' })
    await leave(page, panel)
    const state = new URL(page.url()).searchParams.get('state')
    await page.goto(`connect?code=stolen&state=${state}`)
    await expect(alert(page)).toContainText(m.oauth_code())
    await expect(alert(page).locator('q')).toContainText(
      'The provided authorization grant is invalid',
    )
  })

  test('says that it took too long', { tag: '@wire-only' }, async ({ page, panel }) => {
    const { asked } = listen(page)
    await panel.open({ as: null, address: '/connect' })
    await leave(page, panel)
    await page.clock.setFixedTime(Date.now() + hour + 1000)
    await consent(page).authorize()
    await expect(alert(page)).toContainText(m.oauth_late())
    expect(asked).toEqual([])
  })

  for (const { fault, words } of [
    { fault: 'POST /oauth/token 503 1', words: () => m.oauth_answer() },
    { fault: 'POST /oauth/token abort 1', words: () => m.oauth_unreachable({ origin: '' }) },
    { fault: 'GET /user 503 2', words: () => m.connect_unavailable() },
  ]) {
    test(`says why, and can be tried again: ${fault}`, { tag: '@wire-only' }, async ({
      page,
      panel,
      projects,
    }) => {
      await panel.open({ as: null, address: '/connect' })
      await leave(page, panel)
      await panel.turn({ fault })
      await consent(page).authorize()
      await expect(alert(page)).toContainText(words().slice(0, 30))
      await leave(page, panel)
      await consent(page).authorize()
      await expect(projects.title()).toBeVisible()
    })
  }

  test('an application that GitLab does not know stays on GitLab’s page', {
    tag: '@wire-only',
  }, async ({ page, panel, connect }) => {
    await panel.open({ as: null, address: '/connect' })
    await connect.address().fill(panel.gitlab())
    await connect.chooseGitLab()
    await page.getByRole('button', { name: m.connect_leave() }).click()
    const field = page.getByRole('textbox', { name: m.connect_application() })
    await expect(field).toHaveAccessibleDescription(new RegExp(m.connect_application_empty()))
    await field.fill('unknown')
    await page.getByRole('button', { name: m.connect_leave() }).click()
    await expect(page.getByRole('heading', { name: 'An error has occurred' })).toBeVisible()
  })
})

test('signing out revokes the token', { tag: ['@wire', '@no-demo'] }, async ({
  page,
  panel,
  connect,
}) => {
  const { sent } = listen(page)
  await signIn(page, panel)
  expect(await statusOf(panel, sent.at(-1))).toBe(200)
  const revoked = page.waitForResponse(/\/oauth\/revoke$/)
  await connect.signOut()
  await expect(connect.title()).toBeVisible()
  await revoked
  expect(await statusOf(panel, sent.at(-1))).toBe(401)
})

test('after signing out no script holds a token, nor what would fetch the next one', {
  tag: '@wire-only',
}, async ({ page, panel, connect }) => {
  await editUntilRevoked(page, panel)
  await consent(await openWindow(page)).authorize()
  await saveTheEdit(page, panel)
  const secrets = ['oauth-access', 'oauth-refresh']
  expect(await inMemory(page, secrets)).toEqual(secrets)
  await connect.signOut()
  await expect(connect.title()).toBeVisible()
  await expect.poll(() => inMemory(page, secrets), { timeout: 20_000 }).toEqual([])
})

test('a token that may only read shows everything, and a refused write names the scope', {
  tag: '@wire-only',
}, async ({ page, panel }) => {
  await signIn(page, panel, { scope: m.connect_scope_read() })
  await panel.chooseMode(m.mode_all())
  await panel.mode().getByRole('button', { name: m.save_changes() }).click()
  await panel.letAllIn()
  await expect(panel.dialog().getByRole('alert')).toContainText(m.error_insufficient_scope())
})

test.describe('a session that GitLab ends in the middle of an edit', () => {
  test('goes on after signing in again in a window, and nothing is lost', {
    tag: ['@wire', '@no-demo'],
  }, async ({ page, panel }) => {
    await editUntilRevoked(page, panel)
    const popup = await openWindow(page)
    await expect(renewal(page).getByRole('status')).toContainText(m.renewal_waiting())
    await consent(popup).title().waitFor()
    // Where GitLab's page leads to must not lead this one elsewhere.
    expect(await popup.evaluate(() => window.opener)).toBeNull()
    const closed = popup.waitForEvent('close')
    await consent(popup).authorize()
    await closed
    await saveTheEdit(page, panel)
  })

  test('goes on after a renewal that GitLab refused, too', { tag: '@wire-only' }, async ({
    page,
    panel,
  }) => {
    const { asked, sent } = listen(page)
    await signIn(page, panel)
    await panel.askToEdit('partners')
    await panel.scope(m.resource_packages(), m.scope_read_write()).check()
    await revoke(panel, sent.at(-1))
    await pass(page, panel, 2 * hour)
    await panel.save()
    await expect(renewal(page)).toBeVisible()
    expect(asked.filter((grant) => grant === 'refresh_token')).toHaveLength(1)
    const popup = await openWindow(page)
    await consent(popup).authorize()
    await saveTheEdit(page, panel)
  })

  test('stays when the window says no, belongs to another user, or is closed', {
    tag: '@wire-only',
  }, async ({ page, panel }) => {
    await editUntilRevoked(page, panel)
    await consent(await openWindow(page)).deny()
    await expect(renewal(page).getByRole('alert')).toContainText(m.oauth_denied())
    await consent(await openWindow(page)).authorize('owner')
    await expect(renewal(page).getByRole('alert')).toContainText(
      m.renewal_window_other_user({ other: 'omar', user: 'maya' }),
    )
    const popup = await openWindow(page)
    await consent(popup).title().waitFor()
    await popup.close()
    await expect(renewal(page).getByRole('alert')).toContainText(m.renewal_closed())
    await consent(await openWindow(page)).authorize()
    await saveTheEdit(page, panel)
  })

  test('takes a token in place where windows are blocked', { tag: '@wire-only' }, async ({
    page,
    panel,
  }) => {
    await editUntilRevoked(page, panel)
    await page.evaluate(() => {
      window.open = () => null
    })
    await renewal(page).getByRole('button', { name: m.renewal_window() }).click()
    await expect(renewal(page).getByRole('alert')).toContainText(m.renewal_blocked())
    await renewal(page).getByLabel(m.connect_token(), { exact: true }).fill('glpat-maintainer')
    await renewal(page).getByRole('button', { name: m.connect_submit(), exact: true }).click()
    await saveTheEdit(page, panel)
  })
})

test.describe('config.json', () => {
  test('names GitLab and the application: one button signs in, a token comes second', {
    tag: '@wire-only',
  }, async ({ page, panel, connect }) => {
    // The world's address is known only once it is opened.
    await panel.open({ as: null, address: '/connect' })
    await serveConfig(page, { gitlabUrl: panel.gitlab(), applicationId: application })
    await page.goto(panelAddress.slice(1))
    await expect(page.getByText(m.connect_server({ address: panel.gitlab() }))).toBeVisible()
    await expect(connect.address()).toBeHidden()
    await expect(connect.token()).toBeHidden()
    await test.step('which is there for whoever wants it', async () => {
      await page.getByRole('button', { name: m.renewal_by_token() }).click()
      await expect(connect.token()).toBeFocused()
      await connect.chooseGitLab()
      await expect(connect.token()).toBeHidden()
    })
    await page.getByRole('button', { name: m.connect_leave() }).click()
    await consent(page).authorize()
    await expect(panel.entry('partners')).toBeVisible()
  })

  test('names an API of its own: links lead to GitLab, requests to the API', {
    tag: '@wire-only',
  }, async ({ page, panel }) => {
    await panel.open({ as: null, address: '/connect' })
    const { origin, pathname } = new URL(panel.gitlab())
    const elsewhere = panel.gitlab().replace('127.0.0.1', 'localhost')
    await serveConfig(page, {
      gitlabUrl: panel.gitlab(),
      apiUrl: elsewhere,
      applicationId: application,
    })
    const hosts = new Set<string>()
    page.on('request', (request) => {
      const { pathname: asked, host } = new URL(request.url())
      if (asked.startsWith(`${pathname}/api/`) || asked.endsWith('/oauth/token')) hosts.add(host)
    })
    await page.goto(panelAddress.slice(1))
    await page.getByRole('button', { name: m.connect_leave() }).click()
    expect(page.url()).toContain('connect')
    await consent(page).title().waitFor()
    expect(new URL(page.url()).origin).toBe(origin)
    await consent(page).authorize()
    await expect(panel.entry('partners')).toBeVisible()
    expect([...hosts]).toEqual([new URL(elsewhere).host])
  })

  for (const { what, body, words } of [
    { what: 'no JSON', body: '{', words: () => m.config_not_json() },
    {
      what: 'no web address',
      body: { gitlabUrl: 'ftp://gitlab.example' },
      words: () => m.config_field({ field: 'gitlabUrl' }),
    },
  ]) {
    test(`that holds ${what} is said, and the form works`, { tag: '@wire-only' }, async ({
      page,
      panel,
      connect,
      projects,
    }) => {
      await serveConfig(page, body)
      await panel.open({ as: null, address: '/connect' })
      await expect(page.getByText(words())).toBeVisible()
      await connect.signIn(panel.gitlab(), 'glpat-maintainer')
      await expect(projects.title()).toBeVisible()
    })
  }
})

test.describe('the connection', () => {
  const fact = (page: Page, name: string) =>
    page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::*[1]')
  const ability = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

  test('says what the GitLab is, who is there and by what', { tag: '@wire' }, async ({
    page,
    panel,
  }) => {
    await panel.open({ address: '/connect' })
    await expect(fact(page, m.connection_version())).toHaveText(
      m.connection_enterprise({ version: '18.3' }),
    )
    await expect(fact(page, m.connection_kind())).toHaveText(m.connection_kind_extended())
    await expect(fact(page, m.connection_user())).toContainText('@maya')
    await expect(fact(page, m.connection_by())).toHaveText(m.connection_by_token())
    await expect(fact(page, m.connection_scope())).toHaveText('api')
    await expect(ability(page, m.ability_write())).toContainText(m.abilities_yes())
    await expect(ability(page, m.ability_push())).toContainText(
      m.limit_version({ release: '19.0' }),
    )
    await expect(ability(page, m.ability_enforcement())).toContainText(m.limit_administrators())
  })

  test('tells a stock GitLab, and what its release lacks', { tag: '@wire' }, async ({
    page,
    panel,
  }) => {
    await panel.open({ address: '/connect', scenario: 'gitlab-18-0', api: 'gitlab' })
    await expect(fact(page, m.connection_kind())).toHaveText(m.connection_kind_stock())
    await expect(ability(page, m.ability_fine_grained())).toContainText(
      m.limit_beta({ release: '18.3' }),
    )
  })

  test('by GitLab’s page names application and scope, and what that leaves out', {
    tag: '@wire-only',
  }, async ({ page, panel, projects, header }) => {
    await panel.open({ as: null, address: '/connect' })
    await leave(page, panel, { scope: m.connect_scope_read() })
    await consent(page).authorize()
    await expect(projects.title()).toBeVisible()
    await header.openMenu()
    await header.banner().getByRole('link', { name: m.connection_title() }).click()
    await expect(fact(page, m.connection_by())).toHaveText(m.connection_by_oauth({ application }))
    await expect(fact(page, m.connection_scope())).toHaveText('read_api')
    await expect(ability(page, m.ability_write())).toContainText(m.limit_token_scope())
  })
})
