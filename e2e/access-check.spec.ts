import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { createHeader } from './support/header.ts'
import { expectInSight } from './support/in-sight.ts'
import { expect, test } from './support/test.ts'

const address = '/projects/1/access'

const field = (page: Page) => page.getByRole('textbox', { name: m.check_text() })
const origin = (page: Page) => page.getByRole('combobox', { name: m.check_origin() })
const line = (page: Page, number: number) =>
  page.getByRole('article', { name: m.check_line({ line: number }), exact: true })
const summary = (page: Page) =>
  // What is still being loaded below it has a status, too.
  page.getByRole('region', { name: m.check_results() }).getByRole('status').first()

/** Names the project whose job makes the calls, and waits until it is looked up. */
async function by(page: Page, path: string): Promise<void> {
  await origin(page).fill(path)
  await page.keyboard.press('Tab')
  await expect(summary(page)).not.toHaveText(m.check_reading())
}

const curl = (method: string, path: string) =>
  `curl --request ${method} --header "JOB-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL${path}"`

const refused = (project: string, policy: string) =>
  `2026-01-15T09:00:00Z 00O \u001b[31m{"message":"403 Forbidden - Insufficient permissions to access this resource in project ${project}. The following token permission is required: ${policy}."}\u001b[0m`

test('a line of a job log is answered by the rule, and by what would allow it', {
  tag: '@wire',
}, async ({ page, panel }) => {
  await panel.open()
  await page.getByRole('link', { name: m.check_open() }).click()
  await field(page).fill(refused('storefront', 'admin_packages'))
  await by(page, 'partners/sdk')
  await expect(summary(page)).toHaveText(
    `${m.check_kind_log()} ${m.check_found({ count: 1, allowed: 0 })}`,
  )
  const verdict = line(page, 1)
    .getByRole('paragraph')
    .filter({
      hasText: m.check_rule_missing({ entry: 'partners', policies: 'Read and write to Packages' }),
    })
  const add = line(page, 1).getByRole('link', { name: m.check_add() })
  await page.setViewportSize({ width: 1280, height: 800 })
  await expectInSight(page, line(page, 1).getByText(m.check_denied(), { exact: true }))
  await expectInSight(page, verdict)
  await expectInSight(page, add)
  // One way stands there, and the other one behind it.
  const other = line(page, 1).getByRole('link', { name: m.check_edit({ entry: 'partners' }) })
  await expect(other).toBeHidden()
  await line(page, 1).getByText(m.check_other_way()).click()
  await expect(other).toBeVisible()
  // The entry of its group decides; an entry of its own keeps what that one grants.
  await add.click()
  await expect(panel.target()).toHaveValue('partners/sdk')
  await expect(panel.scope(m.resource_packages(), m.scope_read_write())).toBeChecked()
  await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
  await panel.add()
  await expect(panel.toast()).toBeVisible()
  await page.goBack()
  await expect(line(page, 1)).toContainText(m.check_rule_granted({ entry: 'partners/sdk' }))
  await expect(line(page, 1)).toContainText(m.check_shadowed({ entries: 'partners' }))
  await expect(origin(page)).toHaveValue('partners/sdk')
})

test('the name of an entry in a verdict leads to its row, once', async ({ page, panel }) => {
  await panel.open({ scenario: 'default', address })
  await field(page).fill(curl('GET', '/projects/1/jobs'))
  const path = 'partners/northline/integration'
  await by(page, path)
  // So low that the row would lie below the fold.
  await page.setViewportSize({ width: 1280, height: 420 })
  await line(page, 1).getByRole('paragraph').getByRole('link', { name: path, exact: true }).click()
  await expectInSight(page, panel.entry(path))
  await expect(
    panel.entry(path).getByRole('button', { name: m.edit_entry({ path }) }),
  ).toBeFocused()
  await expect(page).not.toHaveURL(/focus=/)
})

