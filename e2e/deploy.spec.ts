import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { startNginx } from './support/nginx.ts'
import { bigBody, headersOfAnOrigin, longHeader, sendRaw, startEcho } from './support/servers.ts'
import { expect, test } from './support/test.ts'

test.describe('what nginx serves', { tag: '@nginx' }, () => {
  test('is kept for a year if its name holds its version, and asked for again if not', async ({
    page,
    request,
    connect,
  }) => {
    const assets: string[] = []
    page.on('response', (response) => {
      if (/\/assets\/.*\.(js|css)$/.test(response.url())) assets.push(response.url())
    })
    await page.goto('connect')
    await expect(connect.title()).toBeVisible()
    expect(assets.length).toBeGreaterThan(1)
    for (const url of assets) {
      const headers = (await request.get(url)).headers()
      expect(headers['cache-control'], url).toBe('public, max-age=31536000, immutable')
      expect(headers['content-encoding'] ?? headers['content-length'], url).toMatch(
        /gzip|^\d{1,3}$/,
      )
    }
    for (const address of [
      '',
      'index.html',
      'projects/acme%2Fstorefront/settings/ci_cd',
      'favicon.svg',
    ]) {
      const answer = await request.get(address)
      expect(answer.status(), address).toBe(200)
      expect(answer.headers()['cache-control'], address).toBe('no-cache')
    }
  })

  test('is nothing where a file is missing, and is not kept', async ({ request }) => {
    for (const address of ['assets/index-gone.js', '.vite/manifest.json', 'assets/']) {
      const answer = await request.get(address)
      expect(answer.status(), address).toBe(404)
      expect(answer.headers()['cache-control'], address).toBe('no-cache')
    }
  })

  test('has the same strict headers on every answer, errors too', async ({ request, nginx }) => {
    for (const address of ['', 'assets/index-gone.js', 'connect', 'api/v4/version', 'oauth/none']) {
      const headers = (await request.get(address)).headers()
      expect(headers, address).toMatchObject({
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin-allow-popups',
        'permissions-policy': expect.stringContaining('camera=()'),
      })
      const data = /^(api|oauth)\//.test(address)
      const policy = headers['content-security-policy'] ?? ''
      expect(policy, address).toContain("frame-ancestors 'none'")
      expect(policy.includes('sandbox'), address).toBe(data)
      expect(
        policy.includes("require-trusted-types-for 'script'; trusted-types job-token-console"),
        address,
      ).toBe(!data)
      expect(policy, address).not.toMatch(/unsafe-|data:|https?:[^/]|\*/)
      expect(/connect-src 'self' http/.test(policy), address).toBe(!data && nginx !== 'proxy')
    }
  })
})

test.describe('what the policy forbids', { tag: '@nginx' }, () => {
  test.use({ expectedErrors: [/Content Security Policy|TrustedHTML|TrustedTypePolicy/] })

  test('is noticed, whichever part forbids it', async ({ page, connect, violations }) => {
    await page.goto('connect')
    await expect(connect.title()).toBeVisible()
    await page.evaluate(async () => {
      const style = document.createElement('style')
      style.textContent = 'body { color: red }'
      document.head.append(style)
      new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
      await fetch('http://elsewhere.example/').catch(() => undefined)
      for (const deed of [
        () => Reflect.set(document.body, 'innerHTML', ''),
        () => window.trustedTypes?.createPolicy('another', { createScriptURL: (url) => url }),
      ]) {
        try {
          deed()
        } catch {
          // As it should be.
        }
      }
    })
    for (const part of [
      'style-src',
      'img-src',
      'connect-src',
      'require-trusted-types-for',
      'trusted-types',
    ]) {
      await expect.poll(() => violations.join('\n')).toContain(`Forbidden by policy: ${part}`)
    }
    // Whoever looks next is not to find these.
    await page.close()
    violations.length = 0
  })
})

