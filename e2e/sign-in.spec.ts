import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import { inMemory } from './support/memory.ts'
import { deadAddress, startStranger } from './support/servers.ts'
import { expect, test } from './support/test.ts'

const maintainer = 'glpat-maintainer'
const signedOut = { as: null, address: '/connect' } as const

/** Where the page is within the console, without the folder or `#` that a build puts before it. */
const placeOf = (page: Page) => {
  const { hash, pathname, search } = new URL(page.url())
  return hash ? hash.slice(1) : pathname + search
}

test('an address and a token open the console', { tag: '@wire' }, async ({
  page,
  panel,
  connect,
  projects,
}) => {
  await panel.open({ address: '/connect' })
  await connect.signOut()
  await connect.signIn(panel.gitlab(), maintainer)
  await expect(projects.title()).toBeVisible()
  await expect(projects.project('acme/storefront')).toBeVisible()
  await expect(page.getByRole('banner')).toContainText('@maya')
})

test('the address may be written as people write it', async ({ panel, connect, projects }) => {
  await panel.open({ address: '/connect' })
  for (const address of [
    'gitlab.example.com',
    ' https://gitlab.example.com/ ',
    'https://gitlab.example.com/api/v4',
    'HTTPS://GitLab.Example.com/api/v4/',
  ]) {
    await test.step(address, async () => {
      await connect.signOut()
      await connect.signIn(address, maintainer)
      await expect(projects.project('acme/storefront')).toBeVisible()
    })
  }
})

test('the address of the last GitLab is there again, the token is not', {
  tag: '@wire-only',
}, async ({ page, panel, connect, projects }) => {
  await panel.open({ address: '/connect' })
  await connect.signOut()
  await connect.signIn(panel.gitlab(), maintainer)
  await expect(projects.title()).toBeVisible()
  await connect.signOut()
  await expect(connect.title()).toBeVisible()
  await page.reload()
  await expect(connect.address()).toHaveValue(panel.gitlab())
  await expect(connect.token()).toHaveValue('')
})

test('what is missing or no address is said at its field', async ({
  page,
  panel,
  connect,
  header,
}) => {
  await panel.open({ address: '/connect' })
  await connect.signOut()
  await connect.address().fill('')
  await connect.submit()
  await expect(connect.address()).toHaveAccessibleDescription(new RegExp(m.connect_address_empty()))
  await expect(connect.token()).toHaveAccessibleDescription(new RegExp(m.connect_token_empty()))
  await expect(connect.address()).toBeFocused()
  await test.step('in the language that is chosen next, too', async () => {
    await header.chooseLanguage('日本語')
    await expect(page.getByText(m.connect_address_empty())).toBeVisible()
    await expect(page.getByText(m.connect_token_empty())).toBeVisible()
    await header.chooseLanguage('English')
  })
  for (const address of [
    'http://',
    'https://maya:secret@gitlab.example.com',
    'https://[elsewhere',
  ]) {
    await connect.signIn(address, maintainer)
    await expect(connect.address(), address).toHaveAccessibleDescription(
      new RegExp(m.connect_address_invalid()),
    )
  }
})

test('an address over which others could read the token is warned of', async ({
  page,
  panel,
  connect,
}) => {
  await panel.open({ address: '/connect' })
  await connect.signOut()
  const warning = page.getByText(m.connect_unencrypted())
  await connect.address().fill('http://gitlab.example.com')
  await expect(warning).toBeVisible()
  await connect.address().fill('https://gitlab.example.com')
  await expect(warning).toBeHidden()
  await test.step('and a token can be created at that GitLab, with scope and name filled in', async () => {
    const create = page.getByRole('link', { name: m.connect_token_create() })
    await connect.address().fill('')
    await expect(create).toBeHidden()
    await connect.address().fill('gitlab.example.com/sub/')
    await expectInSight(page, create)
    await expect(create).toHaveAttribute(
      'href',
      'https://gitlab.example.com/sub/-/user_settings/personal_access_tokens?name=Job+Token+Console&scopes=api',
    )
  })
})

test('an address where nothing answers is said at the address', {
  tag: '@wire-only',
}, async ({ panel, connect }) => {
  await panel.open(signedOut)
  await connect.signIn(await deadAddress(), maintainer)
  await expect(connect.address()).toHaveAccessibleDescription(/Nothing responds at this URL/)
  await expect(connect.address()).toBeFocused()
})

test('a server that is no GitLab is told from GitLab', {
  tag: '@wire-only',
}, async ({ panel, connect, baseURL }) => {
  await panel.open(signedOut)
  await connect.signIn(baseURL ?? '', maintainer)
  await expect(connect.address()).toHaveAccessibleDescription(new RegExp(m.connect_not_gitlab()))
  await expect(connect.address()).toHaveAttribute('aria-invalid', 'true')
})

