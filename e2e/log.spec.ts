import { readFile } from 'node:fs/promises'
import type { Download, Locator, Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

const header = (panel: Panel, name: string) =>
  panel.log().getByRole('columnheader', { name, exact: true })
const sorted = (panel: Panel, name: string) =>
  header(panel, name).getByRole('button', { name, exact: true })
const field = (panel: Panel) => panel.log().getByRole('searchbox', { name: m.log_search() })
const download = (panel: Panel) =>
  panel.log().getByRole('button', { name: m.log_download(), exact: true })
const tryAgain = (place: Locator) => place.getByRole('button', { name: m.try_again() })
/** Of the rows, without the head. */
const row = (panel: Panel, index: number) =>
  panel
    .log()
    .getByRole('row')
    .nth(index + 1)

async function saved(page: Page, panel: Panel): Promise<{ download: Download; text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), download(panel).click()])
  return { download: file, text: await readFile(await file.path(), 'utf8') }
}

test('the log names who used a token, the newest use first, and what lets each in now', {
  tag: '@wire',
}, async ({ panel, api }) => {
  await panel.open()
  await expect(row(panel, 0)).toContainText('acme/platform/deploy-tools')
  await expect(row(panel, 1)).toContainText('partners/tools/cli')
  await expect(row(panel, 2)).toContainText('partners/sdk')
  await expect(panel.log().getByText(m.log_count({ count: '3' }))).toBeVisible()
  await expect(panel.logRow('partners/sdk')).toContainText('Jan 3, 2026')
  await expect(
    panel.logRow('partners/sdk').getByTitle('January 3, 2026 at 9:20:00 PM UTC'),
  ).toBeVisible()
  // GraphQL does not tell the permissions.
  const told = api === 'rest' ? 1 : 0
  await expect(header(panel, m.log_column_policies())).toHaveCount(told)
  await expect(panel.log().getByText('Read and write to Environments')).toHaveCount(told)

  await expect(panel.letInBy('acme/platform/deploy-tools')).toContainText(
    'acme/platform/deploy-tools',
  )
  await expect(panel.letInBy('partners/tools/cli')).toContainText('partners')
  await panel.askToRemove('partners')
  await panel.confirm()
  await expect(panel.letInBy('partners/tools/cli')).toHaveText(m.log_not_listed())
  await expect(panel.letInBy('partners/sdk')).toHaveText(m.log_not_listed())
})

test('a thousand rows are read, searched, sorted and saved', async ({ page, panel }) => {
  await panel.open({ scenario: 'log-1000' })
  const { text } = await saved(page, panel)
  const lines = text.split('\n')
  expect(lines[0]).toBe('Origin Project Path,Last Authorized At (UTC)')
  expect(lines[1]).toBe('fleet/team-01/service-0001,2026-01-15T08:20:00Z')
  // And nothing behind the last line's end.
  expect(lines).toHaveLength(1002)
  expect(new Set(lines).size).toBe(1002)

  await field(panel).fill('service-0999')
  await expect(
    panel.log().getByText(m.log_found({ count: '1', total: '1,000' }), { exact: true }),
  ).toBeVisible()
  // By text: to look for a role among so many rows takes seconds.
  await expect(panel.log().getByText('vault/service-0999', { exact: true })).toBeVisible()
  await expect(panel.log().getByText('fleet/team-01/service-0001', { exact: true })).toBeHidden()
  await field(panel).fill('')
  await sorted(panel, m.kind_project()).click()
  await sorted(panel, m.kind_project()).click()
  await expect(row(panel, 0)).toContainText('vault/service-1000')
})