test('what an entry lacks is granted by editing it, and the check then says allowed', async ({
  page,
  panel,
}) => {
  await panel.open({ address })
  await panel.request('PUT', '/projects/1/job_token_scope/allowlist/2', {
    default_permissions: false,
    job_token_policies: ['READ_JOBS'],
  })
  await page.reload()
  await field(page).fill(curl('POST', '/projects/1/deployments'))
  await by(page, 'acme/platform/deploy-tools')
  await expect(line(page, 1)).toContainText(m.check_denied())
  const form = page.getByRole('table', { name: m.check_needs_heading() }).getByRole('link')
  await expect(form).toHaveAttribute('href', /dialog=edit&target=acme%2Fplatform%2Fdeploy-tools/)
  await line(page, 1)
    .getByRole('link', { name: m.check_edit({ entry: 'acme/platform/deploy-tools' }) })
    .click()
  await expect(panel.scope(m.resource_deployments(), m.scope_read_write())).toBeChecked()
  await expect(panel.scope(m.resource_environments(), m.scope_read_write())).toBeChecked()
  await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
  await expect(panel.scope(m.resource_packages(), m.scope_none())).toBeChecked()
  await panel.save()
  await expect(panel.toast()).toBeVisible()
  await page.goBack()
  await expect(line(page, 1)).toContainText(m.check_allowed())
  await expect(line(page, 1)).toContainText(
    m.check_rule_granted({ entry: 'acme/platform/deploy-tools' }),
  )
})

test('CI/CD configuration is answered call by call, with the least for all of them', async ({
  page,
  panel,
}) => {
  await panel.open({ address })
  await field(page).fill(`deploy:
  script:
    - ${curl('GET', '/projects/1/jobs')}
    - ${curl('POST', '/projects/1/deployments')}
    - ${curl('PUT', '/projects/1/packages/generic/app/1/app.zip')}
    - ${curl('GET', '/projects/7/packages')}
    - ${curl('GET', '/projects/1/variables')}
    - ${curl('GET', '/job')}
    - 'curl --header "PRIVATE-TOKEN: $CI_JOB_TOKEN" "$CI_API_V4_URL/projects/1/jobs"'
    - git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.com/acme/lib.git
`)
  await by(page, 'partners/sdk')
  await expect(summary(page)).toHaveText(
    `${m.check_kind_ci()} ${m.check_found({ count: 7, allowed: 2 })}`,
  )
  await expect(line(page, 3)).toContainText(m.check_rule_granted({ entry: 'partners' }))
  await expect(line(page, 6)).toContainText(m.check_rule_elsewhere({ project: 'project 7' }))
  await expect(
    line(page, 6).getByRole('link', { name: m.check_elsewhere({ project: 'project 7' }) }),
  ).toHaveAttribute('href', /projects\/7\/access/)
  await expect(line(page, 7)).toContainText(m.check_rule_no_job_tokens())
  await expect(line(page, 7).getByRole('link')).toHaveCount(0)
  await expect(line(page, 8)).toContainText(m.check_rule_no_project())
  await expect(line(page, 9)).toContainText(m.check_wrong_header())
  await expect(line(page, 10)).toContainText(m.check_abroad({ host: 'gitlab.com' }))
  // What all calls need is granted by one button.
  await expect(page.getByRole('link', { name: m.check_add(), exact: true })).toHaveCount(1)

  const region = page.getByRole('region', { name: m.check_results() })
  await expect(
    region.getByRole('heading', { name: m.check_least({ project: 'acme/storefront' }) }),
  ).toBeVisible()
  await region.getByRole('link', { name: m.check_add() }).first().click()
  for (const [resource, scope] of [
    [m.resource_deployments(), m.scope_read_write()],
    [m.resource_environments(), m.scope_read_write()],
    [m.resource_packages(), m.scope_read_write()],
    [m.resource_jobs(), m.scope_read()],
    [m.resource_releases(), m.scope_none()],
  ] as const) {
    await expect(panel.scope(resource, scope), resource).toBeChecked()
  }
})

test('what was pasted is there again after a reload, and gone after signing out', async ({
  page,
  panel,
}) => {
  const text = 'GET /projects/1/releases'
  await panel.open({ address })
  await field(page).fill(text)
  await by(page, 'partners/sdk')
  await page.reload()
  await expect(field(page)).toHaveValue(text)
  await expect(origin(page)).toHaveValue('partners/sdk')
  await expect(line(page, 1)).toContainText(
    m.check_rule_missing({ entry: 'partners', policies: 'Read to Releases' }),
  )
  const kept = () => page.evaluate(() => JSON.stringify(sessionStorage).includes('releases'))
  expect(await kept()).toBe(true)
  await createHeader(page).signOut()
  await expect.poll(kept).toBe(false)
  await panel.open({ address })
  await expect(field(page)).toHaveValue('')
})