/** Tries what a policy forbids, and says what came of it. */
const tryWhatIsForbidden = (page: Page) =>
  page.evaluate(async () => {
    const attempt = (deed: () => unknown) => {
      try {
        deed()
        return 'done'
      } catch (error) {
        return error instanceof Error ? error.name : 'refused'
      }
    }
    const rules = { createScriptURL: (url: string) => url }
    Reflect.set(window, 'ran', false)
    const script = document.createElement('script')
    const base = document.createElement('base')
    base.href = 'https://elsewhere.example/'
    const style = document.createElement('style')
    style.textContent = 'body { display: none }'
    document.head.append(base, style)
    const foreign: string = 'data:text/javascript,window.ran = true'
    await import(foreign).catch(() => undefined)
    return {
      markup: attempt(() => Reflect.set(document.body, 'innerHTML', '')),
      script: attempt(() => Reflect.set(script, 'textContent', 'window.ran = true')),
      object: attempt(() => Reflect.set(document.createElement('object'), 'data', 'favicon.svg')),
      worker: attempt(() => new Worker('assets/worker.js')),
      another: attempt(() => window.trustedTypes?.createPolicy('another', rules)),
      // Claimed when the console started, although nobody has opened the access check so far.
      ours: attempt(() => window.trustedTypes?.createPolicy('job-token-console', rules)),
      base: new URL(document.baseURI).hostname === 'elsewhere.example',
      hidden: getComputedStyle(document.body).display === 'none',
      ran: Reflect.get(window, 'ran'),
    }
  })

test.describe('the policy of the build itself', { tag: '@wire-only' }, () => {
  test.use({ expectedErrors: [/Content Security Policy|Trusted|TypeError/] })

  test('holds on a server that sends none', async ({ page, request, connect, violations }) => {
    const headers = (await request.get('connect')).headers()
    expect(headers['content-security-policy']).toBeUndefined()
    await page.goto('connect')
    await expect(connect.title()).toBeVisible()
    expect(violations).toEqual([])
    expect(await tryWhatIsForbidden(page)).toEqual({
      markup: 'TypeError',
      script: 'TypeError',
      object: 'TypeError',
      worker: 'TypeError',
      another: 'TypeError',
      ours: 'TypeError',
      base: false,
      hidden: false,
      ran: false,
    })
    for (const part of ['script-src', 'style-src', 'base-uri', 'trusted-types']) {
      await expect.poll(() => violations.join('\n')).toContain(`Forbidden by policy: ${part}`)
    }
    await page.close()
    violations.length = 0
  })
})

test.describe('config.json beside the build', { tag: '@nginx' }, () => {
  test('leads to GitLab’s own page for signing in, and every call to the proxy', async ({
    page,
    panel,
    connect,
    nginx,
    mockServer,
  }) => {
    const proxy = nginx === 'proxy'
    await panel.open({ as: null, address: '/connect' })
    const mock = mockServer?.address ?? ''
    const gitlab = proxy ? mock : panel.gitlab()
    const console = await startNginx({
      gitlab: mock,
      proxy,
      config: {
        gitlabUrl: gitlab,
        ...(proxy && { apiUrl: '/' }),
        applicationId: 'job-token-console',
      },
    })
    try {
      const called = new Set<string>()
      page.on('request', (request) => {
        const { origin, pathname } = new URL(request.url())
        if (/\/(api|oauth\/token)\b/.test(pathname)) called.add(origin)
      })
      await page.goto(`${console.address}/projects/acme%2Fstorefront/settings/ci_cd`)
      await test.step('says which way calls and token go', async () => {
        const { host } = new URL(console.address)
        await expect(
          page.getByText(proxy ? m.connect_about_proxied({ host }) : m.connect_about()),
        ).toBeVisible()
        await page.getByRole('button', { name: m.renewal_by_token() }).click()
        await expect(
          page.getByLabel(m.connect_token(), { exact: true }),
        ).toHaveAccessibleDescription(
          `${m.connect_token_about()} ${m.connect_token_create()} ${proxy ? m.connect_token_help_proxied({ host }) : m.connect_token_help()}`,
        )
        await connect.chooseGitLab()
      })
      await page.getByRole('button', { name: m.connect_leave() }).click()
      await page.getByLabel('You are').selectOption('maintainer')
      expect(new URL(page.url()).origin).toBe(mock)
      await page.getByRole('button', { name: 'Authorize' }).click()
      await expect(panel.entry('partners').getByRole('link')).toHaveAttribute(
        'href',
        `${gitlab}/groups/partners`,
      )
      expect([...called]).toEqual([proxy ? console.address : mock])
    } finally {
      await console.stop()
    }
  })
})