test('a refused log is said in its card, and all else works', { tag: '@wire' }, async ({
  panel,
}) => {
  await panel.open({ fault: 'GET /authorizations 403' })
  await expect(panel.log().getByRole('alert')).toContainText(m.error_forbidden())
  await expect(panel.log().getByText(m.log_none())).toHaveCount(0)
  await expect(panel.log().getByRole('link', { name: m.log_from_gitlab() })).toHaveAttribute(
    'href',
    /\/acme\/storefront\/-\/settings\/ci_cd\/export_job_token_authorizations$/,
  )
  await expect(panel.lastUsed('partners')).toHaveText(`?${m.used_unknown()}`)
  await panel.askToRemove('partners')
  await panel.confirm()
  await expect(panel.entry('partners')).toBeHidden()
  await panel.turn({ fault: '' })
  await tryAgain(panel.log()).click()
  await expect(panel.logRow('partners/sdk')).toBeVisible()
  await expect(panel.lastUsed('acme/platform/deploy-tools')).toHaveText('Jan 14, 2026')
})

test('while all groups and projects may come in, that lets everybody in', async ({ panel }) => {
  await panel.open({ scenario: 'open' })
  for (const path of ['acme/platform/deploy-tools', 'partners/sdk']) {
    await expect(panel.letInBy(path)).toHaveText(m.mode_all())
  }
})

test('the file is what GitLab’s own would be, whatever is shown, and runs in no spreadsheet', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'hostile' })
  await field(panel).fill('HYPERLINK("http')
  // By its path, and another one by a permission.
  await expect(panel.log().getByText(m.log_found({ count: '2', total: '5' }))).toBeVisible()
  await sorted(panel, m.kind_project()).click()
  const { download: file, text } = await saved(page, panel)
  expect(file.suggestedFilename()).toMatch(/^job-token-authorizations-1-\d{14}\.csv$/)
  expect(text).toBe(
    [
      'Origin Project Path,Last Authorized At (UTC)',
      'angle/script,2026-01-14T10:00:00Z',
      'angle/__proto__,2026-01-13T10:00:00Z',
      `"'=HYPERLINK(""http:/evil.example"",""x"")",2026-01-12T10:00:00Z`,
      `"'\t@sum/a\n'=1+1",2026-01-11T10:00:00Z`,
      'A project you cannot see,2026-01-10T10:00:00Z',
      '',
    ].join('\n'),
  )
})

test('a project without a name is a row, and nothing of it is guessed', async ({ panel }) => {
  await panel.open({ scenario: 'hostile' })
  const unnamed = panel.log().getByRole('row').filter({ hasText: m.log_hidden() })
  await expect(unnamed).toContainText('Jan 10, 2026')
  await expect(unnamed.getByRole('link')).toHaveCount(0)
  await expect(unnamed.getByRole('cell').last()).toHaveText(`?${m.log_entry_unknown()}`)
  // It may have been let in by any entry without a known use.
  await expect(panel.lastUsed('angle/script')).toHaveText('Jan 14, 2026')
  await expect(panel.lastUsed('angle/rtl')).toHaveText(`?${m.used_hidden()}`)
  await expect(panel.allowlist().getByText(m.used_never())).toHaveCount(0)
})

test('projects lead to GitLab; a hidden one is shown by its path, without a link', async ({
  panel,
}) => {
  await panel.open({ scenario: 'default' })
  await expect(panel.logRow('tidewater/data/events').getByRole('link')).toHaveAttribute(
    'href',
    `${panel.gitlab()}/tidewater/data/events`,
  )
  const hidden = panel.logRow('legal/contracts-vault')
  await expect(hidden).toContainText(m.badge_hidden())
  await expect(hidden.getByRole('link')).toHaveCount(0)
})

test('no events are said to be none, and there is nothing to save', async ({ panel }) => {
  await panel.open({ scenario: 'log-empty' })
  await expect(panel.log()).toContainText('No authentication events in the last 30 days.')
  await expect(download(panel)).toHaveCount(0)
  await expect(panel.log().getByRole('table')).toHaveCount(0)
  await expect(panel.lastUsed('partners')).toHaveText('Not in the last 30 days')
})