test.describe('a server that lets no other origin read it', () => {
  test.use({ expectedErrors: [/blocked by CORS policy/] })

  test('is told from one that is not there', { tag: '@wire-only' }, async ({
    page,
    panel,
    connect,
  }) => {
    const stranger = await startStranger()
    try {
      await panel.open(signedOut)
      await connect.signIn(stranger.address, maintainer)
      await expect(connect.address()).toHaveAccessibleDescription(/A server responds/)
      await expect(connect.address()).toHaveAccessibleDescription(
        new RegExp(new URL(page.url()).origin),
      )
    } finally {
      await stranger.close()
    }
  })
})

test('a GitLab that is out of order is told from a wrong address', { tag: '@wire' }, async ({
  panel,
  connect,
}) => {
  await panel.open({ address: '/connect' })
  await connect.signOut()
  await panel.turn({ fault: 'GET /user 503' })
  await connect.signIn(panel.gitlab(), maintainer)
  await expect(connect.address()).toHaveAccessibleDescription(new RegExp(m.connect_unavailable()))
  await panel.turn({ fault: '' })
  await connect.submit()
  await expect(connect.title()).toBeHidden()
})

for (const [what, token, text] of [
  ['a token that GitLab does not know', 'glpat-mistyped', m.connect_token_wrong()],
  ['a token that has expired', 'glpat-expired', m.connect_token_expired()],
] as const) {
  test(`${what} is said at the token`, { tag: '@wire' }, async ({ panel, connect }) => {
    await panel.open({ address: '/connect' })
    await connect.signOut()
    await connect.signIn(panel.gitlab(), token)
    await expect(connect.token()).toHaveAccessibleDescription(new RegExp(text))
    await expect(connect.token()).toBeFocused()
    await connect.signIn(panel.gitlab(), ` ${maintainer} `)
    await expect(connect.title()).toBeHidden()
  })
}

test('an account that GitLab does not let in is told why, in GitLab’s words', {
  tag: '@wire-only',
}, async ({ panel, connect }) => {
  await panel.open({ ...signedOut, fault: 'GET /user 403:Your%20account%20has%20been%20blocked.' })
  await connect.signIn(panel.gitlab(), maintainer)
  await expect(connect.token()).toHaveAccessibleDescription(new RegExp(m.connect_refused()))
  await expect(connect.token()).toHaveAccessibleDescription(/Your account has been blocked/)
})

test('a token that may only read is warned of, and a refused write names its scope', {
  tag: '@wire',
}, async ({ page, panel, connect, projects }) => {
  await panel.open({ address: '/connect' })
  await connect.signOut()
  await connect.signIn(panel.gitlab(), 'glpat-maintainer-read-api')
  const warning = page.getByRole('alert')
  await expect(warning).toContainText(m.connect_read_only_title())
  await warning.getByRole('button', { name: m.connect_read_only_go_on() }).click()
  await projects.list().getByRole('link', { name: 'acme/storefront' }).click()
  await panel.askToRemove('partners')
  await panel.confirm()
  await expect(panel.dialog().getByRole('alert')).toContainText(m.error_insufficient_scope())
  await panel.cancel()
  await panel.box('partners').check()
  await expectInSight(page, panel.selection().getByText(m.read_only_token_reason()))
  await expect(panel.selection().getByRole('button')).toHaveText([
    m.selection_export(),
    m.selection_clear(),
  ])
})

test('going on without saving is offered for the token in the field, not for the last one', async ({
  page,
  panel,
  connect,
}) => {
  await panel.open({ address: '/connect' })
  await connect.signOut()
  await connect.signIn(panel.gitlab(), 'glpat-maintainer-read-api')
  const goOn = page.getByRole('button', { name: m.connect_read_only_go_on() })
  await expect(goOn).toBeVisible()
  await connect.token().fill(maintainer)
  await expect(goOn).toBeHidden()
  await connect.submit()
  await expect(connect.title()).toBeHidden()
})

test('a reload signs out, unless the tab is to keep the token', {
  tag: ['@wire', '@no-demo'],
}, async ({ page, panel, connect, projects }) => {
  await panel.open(signedOut)
  await connect.signIn(panel.gitlab(), maintainer)
  await expect(projects.title()).toBeVisible()
  await page.reload()
  await expect(connect.title()).toBeVisible()

  await connect.keep().check()
  await connect.signIn(panel.gitlab(), maintainer)
  await expect(projects.project('acme/storefront')).toBeVisible()
  await page.reload()
  await expect(projects.project('acme/storefront')).toBeVisible()

  await connect.signOut()
  await page.reload()
  await expect(connect.title()).toBeVisible()
})