test('where an entry of any kind will do, the dialog grants nothing', async ({ page, panel }) => {
  await panel.open({ address })
  await field(page).fill(
    'git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/acme/storefront.git',
  )
  await by(page, 'acme/mobile/app')
  await expect(line(page, 1)).toContainText(
    m.check_rule_not_listed({ origin: 'acme/mobile/app', project: 'acme/storefront' }),
  )
  await line(page, 1).getByRole('link', { name: m.check_add() }).click()
  await expect(panel.target()).toHaveValue('acme/mobile/app')
  await expect(panel.scope(m.resource_jobs(), m.scope_none())).toBeChecked()
})

test('the one project that fits the short name in a log is filled in', async ({ page, panel }) => {
  await panel.open({ address })
  await field(page).fill(
    'remote: {"message":"403 Forbidden - Authentication by CI/CD job token not allowed from app to storefront."}',
  )
  await expect(origin(page)).toHaveValue('acme/mobile/app')
  await expect(line(page, 1)).toContainText(
    m.check_rule_not_listed({ origin: 'acme/mobile/app', project: 'acme/storefront' }),
  )
})

test('a number names the project of a job, though a group has it, too', async ({ page, panel }) => {
  await panel.open({ scenario: 'default', address })
  await field(page).fill(curl('GET', '/projects/1/jobs'))
  await by(page, '#11')
  await expect(origin(page)).toHaveAccessibleDescription(
    `Project tidewater/commerce/gift-cards ${m.check_origin_help()}`,
  )
  await expect(line(page, 1)).toContainText('tidewater/commerce/gift-cards')
})

test('a project that fits no name is not guessed, and another allowlist is not taken for this one', async ({
  page,
  panel,
}) => {
  await panel.open({ address, as: 'admin' })
  await field(page).fill(
    '{"message":"403 Forbidden - Authentication by CI/CD job token not allowed from e to sdk."}',
  )
  await expect(line(page, 1)).toContainText(m.check_rule_elsewhere({ project: 'sdk' }))
  await expect(origin(page)).toHaveValue('')
})