for (const api of ['rest', 'gitlab'] as const) {
  test(`a server without a log says so, with api=${api}`, async ({ page, panel }) => {
    await panel.open({ scenario: 'gitlab-17-5', api })
    await expect(panel.log()).toContainText(m.log_not_offered())
    await expect(panel.log().getByText(m.log_none())).toHaveCount(0)
    await expect(panel.lastUsed('partners')).toHaveText(`?${m.used_not_offered()}`)
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
}

test('the first rows are shown before the last have come, and nothing is concluded from them', async ({
  panel,
}) => {
  await panel.open({
    scenario: 'log-1000',
    fault: 'GET /authorizations?per_page=100&page=4 timeout',
  })
  await expect(panel.log().getByText(m.log_count({ count: '300' }))).toBeVisible()
  await expect(panel.log().getByText(/^300 of 1,000$/)).toBeVisible()
  await expect(panel.log().getByText('fleet/team-19/service-0724', { exact: true })).toBeVisible()
  await expect(download(panel)).toHaveCount(0)
  await expect(panel.lastUsed('fleet/team-01')).toHaveText('…')
  await expect(panel.lastUsed('fleet/hub')).toHaveText(`–${m.used_own()}`)
})

test('a log that was read in part keeps its rows, says so, and is mended by another try', async ({
  panel,
}) => {
  await panel.open({ scenario: 'log-1000', fault: 'GET /authorizations?per_page=100&page=3 500' })
  const notice = panel.log().getByRole('status').filter({ hasText: m.log_partly() })
  await expect(notice).toContainText(m.error_unavailable({ status: '500' }))
  await expect(notice.getByRole('link', { name: m.log_from_gitlab() })).toBeVisible()
  await expect(panel.log().getByText('fleet/team-19/service-0755', { exact: true })).toBeVisible()
  await expect(download(panel)).toHaveCount(0)
  await expect(panel.lastUsed('fleet/team-01')).toHaveText(`?${m.used_unknown()}`)

  await panel.turn({ fault: '' })
  await tryAgain(notice).click()
  await expect(panel.log().getByText(m.log_count({ count: '1,000' }))).toBeVisible()
  await expect(notice).toHaveCount(0)
  await expect(download(panel)).toBeVisible()
  await expect(panel.lastUsed('fleet/team-01')).toHaveText('Jan 15, 2026')
})

test('data with errors beside it is a part of the log, never no events', async ({ panel }) => {
  await panel.open({ scenario: 'hostile', api: 'gitlab' })
  const notice = panel.log().getByRole('status').filter({ hasText: m.log_partly() })
  await expect(notice).toContainText(m.log_partly_unanswered())
  await expect(notice).toContainText('Cannot return null for non-nullable field')
  await expect(notice).not.toContainText(m.error_invalid())
  await expect(panel.log().getByText(m.log_found({ count: '4', total: '5' }))).toBeVisible()
  await expect(panel.logRow('angle/script')).toBeVisible()
  await expect(download(panel)).toHaveCount(0)
  await expect(panel.lastUsed('angle/script')).toHaveText(`?${m.used_unknown()}`)
})

test('words and order stand in the address, and a reload keeps them', async ({ page, panel }) => {
  await panel.open()
  await sorted(panel, m.kind_project()).click()
  await field(panel).fill('partners read')
  await expect(page).toHaveURL(/log_q=partners\+read/)
  await expect(page).toHaveURL(/log_sort=project/)
  await page.reload()
  await expect(field(panel)).toHaveValue('partners read')
  await expect(header(panel, m.kind_project())).toHaveAttribute('aria-sort', 'ascending')
  await expect(panel.log().getByRole('row')).toHaveCount(3)
  await expect(row(panel, 0)).toContainText('partners/sdk')
  await expect(row(panel, 1)).toContainText('partners/tools/cli')

  await field(panel).fill('no such project')
  await expect(panel.log().getByText(m.log_none_found({ search: 'no such project' }))).toBeVisible()
  await panel.log().getByRole('button', { name: m.log_search_clear() }).click()
  await expect(panel.log().getByText(m.log_count({ count: '3' }))).toBeVisible()
  await expect(page).not.toHaveURL(/log_q/)
  // As the log is sorted unless told.
  await sorted(panel, m.log_column_used()).click()
  await expect(page).not.toHaveURL(/log_sort/)
})

test('what an address says wrong of the order is left out', async ({ panel }) => {
  await panel.open({ address: '/projects/1/settings/ci_cd?log_sort=nonsense&log_q=cli' })
  await expect(panel.log().getByRole('row')).toHaveCount(2)
  await expect(header(panel, m.log_column_used())).toHaveAttribute('aria-sort', 'descending')
})

test('the log is searched and sorted by the keyboard alone', async ({ page, panel }) => {
  await panel.open()
  await field(panel).focus()
  await page.keyboard.type('acme')
  await expect(panel.log().getByRole('row')).toHaveCount(2)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await expect(panel.log().getByRole('row')).toHaveCount(4)
  await page.keyboard.press('Tab')
  await expect(download(panel)).toBeFocused()

  await page.keyboard.press('Tab')
  await expect(sorted(panel, m.kind_project())).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(header(panel, m.kind_project())).toHaveAttribute('aria-sort', 'ascending')
  await expect(row(panel, 0)).toContainText('acme/platform/deploy-tools')
  await expect(row(panel, 2)).toContainText('partners/tools/cli')
  await expect(sorted(panel, m.kind_project())).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(header(panel, m.kind_project())).toHaveAttribute('aria-sort', 'descending')
  await expect(row(panel, 0)).toContainText('partners/tools/cli')

  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(header(panel, m.log_column_used())).toHaveAttribute('aria-sort', 'descending')
  await expect(
    panel.log().getByRole('columnheader', { name: m.kind_project() }),
  ).not.toHaveAttribute('aria-sort')
  await page.keyboard.press('Space')
  await expect(row(panel, 0)).toContainText('partners/sdk')
})

test('rows that a search leaves stay the same elements, and the head stays in sight', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'log-1000' })
  const last = panel.logRow('fleet/team-15/service-0593')
  await last.evaluate((element) => {
    element.ariaDescription = 'the same'
  })
  await field(panel).fill('service-05')
  await expect(panel.log().getByText(m.log_found({ count: '100', total: '1,000' }))).toBeVisible()
  await expect(last).toHaveAccessibleDescription('the same')
  await field(panel).fill('')
  await expect(panel.log().getByText(m.log_count({ count: '1,000' }))).toBeVisible()
  await expect(last).toHaveAccessibleDescription('the same')
  await last.scrollIntoViewIfNeeded()
  await expect(header(panel, m.kind_project())).toBeInViewport()

  // Up the rows by the keyboard: the head never covers what has the focus.
  await last.getByRole('link').focus()
  const bottom = await header(panel, m.kind_project()).evaluate(
    (element) => element.getBoundingClientRect().bottom,
  )
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Shift+Tab')
    const top = await page.evaluate(() => document.activeElement?.getBoundingClientRect().top)
    expect(top).toBeGreaterThanOrEqual(bottom)
  }
})