for (const kept of [false, true]) {
  test(`a token that is ${kept ? '' : 'not '}kept goes to GitLab and nowhere else`, {
    tag: ['@wire', '@no-demo'],
  }, async ({ page, panel, connect, projects }) => {
    const said: string[] = []
    page.on('console', (message) => said.push(message.text()))
    const asked: { url: string; secret: boolean }[] = []
    page.on('request', (request) => {
      const sent = request.url() + JSON.stringify(request.headers()) + (request.postData() ?? '')
      asked.push({ url: request.url(), secret: sent.includes(maintainer) })
    })
    await panel.open({ as: null })
    await connect.keep().setChecked(kept)
    await connect.signIn(panel.gitlab(), maintainer)
    await expect(panel.entry('partners')).toBeVisible()
    await page.getByRole('link', { name: m.app_name() }).click()
    await expect(projects.project('acme/storefront')).toBeVisible()

    const told = asked.filter(({ secret }) => secret).map(({ url }) => url)
    expect(told.length).toBeGreaterThan(0)
    expect(told.filter((url) => !url.startsWith(panel.gitlab()))).toEqual([])
    expect(asked.filter(({ url }) => url.includes(maintainer))).toEqual([])
    const hosts = new Set(asked.map(({ url }) => new URL(url).origin))
    expect([...hosts].sort()).toEqual(
      [...new Set([page.url(), panel.gitlab()].map((url) => new URL(url).origin))].sort(),
    )
    expect(page.url()).not.toContain(maintainer)
    expect(said.join('\n')).not.toContain(maintainer)
    const stored = await page.evaluate(() => ({
      local: JSON.stringify(localStorage),
      session: JSON.stringify(sessionStorage),
      cookies: document.cookie,
      page: document.documentElement.outerHTML,
    }))
    expect(stored.local).toContain(panel.gitlab())
    expect(stored.local + stored.cookies + stored.page).not.toContain(maintainer)
    expect(stored.session.includes(maintainer)).toBe(kept)
  })
}

test('a link that needs signing in leads on afterwards, dialog and all', {
  tag: '@wire-only',
}, async ({ page, panel, connect }) => {
  const address = '/projects/1/settings/ci_cd?dialog=edit&target=partners'
  await panel.open({ as: null, address })
  await expect(connect.title()).toBeVisible()
  await connect.signIn(panel.gitlab(), maintainer)
  await expect(panel.dialog()).toContainText('partners')
  await expect(page).toHaveURL(new RegExp(`${address.replace('?', '\\?')}$`))
})

test('signing out leaves nothing of the first user to the second', { tag: '@wire' }, async ({
  page,
  panel,
  connect,
}) => {
  await panel.open()
  await expect(panel.entry('partners')).toBeVisible()
  await connect.signOut()
  await expect(connect.title()).toBeVisible()
  await page.goBack()
  await expect(connect.title()).toBeVisible()
  await expect(panel.allowlist()).toBeHidden()

  await connect.signIn(panel.gitlab(), 'glpat-developer')
  await expect(page.getByRole('heading', { name: m.no_rights_title() })).toBeVisible()
  await expect(page.getByText('@devi has the Developer role')).toBeVisible()
  await expect(panel.entry('partners')).toBeHidden()
})

for (const kept of [false, true]) {
  test(`after signing out no script holds the token that was ${kept ? '' : 'not '}kept`, {
    tag: '@wire-only',
  }, async ({ page, panel, connect }) => {
    await panel.open({ as: null })
    await connect.keep().setChecked(kept)
    await connect.signIn(panel.gitlab(), maintainer)
    await expect(panel.entry('partners')).toBeVisible()
    expect(await inMemory(page, [maintainer])).toEqual([maintainer])
    await connect.signOut()
    await expect(connect.title()).toBeVisible()
    await expect.poll(() => inMemory(page, [maintainer]), { timeout: 20_000 }).toEqual([])
  })
}

test('signing in never leads out of the console', { tag: '@wire-only' }, async ({
  page,
  panel,
  connect,
  projects,
  baseURL,
}) => {
  const left: string[] = []
  page.on('framenavigated', (frame) => left.push(frame.url()))
  page.on('dialog', (dialog) => left.push(dialog.message()))
  await panel.open(signedOut)
  for (const evil of [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    'javascript:alert(document.domain)',
    '\\\\evil.example',
  ]) {
    await test.step(JSON.stringify(evil), async () => {
      await page.goto(`connect?return=${encodeURIComponent(evil)}`)
      await connect.signIn(panel.gitlab(), maintainer)
      await expect(projects.title()).toBeVisible()
      expect(placeOf(page)).toBe('/')
    })
  }
  expect(left.filter((url) => !url.startsWith(baseURL ?? '-'))).toEqual([])
})
