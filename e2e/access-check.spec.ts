import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expect, test } from './support/test.ts'

const address = '/projects/1/access'

const field = (page: Page) => page.getByRole('textbox', { name: m.check_text() })
const origin = (page: Page) => page.getByRole('combobox', { name: m.check_origin() })
const line = (page: Page, number: number) =>
  page.getByRole('article', { name: m.check_line({ line: number }), exact: true })
const summary = (page: Page) =>
  page.getByRole('region', { name: m.check_results() }).getByRole('status')

/** Names the project whose job makes the calls. */
async function by(page: Page, path: string): Promise<void> {
  await origin(page).fill(path)
  await page.keyboard.press('Tab')
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
  await expect(line(page, 1)).toContainText(
    m.check_rule_missing({ entry: 'partners', policies: 'Packages: Read and write' }),
  )
  // The entry of its group decides; an entry of its own keeps what that one grants.
  await line(page, 1).getByRole('link', { name: m.check_add() }).click()
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
  await line(page, 1).getByRole('link', { name: m.check_edit() }).click()
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
  await expect(line(page, 1)).toContainText('Needs Releases: Read')
  await expect(line(page, 1)).toContainText(m.check_rule_unreadable({ project: 'acme/storefront' }))
  await line(page, 1).getByRole('button', { name: m.check_request() }).click()
  await expect(panel.toast()).toContainText(m.check_copied())
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toContain('acme/mobile/app')
  expect(text).toContain('Releases: Read')
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

  await page.getByRole('button', { name: m.check_copy_link() }).click()
  await expect(panel.toast()).toContainText(m.check_copied())
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toContain('314159')
  for (const text of [link, page.url(), ...sent]) expect(text).not.toMatch(/abcdefghij|hunter22/)
  expect(sent.filter((text) => text.includes('314159'))).toEqual([])
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  )
  expect(stored).not.toMatch(/abcdefghij|hunter22|314159/)

  await page.goto('about:blank')
  await page.goto(link)
  await expect(field(page)).toHaveValue(/projects\/1\/jobs\/314159$/)
  await expect(line(page, 1)).toBeVisible()
  // Another question is not the one of the address any more.
  await field(page).fill('GET /projects/1/releases')
  await expect(page).not.toHaveURL(/314159/)
})

test('a secret in an address goes out of it', async ({ page, panel }) => {
  await panel.open({ address: `${address}?q=${encodeURIComponent('PRIVATE-TOKEN: s3cretvalue')}` })
  await expect(field(page)).toHaveValue(/PRIVATE-TOKEN: •+/)
  await expect(page).not.toHaveURL(/s3cretvalue/)
})

test('what is not recognised is said to be so', async ({ page, panel }) => {
  await panel.open({ address })
  await field(page).fill('lorem ipsum')
  await expect(page.getByRole('heading', { name: m.check_nothing() })).toBeVisible()
})

test('an outage is said beside what can be told without the allowlist', async ({ page, panel }) => {
  await panel.open({ address, fault: 'GET /job_token_scope 503' })
  await field(page).fill(curl('GET', '/projects/1/releases'))
  await expect(page.getByRole('alert')).toContainText(m.load_failed())
  await expect(line(page, 1)).toContainText('Needs Releases: Read')
  await panel.turn({ fault: '' })
  await page.getByRole('button', { name: m.try_again() }).click()
  await by(page, 'partners/sdk')
  await expect(line(page, 1)).toContainText(
    m.check_rule_missing({ entry: 'partners', policies: 'Releases: Read' }),
  )
})

test('the check speaks Japanese', async ({ page, panel }) => {
  await panel.open({ address, lang: 'ja' })
  await page
    .getByRole('textbox', { name: m.check_text({}, { locale: 'ja' }) })
    .fill(curl('GET', '/projects/1/releases'))
  await page
    .getByRole('combobox', { name: m.check_origin({}, { locale: 'ja' }) })
    .fill('partners/sdk')
  await expect(
    page.getByText('エントリpartnersが決めますが、リリースの読み込みを与えていません。'),
  ).toBeVisible()
})