test('a group was last of use when the newest project was for which it is the nearest entry', async ({
  panel,
}) => {
  await panel.open()
  await expect(panel.lastUsed('acme/storefront')).toHaveText(`–${m.used_own()}`)
  await expect(panel.lastUsed('acme/platform/deploy-tools')).toHaveText('Jan 14, 2026')
  await expect(panel.lastUsed('partners')).toHaveText('Jan 12, 2026')
  await expect(
    panel.lastUsed('partners').getByTitle('January 12, 2026 at 6:15:00 AM UTC'),
  ).toBeVisible()
  await panel.askToAdd()
  await panel.nameTarget('partners/tools')
  await panel.add()
  await expect(panel.lastUsed('partners/tools')).toHaveText('Jan 12, 2026')
  await expect(panel.lastUsed('partners')).toHaveText('Jan 3, 2026')
  await expect(panel.letInBy('partners/tools/cli')).toContainText('partners/tools')
})

test('the log is asked for once the allowlist is there', async ({ page, panel }) => {
  const happened: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/authorizations')) happened.push('the log was asked for')
  })
  page.on('response', (response) => {
    if (response.url().includes('/job_token_scope/allowlist')) happened.push('the list came')
  })
  await panel.open({ fault: 'GET /job_token_scope/allowlist delay:1500' })
  await expect(panel.logRow('partners/sdk')).toBeVisible()
  expect(happened).toEqual(['the list came', 'the log was asked for'])
})