test.describe('what nginx hands on to GitLab', { tag: ['@nginx', '@proxy'] }, () => {
  test('is what the page sent, but for cookies, and so is the answer', async ({ request }) => {
    const gitlab = await startEcho()
    const nginx = await startNginx({ gitlab: gitlab.address, proxy: true })
    try {
      const path = '/api/v4/projects/acme%2Fstore%20front?search=a%2Fb&x=%C3%A9'
      const answer = await request.put(nginx.address + path, {
        headers: { Authorization: 'Bearer glpat-maintainer', Cookie: '_gitlab_session=1' },
        data: { a: '%2F' },
      })
      expect(await answer.json()).toMatchObject({
        method: 'PUT',
        url: path,
        host: new URL(gitlab.address).host,
        authorization: 'Bearer glpat-maintainer',
        cookie: null,
        body: '{"a":"%2F"}',
      })
      const headers = answer.headers()
      expect(headers['set-cookie']).toBeUndefined()
      expect(headers.link).toBe(longHeader)
      expect(headers['retry-after']).toBe('7')
      expect(headers['cache-control']).toBe('private')
      expect(headers['content-security-policy']).toMatch(/^default-src 'none';.* sandbox$/)
      for (const name of Object.keys(headersOfAnOrigin)) {
        expect(headers[name.toLowerCase()], name).toBeUndefined()
      }
    } finally {
      await nginx.stop()
      await gitlab.close()
    }
  })

  test('comes back whole if it is big, and stays here if it has moved', async ({ request }) => {
    const gitlab = await startEcho()
    const nginx = await startNginx({ gitlab: gitlab.address, proxy: true })
    try {
      const big = await request.get(`${nginx.address}/api/v4/big`)
      expect((await big.body()).length).toBe(bigBody.length)
      const moved = await request.get(`${nginx.address}/api/v4/moved`, { maxRedirects: 0 })
      expect(new URL(moved.headers().location ?? '', nginx.address).href).toBe(
        `${nginx.address}/api/v4/projects/1`,
      )
      await gitlab.close()
      const gone = await request.get(`${nginx.address}/api/v4/big`)
      expect(gone.status()).toBe(502)
      expect(gone.headers()['content-security-policy']).toContain('sandbox')
    } finally {
      await nginx.stop()
    }
  })

  test('is data, whatever somebody has put there: no script, page or worker of the console', async ({
    page,
    request,
    connect,
  }) => {
    const gitlab = await startEcho()
    const nginx = await startNginx({ gitlab: gitlab.address, proxy: true })
    const artifact = '/api/v4/projects/1/jobs/1/artifacts/evil.js'
    try {
      await page.goto(`${nginx.address}/connect`)
      await expect(connect.title()).toBeVisible()
      const outcome = await page.evaluate(async (artifact) => {
        const imported = await import(artifact).then(
          () => 'imported',
          () => 'refused',
        )
        const fetched = await fetch(artifact)
        return { imported, ran: Reflect.get(window, 'ran'), fetched: fetched.status }
      }, artifact)
      expect(outcome).toEqual({ imported: 'refused', ran: undefined, fetched: 200 })
      const opened = await page.goto(nginx.address + artifact)
      expect(opened?.status()).toBe(403)
      expect(gitlab.asked).toEqual([artifact])
      for (const [destination, status] of [
        ['script', 403],
        ['worker', 403],
        ['serviceworker', 403],
        ['style', 403],
        ['json', 403],
        ['image', 403],
        ['iframe', 403],
        ['empty', 200],
        ['', 200],
      ] as const) {
        const answer = await request.get(nginx.address + artifact, {
          headers: { 'Sec-Fetch-Dest': destination },
        })
        expect(answer.status(), destination).toBe(status)
      }
    } finally {
      await nginx.stop()
      await gitlab.close()
    }
  })

  test('is asked for below /api and /oauth only, in whatever spelling', async () => {
    const gitlab = await startEcho()
    const nginx = await startNginx({ gitlab: gitlab.address, proxy: true })
    try {
      for (const crooked of [
        '/users/sign_in/../../api/x',
        '/users/%2e%2e/api/x',
        '/users/..%2fapi/x',
        '/api/v4/..;/..;/users/sign_in',
        '/./api/v4/user',
        '//api/v4/user',
        '/%61pi/v4/user',
        '/oauth/../api/v4/user',
        '/oauth/%2E%2E%2Fapi/v4/user',
        '/api/v4/x/..\\..\\y/../../user',
        '/api/v4//user',
        '/api/v4/../v4/user',
        '/api/v4/projects/./1',
      ]) {
        expect(await sendRaw(nginx.address, crooked), crooked).toBe(400)
      }
      expect(gitlab.asked).toEqual([])
      const straight = [
        '/api/v4/projects/acme%2Fstore.front/repository/files/.gitlab-ci.yml/raw?ref=a/../b',
        '/api/v4/projects/acme%2F.github',
        '/api/v4/projects?search=..%2F&x=//y',
        '/api/graphql',
        '/oauth/token',
      ]
      for (const path of straight) expect(await sendRaw(nginx.address, path), path).toBe(200)
      expect(gitlab.asked).toEqual(straight)
    } finally {
      await nginx.stop()
      await gitlab.close()
    }
  })

  test('comes back as GitLab says it, and leads nginx nowhere else', async ({ request }) => {
    const gitlab = await startEcho()
    const nginx = await startNginx({ gitlab: gitlab.address, proxy: true })
    try {
      const answer = await request.get(`${nginx.address}/api/v4/accelerated`)
      expect(await answer.json()).toMatchObject({ url: '/api/v4/accelerated' })
    } finally {
      await nginx.stop()
      await gitlab.close()
    }
  })
})