test('without the role, what is needed is named, and a request can be copied', async ({
  page,
  panel,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await panel.open({ address, as: 'developer' })
  await field(page).fill(curl('GET', '/projects/1/releases'))
  await by(page, 'acme/mobile/app')
  await expect(page.getByText(m.check_unreadable())).toBeVisible()
  await expect(line(page, 1)).toContainText('Needs Read to Releases')
  await expect(line(page, 1)).toContainText(m.check_rule_unreadable({ project: 'acme/storefront' }))
  await line(page, 1).getByRole('button', { name: m.check_request() }).click()
  await expect(panel.toast()).toContainText(m.check_copied())
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('acme/mobile/app')
  expect(text).toContain('Read to Releases')
  const link = /https?:\S+/.exec(text)?.[0] ?? ''
  expect(link).toContain(
    '/projects/acme%2Fstorefront/settings/ci_cd?dialog=add&target=acme%2Fmobile%2Fapp&policies=READ_RELEASES',
  )
  await page.goto('about:blank')
  await page.goto(link.replace('as=developer', 'as=maintainer'))
  await expect(panel.target()).toHaveValue('acme/mobile/app')
  await expect(panel.scope(m.resource_releases(), m.scope_read())).toBeChecked()
})

test('no secret is shown or shared, and nothing of a paste is sent', async ({
  page,
  panel,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const secret = 'abcdefghij0123456789'
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await panel.open({ address })
  await field(page).fill(
    `curl --header "JOB-TOKEN: glcbt-${secret}" https://ci:hunter22@gitlab.example.com/api/v4/projects/1/jobs/314159`,
  )
  await expect(line(page, 1)).toBeVisible()
  await expect(field(page)).not.toHaveValue(new RegExp(`${secret}|hunter22`))
  await expect(page.getByRole('main')).not.toContainText(/abcdefghij|hunter22/)

  await page.getByRole('button', { name: m.check_share() }).click()
  await page.getByRole('dialog').getByRole('button', { name: m.check_copy_link() }).click()
  await expect(panel.toast()).toContainText(m.check_copied())
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toContain('314159')
  for (const text of [link, page.url(), ...sent]) expect(text).not.toMatch(/abcdefghij|hunter22/)
  expect(sent.filter((text) => text.includes('314159'))).toEqual([])
  const stored = await page.evaluate(() => [
    JSON.stringify(localStorage),
    JSON.stringify(sessionStorage),
  ])
  expect(stored.join()).not.toMatch(/abcdefghij|hunter22/)
  expect(stored[0]).not.toContain('314159')
  // The tab keeps the question until its user signs out.
  expect(stored[1]).toContain('314159')

  await page.goto('about:blank')
  await page.goto(link)
  await expect(field(page)).toHaveValue(/projects\/1\/jobs\/314159$/)
  await expect(line(page, 1)).toBeVisible()
  // Another question is not the one of the address any more.
  await field(page).fill('GET /projects/1/releases')
  await expect(page).not.toHaveURL(/314159/)
})

for (const sign of ['?', '#']) {
  test(`a secret in an address goes out of it, behind ${sign}`, async ({ page, panel }) => {
    const question = encodeURIComponent('PRIVATE-TOKEN: s3cretvalue')
    await panel.open({ address: `${address}${sign}q=${question}` })
    await expect(field(page)).toHaveValue(/PRIVATE-TOKEN: •+/)
    await expect(page).not.toHaveURL(/s3cretvalue/)
    await expect(page).toHaveURL(/#q=PRIVATE-TOKEN/)
  })
}

test('before it is shared, a question is shown as the link holds it', async ({
  page,
  panel,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await panel.open({ address })
  await field(page).fill(
    `TOKEN=hunter2 curl "https://gitlab.example.com/api/v4/projects/1/jobs?a=b&c=%20#1" -o "a + b"`,
  )
  await by(page, 'partners/sdk')
  await expect(page.getByText(m.check_share_hidden())).toBeVisible()
  const share = page.getByRole('button', { name: m.check_share() })
  await share.click()
  const dialog = page.getByRole('dialog', { name: m.check_share_title() })
  const shown = dialog.getByRole('region', { name: m.check_share_text() })
  await expect(shown).toHaveText(
    `TOKEN=••••••• curl "https://gitlab.example.com/api/v4/projects/1/jobs?a=b&c=%20#1" -o "a + b"`,
  )
  await expect(dialog).toContainText('partners/sdk')
  const text = (await shown.textContent()) ?? ''
  await dialog.getByRole('button', { name: m.check_copy_link() }).click()
  await expect(panel.toast()).toContainText(m.check_copied())
  await dialog.getByRole('button', { name: m.close() }).first().click()
  await expect(share).toBeFocused()

  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.goto('about:blank')
  await page.goto(link)
  await expect(field(page)).toHaveValue(text)
  await expect(origin(page)).toHaveValue('partners/sdk')
})

test('no server hears of a question that was shared, before signing in and after', {
  tag: '@wire-only',
}, async ({ page, panel, connect }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await panel.open({ address: `${address}#q=GET+/projects/1/jobs/314159`, as: null })
  await expect(connect.title()).toBeVisible()
  await expect(page).toHaveURL(/\/connect\?return=[^#]*#q=GET/)
  await page.reload()
  await connect.signIn(panel.gitlab(), 'glpat-maintainer')
  await expect(field(page)).toHaveValue('GET /projects/1/jobs/314159')
  expect(asked.filter((url) => url.includes('314159'))).toEqual([])

  // A link of an earlier version has told it already, and does so once.
  await page.goto(page.url().replace('#q=', '?q='))
  await expect(connect.title()).toBeVisible()
  await expect(page).toHaveURL(/\/connect\?return=[^#]*access#q=GET/)
})

/** One paste of each kind: what it is taken for, the rule that decides, and what helps. */
const pastes = [
  {
    kind: m.check_kind_log(),
    text: `$ npm publish
npm error 403 Forbidden - PUT https://gitlab.example.com/api/v4/projects/1/packages/npm/app
${refused('storefront', 'admin_packages')}
ERROR: Job failed: exit code 1`,
    at: 3,
    says: [
      m.check_denied(),
      m.check_refused_policies({ project: 'storefront', policies: 'Read and write to Packages' }),
      m.check_rule_missing({ entry: 'partners', policies: 'Read and write to Packages' }),
    ],
    grants: [[m.resource_packages(), m.scope_read_write()]],
  },
  {
    kind: m.check_kind_question(),
    text: 'GET https://gitlab.example.com/api/v4/projects/1/releases',
    at: 1,
    says: [
      m.check_denied(),
      m.check_rule_missing({ entry: 'partners', policies: 'Read to Releases' }),
    ],
    grants: [[m.resource_releases(), m.scope_read()]],
  },
  {
    kind: m.check_kind_ci(),
    text: `deploy:
  variables:
    TARGET: "1"
  script:
    - >-
      curl --request POST --header "JOB-TOKEN: $CI_JOB_TOKEN"
      "$CI_API_V4_URL/projects/$TARGET/deployments"`,
    at: 6,
    says: [
      m.check_denied(),
      m.check_rule_missing({
        entry: 'partners',
        policies: 'Read and write to Deployments, Read and write to Environments',
      }),
    ],
    grants: [
      [m.resource_deployments(), m.scope_read_write()],
      [m.resource_environments(), m.scope_read_write()],
    ],
  },
  {
    kind: m.check_kind_configuration(),
    text: `@acme:registry=https://gitlab.example.com/api/v4/projects/acme%2Fstorefront/packages/npm/
//gitlab.example.com/api/v4/projects/acme%2Fstorefront/packages/npm/:_authToken=\${CI_JOB_TOKEN}`,
    at: 1,
    says: [m.check_allowed(), m.check_rule_granted({ entry: 'partners' })],
    grants: [],
  },
  {
    kind: m.check_kind_shell(),
    text: `#!/bin/sh
set -e
project=1
git clone "https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/acme/storefront.git"
${curl('PUT', '/projects/$project/packages/generic/app/1/app.zip')}`,
    at: 5,
    says: [
      m.check_denied(),
      m.check_rule_missing({ entry: 'partners', policies: 'Read and write to Packages' }),
    ],
    grants: [[m.resource_packages(), m.scope_read_write()]],
  },
] as const

for (const { kind, text, at, says, grants } of pastes) {
  test(`${kind} Its rule and its remedy follow`, async ({ page, panel }) => {
    await panel.open({ address })
    await field(page).fill(text)
    await by(page, 'partners/sdk')
    await expect(summary(page)).toContainText(kind)
    for (const words of says) await expect(line(page, at)).toContainText(words)
    const remedy = line(page, at).getByRole('link', { name: m.check_add() })
    await expect(remedy).toHaveCount(grants.length > 0 ? 1 : 0)
    if (grants.length === 0) return
    await remedy.click()
    await expect(panel.target()).toHaveValue('partners/sdk')
    for (const [resource, scope] of grants) {
      await expect(panel.scope(resource, scope), resource).toBeChecked()
    }
    // What the group's entry grants already is in the new entry, and nothing else.
    await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
    await expect(panel.scope(m.resource_pipelines(), m.scope_none())).toBeChecked()
  })
}

for (const [what, text] of [
  ['words', 'lorem ipsum'],
  ['one sign', '.'],
  ['signs', '{{{ &a *b |>- \'"`$((\\ <<EOF\n\t\u0000\uD800 %'],
  ['bytes', '\u0001\u0007\u009b31m\uFFFD\u202e]]>'],
] as const) {
  test(`what is not recognised is said to be so: ${what}`, async ({ page, panel }) => {
    await panel.open({ address })
    await field(page).fill(text)
    await expect(page.getByRole('heading', { name: m.check_nothing() })).toBeVisible()
  })
}

test('blanks are no question', async ({ page, panel }) => {
  await panel.open({ address })
  await field(page).fill(' \n\t\n ')
  await expect(field(page)).toHaveValue(/^\s+$/)
  await expect(page.getByRole('region', { name: m.check_results() })).toHaveCount(0)
})

test('an outage is said beside what can be told without the allowlist', async ({ page, panel }) => {
  await panel.open({ address, fault: 'GET /job_token_scope 503' })
  await field(page).fill(curl('GET', '/projects/1/releases'))
  await expect(page.getByRole('alert')).toContainText(m.load_failed({ what: m.what_rules() }))
  await expect(line(page, 1)).toContainText('Needs Read to Releases')
  await panel.turn({ fault: '' })
  await page.getByRole('button', { name: m.try_again() }).click()
  await by(page, 'partners/sdk')
  await expect(line(page, 1)).toContainText(
    m.check_rule_missing({ entry: 'partners', policies: 'Read to Releases' }),
  )
})

test('a variable without a value is asked for, and everything is read again with it', async ({
  page,
  panel,
}) => {
  await panel.open({ address })
  await field(page).fill(`${curl('GET', '/projects/$LIB/jobs')}
${curl('GET', '/projects/$LIB/releases')}`)
  await by(page, 'partners/sdk')
  await expect(line(page, 1)).toContainText(
    m.check_accesses_variable({ project: 'acme/storefront', written: '$LIB' }),
  )
  const lib = page.getByRole('group', { name: m.check_variables() }).getByLabel('LIB')
  await lib.fill('acme/storefront')
  await expect(line(page, 1)).toContainText(
    m.check_accesses({
      project: m.check_project_named({ path: 'acme/storefront', id: '1' }),
    }),
  )
  await expect(line(page, 1)).toContainText(m.check_rule_granted({ entry: 'partners' }))
  await expect(line(page, 2)).toContainText(
    m.check_given({ name: 'LIB', value: 'acme/storefront' }),
  )
  await lib.fill('')
  await expect(line(page, 1)).toContainText('$LIB')
})

test('each job is answered by itself, with the least per project and the way to grant it', async ({
  page,
  panel,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await panel.open({ address })
  await field(page).fill(`.get:
  script:
    - ${curl('GET', '/projects/1/jobs')}
build:
  extends: .get
test:
  extends: .get
  after_script:
    - ${curl('PUT', '/projects/1/packages/generic/app/1/app.zip')}
    - git clone https://gitlab-ci-token:$CI_JOB_TOKEN@gitlab.example.com/tools/lib.git
`)
  await by(page, 'partners/sdk')
  const job = (name: string) => page.getByRole('region', { name: m.check_job({ name }) })
  await expect(job('build').getByRole('article')).toHaveCount(1)
  await expect(job('test').getByRole('article')).toHaveCount(3)

  const needs = page.getByRole('table', { name: m.check_needs_heading() })
  const storefront = m.check_project_named({ path: 'acme/storefront', id: '1' })
  const row = needs.getByRole('row', { name: storefront })
  await expect(row).toContainText('3')
  await expect(row).toContainText('9')
  await expect(needs.getByRole('row', { name: 'tools/lib' })).toContainText(m.check_least_any())

  await page.getByRole('button', { name: m.check_needs_comment() }).click()
  await expect(panel.toast()).toContainText(m.check_copied())
  const comment = await page.evaluate(() => navigator.clipboard.readText())
  expect(comment.split('\n')).toEqual([
    `# ${m.check_comment_head()}:`,
    expect.stringMatching(/^# acme\/storefront .*: .*Jobs.*Packages/),
    `# tools/lib: ${m.check_least_any()}`,
  ])

  await row.getByRole('link').click()
  await expect(panel.target()).toHaveValue('partners/sdk')
  await expect(panel.scope(m.resource_packages(), m.scope_read_write())).toBeChecked()
  await expect(panel.scope(m.resource_jobs(), m.scope_read())).toBeChecked()
})

test('what GitLab refused and the list lets in now is no green answer', async ({ page, panel }) => {
  await panel.open({ address })
  await field(page).fill(
    '{"message":"403 Forbidden - Authentication by CI/CD job token not allowed from sdk to storefront."}',
  )
  await by(page, 'partners/sdk')
  await expect(line(page, 1)).toContainText(m.check_overtaken())
  await expect(line(page, 1)).toContainText(m.check_contradiction())
  await expect(line(page, 1).getByRole('listitem').first()).toHaveText(
    m.check_way_membership({ project: 'acme/storefront' }),
  )
  await expect(line(page, 1).getByRole('link')).toHaveText(['partners'])
})

test('beside a refusal without a reason stands the command that tells whether it is the token', async ({
  page,
  panel,
}) => {
  const call = `$ ${curl('GET', '/projects/1/releases')}
curl: (22) The requested URL returned error: 403`
  await panel.open({ address })
  await field(page).fill(call)
  await expect(line(page, 2)).toContainText('"$CI_API_V4_URL/job"')
  await expect(line(page, 2)).toContainText(m.check_probe_means())
  await field(page).fill(`$ ${curl('GET', '/job')}
{"id":7,"status":"running"}
${call}`)
  await expect(line(page, 4)).toContainText(m.check_probe_good())
  await expect(line(page, 4)).not.toContainText(m.check_probe_means())
})

test('who may not read the list is told what GitLab said', async ({ page, panel }) => {
  await panel.open({ address, as: 'developer' })
  await field(page).fill(refused('storefront', 'admin_packages'))
  await expect(line(page, 1)).toContainText(m.check_refused())
  await expect(line(page, 1)).not.toContainText(m.check_unknown())
})

test('the check speaks Japanese', async ({ page, panel }) => {
  await panel.open({ address, lang: 'ja' })
  await page
    .getByRole('textbox', { name: m.check_text() })
    .fill(curl('GET', '/projects/1/releases'))
  await page.getByRole('combobox', { name: m.check_origin() }).fill('partners/sdk')
  await expect(
    page.getByText(
      '適用されるエントリはpartnersですが、次の権限が含まれていません: 読み込み を リリース に適用',
    ),
  ).toBeVisible()
})

/** A believable pipeline of a million characters: every job installs, calls, uploads and publishes. */
function densePipeline(): string {
  const jobs = [
    'include: [{ project: acme/ci, file: /jobs.yml }]\n.setup: &setup\n  - npm ci\n.base:\n  before_script: *setup\n',
  ]
  for (let n = 0, size = 0; size < 1_000_000; n++) {
    const job = `
build-${n}:
  extends: .base
  variables: { TARGET: "${n}", REGISTRY: "$CI_API_V4_URL/projects/${n}/packages/npm/" }
  rules:
    - if: $CI_COMMIT_TAG
  script:
    - npm config set @acme:registry "$REGISTRY"
    - docker login -u gitlab-ci-token -p $CI_JOB_TOKEN $CI_REGISTRY
    - '${curl('GET', `/projects/${n}/jobs`)}'
    - |
      if [ -n "$CI_COMMIT_TAG" ]; then
        ${curl('PUT', '/projects/$TARGET/packages/generic/app/1/app.zip')}
      fi
    - !reference [.base, before_script]
    - npm publish
`
    jobs.push(job)
    size += job.length
  }
  return jobs.join('').slice(0, 1_000_000)
}

test('a megabyte is read by a worker, and answered by as much as fits a page', {
  tag: '@wire',
}, async ({ page, panel, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await panel.open()
  await page.getByRole('link', { name: m.check_open() }).click()
  // Typed into the field instead, it would take the browser minutes.
  const text = `variables: { DEPLOY_TOKEN: hunter2hunter2 }\n${densePipeline()}`
  await page.evaluate((text) => navigator.clipboard.writeText(text), text)
  await field(page).press('ControlOrMeta+v')
  await expect(summary(page)).toContainText(m.check_kind_ci())
  const shown = await field(page).evaluate((area: HTMLTextAreaElement) => area.value)
  expect(shown.slice(0, 50)).toContain('DEPLOY_TOKEN: •••••••••••••• }')
  expect(shown).toHaveLength(text.length)
  await expect(page.getByText(m.check_not_kept({ limit: '200,000' }))).toBeVisible()
  expect(page.workers().map((worker) => worker.url())).toEqual([
    expect.stringMatching(/\/assets\/reading-worker-[\w-]+\.js$/),
  ])
  const results = page.getByRole('region', { name: m.check_results() })
  await expect(results.getByRole('article')).toHaveCount(50)
  await results.getByRole('button', { name: m.check_more() }).click()
  await expect(results.getByRole('article')).toHaveCount(100)
})

test('the page goes on while a text is read, and a newer text supersedes it', async ({
  page,
  panel,
}) => {
  const older = curl('GET', '/projects/1/releases')
  const newer = `echo newer
${curl('GET', '/projects/1/jobs')}`
  // Holds what the page sends to its worker.
  await page.addInitScript(() => {
    const held: (() => void)[] = []
    window.Worker = class extends Worker {
      override postMessage(message: unknown) {
        held.push(() => super.postMessage(message))
      }
    }
    Object.assign(window, { sendHeld: () => held.splice(0).map((send) => send()).length })
  })
  // The next is sent only once the last is answered.
  const send = () =>
    expect
      .poll(() => page.evaluate(() => (window as never as { sendHeld(): number }).sendHeld()))
      .toBe(1)
  await panel.open({ address })
  await send()

  await field(page).fill(older)
  await expect(summary(page)).toHaveText(m.check_reading())
  await origin(page).fill('partners/sd')
  await page.getByRole('option', { name: 'partners/sdk' }).click()
  await expect(origin(page)).toHaveValue('partners/sdk')
  await expect(summary(page)).toHaveText(m.check_reading())

  await field(page).fill(newer)
  await send()
  await send()
  await expect(line(page, 2)).toContainText('/projects/:id/jobs')
  await expect(line(page, 1)).toHaveCount(0)

  // An answer that is there already goes as well.
  await field(page).fill(older)
  await expect(summary(page)).toHaveText(m.check_reading())
  await expect(line(page, 2)).toHaveCount(0)
  await send()
  await expect(line(page, 1)).toContainText('/projects/:id/releases')
})

test('where no worker can be made, the page reads by itself', async ({ page, panel }) => {
  await page.addInitScript(() => {
    let made = 0
    window.Worker = class extends Worker {
      constructor(...address: ConstructorParameters<typeof Worker>) {
        if (++made > 1) throw new Error('no worker')
        super(...address)
      }
      override postMessage() {
        this.dispatchEvent(new Event('error'))
      }
    }
  })
  await panel.open({ address })
  await field(page).fill(curl('GET', '/projects/1/releases'))
  await expect(line(page, 1)).toContainText('/projects/:id/releases')
  await field(page).fill(`echo; echo; ${curl('GET', '/projects/1/jobs')}; echo a longer line`)
  await expect(line(page, 1)).toContainText('/projects/:id/jobs')
})

test('a text that is not read in time is given up, and the page goes on', async ({
  page,
  panel,
}) => {
  // Keeps texts with this word from the worker: nothing ever answers them.
  await page.addInitScript(() => {
    window.Worker = class extends Worker {
      override postMessage(message: unknown) {
        if (!JSON.stringify(message).includes('endless')) super.postMessage(message)
        else
          document.documentElement.dataset.kept = String(
            Number(document.documentElement.dataset.kept ?? 0) + 1,
          )
      }
    }
  })
  // Only then does its time begin: what was asked before is answered first.
  const isAsked = (times: number) =>
    expect(page.locator('html')).toHaveAttribute('data-kept', String(times))
  await page.clock.install()
  await panel.open({ address })
  await field(page).fill(`${curl('GET', '/projects/1/releases')} -o endless`)
  await expect(summary(page)).toHaveText(m.check_reading())
  await isAsked(1)
  await page.clock.fastForward(31_000)
  const said = page.getByRole('alert').filter({ hasText: m.check_unfinished_body() })
  await expect(said).toBeVisible()
  await expect(line(page, 1)).toHaveCount(0)
  await expect(page.getByText(m.check_nothing())).toBeHidden()

  // Again, and a text that can be read: a new worker has taken the place of the one that was stopped.
  await said.getByRole('button', { name: m.try_again() }).click()
  await expect(summary(page)).toHaveText(m.check_reading())
  await isAsked(2)
  await page.clock.fastForward(31_000)
  await expect(said).toBeVisible()
  await field(page).fill(`echo; echo; echo; ${curl('GET', '/projects/1/jobs')}`)
  await page.clock.fastForward(1_000)
  await expect(line(page, 1)).toContainText('/projects/:id/jobs')
  await expect(said).toHaveCount(0)
})

test('where the code that reads cannot be fetched, that is said, and tried again', async ({
  page,
  panel,
  context,
}) => {
  await page.addInitScript(() => {
    const Original = Worker
    window.Worker = class extends Original {
      constructor(...address: ConstructorParameters<typeof Worker>) {
        if (!navigator.onLine) throw new Error('no worker')
        super(...address)
      }
      override postMessage(message: unknown) {
        if (navigator.onLine) super.postMessage(message)
        else this.dispatchEvent(new Event('error'))
      }
    }
  })
  const said = page.getByRole('alert').filter({ hasText: m.check_unread() })
  await panel.open({ address })
  await expect(field(page)).toBeVisible()
  await context.setOffline(true)
  await field(page).fill(curl('GET', '/projects/1/releases'))
  await expect(said).toBeVisible()
  await expect(page.getByText(m.check_nothing())).toBeHidden()
  await said.getByRole('button', { name: m.try_again() }).click()
  await expect(said).toBeVisible()
  await context.setOffline(false)
  await said.getByRole('button', { name: m.try_again() }).click()
  await expect(line(page, 1)).toContainText('/projects/:id/releases')
  await expect(said).toHaveCount(0)
})