test('where the allowlist could not be read the log is read all the same', async ({ panel }) => {
  await panel.open({ fault: 'GET /groups_allowlist 500' })
  await expect(panel.logRow('partners/sdk')).toBeVisible()
  await expect(panel.letInBy('partners/sdk')).toHaveText(`?${m.log_entry_unread()}`)
})

test.describe('before the allowlist is switched on', () => {
  const choose = (panel: Panel) => panel.chooseMode(m.mode_allowlist())
  const add = (panel: Panel, path: string) =>
    panel.mode().getByRole('link', { name: m.mode_unlisted_add({ path }), exact: true })

  test('those who used a token and are on no entry are named, each with a way to add it', async ({
    panel,
  }) => {
    await panel.open({ scenario: 'open' })
    await expect(panel.mode().getByText(m.mode_unlisted({ count: 2 }))).toHaveCount(0)
    await choose(panel)
    await expect(panel.mode().getByText(m.mode_unlisted({ count: 2 }))).toBeVisible()
    await expect(add(panel, 'partners/tools/cli')).toBeVisible()
    await add(panel, 'partners/sdk').click()
    await expect(panel.target()).toHaveValue('partners/sdk')
    await panel.add()
    await expect(panel.dialog()).toBeHidden()
    await expect(panel.mode().getByText(m.mode_unlisted({ count: 1 }))).toBeVisible()
    await expect(add(panel, 'partners/sdk')).toHaveCount(0)
    // What was chosen has not been lost over it.
    await expect(panel.mode().getByRole('radio', { name: m.mode_allowlist() })).toBeChecked()

    await panel.askToAdd()
    await panel.nameTarget('partners')
    await panel.add()
    await expect(panel.mode().getByText(m.mode_unlisted_none())).toBeVisible()
    await panel.mode().getByRole('button', { name: m.undo_changes() }).click()
    await expect(panel.mode().getByText(m.mode_unlisted_none())).toHaveCount(0)
  })

  test('it is said that a log which could not be read names nobody', async ({ panel }) => {
    await panel.open({ scenario: 'open', fault: 'GET /authorizations 500' })
    await choose(panel)
    await expect(panel.mode().getByText(m.mode_unlisted_failed())).toBeVisible()
    await expect(panel.mode()).toContainText(m.error_unavailable({ status: '500' }))
    await panel.turn({ fault: '' })
    await tryAgain(panel.mode()).click()
    await expect(add(panel, 'partners/sdk')).toBeVisible()
  })

  test('it is said that an allowlist which could not be read tells of nobody', async ({
    panel,
  }) => {
    await panel.open({ scenario: 'open', fault: 'GET /groups_allowlist 500' })
    await choose(panel)
    await expect(panel.mode().getByText(m.mode_unlisted_no_list())).toBeVisible()
    await panel.turn({ fault: '' })
    await tryAgain(panel.mode()).click()
    await expect(add(panel, 'partners/sdk')).toBeVisible()
  })
})

test('the log in Japanese', async ({ panel }) => {
  await panel.open({ lang: 'ja' })
  await expect(panel.log().getByRole('columnheader')).toHaveText([
    'プロジェクト',
    '最終使用日',
    '使用された権限',
    '許可しているエントリ',
  ])
  await expect(panel.logRow('partners/sdk')).toContainText('2026/01/03')
  await expect(panel.log().getByText(m.log_count({ count: '3' }))).toBeVisible()
  await expect(panel.lastUsed('partners')).toHaveText('2026/01/12')
  await panel.log().getByRole('searchbox').fill('読み込み')
  await expect(panel.log().getByText('3件中2件のプロジェクト')).toBeVisible()
})