test.describe('nginx’s log', { tag: ['@nginx', '@proxy'] }, () => {
  test('holds no code of GitLab’s, nothing that somebody pasted or came from', async ({
    request,
  }) => {
    const gitlab = await startEcho()
    const nginx = await startNginx({ gitlab: gitlab.address, proxy: true })
    try {
      for (const address of [
        '/connect?code=secret-1&state=secret-2',
        '/projects/1/access?q=curl+secret-3',
        '/api/v4/projects?search=secret-4',
        '/assets/none.js?secret-5',
      ]) {
        await request.get(nginx.address + address, {
          headers: { Referer: 'https://gitlab.example.com/oauth/authorize?state=secret-6' },
        })
      }
      // nginx writes a line once it has sent the whole answer.
      await expect
        .poll(() => nginx.log().match(/"GET \S+ HTTP/g))
        .toEqual(
          ['/connect', '/projects/1/access', '/api/v4/projects', '/assets/none.js'].map(
            (path) => `"GET ${path} HTTP`,
          ),
        )
      expect(nginx.log()).not.toContain('secret')
    } finally {
      await nginx.stop()
      await gitlab.close()
    }
  })
})

test.describe('by HTTPS', { tag: ['@nginx', '@proxy'] }, () => {
  test('browsers are told to come back by HTTPS only, and by plain HTTP nothing', async ({
    request,
  }) => {
    const transportOf = async (address: string, headers = {}) => {
      const answer = await request.get(address, { headers, ignoreHTTPSErrors: true })
      expect(answer.status()).toBe(200)
      return answer.headers()['strict-transport-security']
    }
    const gitlab = await startEcho()
    const servers = await Promise.all(
      [true, false].map((encrypted) =>
        startNginx({ gitlab: gitlab.address, proxy: true, encrypted }),
      ),
    )
    try {
      const [secure = '', plain = ''] = servers.map(({ address }) => address)
      expect(await transportOf(`${secure}/connect`)).toBe('max-age=31536000')
      expect(await transportOf(`${secure}/api/v4/user`)).toBe('max-age=31536000')
      expect(await transportOf(`${plain}/connect`)).toBeUndefined()
      expect(await transportOf(`${plain}/connect`, { 'X-Forwarded-Proto': 'https' })).toBe(
        'max-age=31536000',
      )
    } finally {
      await Promise.all(servers.map(({ stop }) => stop()))
      await gitlab.close()
    }
  })
})
