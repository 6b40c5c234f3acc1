import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import type { Panel } from './support/panel.ts'
import { expect, test } from './support/test.ts'

const tools = 'acme/platform/deploy-tools'
const scope = '/projects/1/job_token_scope'

const press = (panel: Panel, name: string) =>
  panel.dialog().getByRole('button', { name, exact: true }).click()
const line = (panel: Panel, path: string) =>
  panel.dialog().getByRole('listitem').filter({ hasText: path })

async function remove(panel: Panel, ...paths: string[]) {
  for (const path of paths) {
    await panel.askToRemove(path)
    await panel.confirm()
    await expect(panel.entry(path)).toBeHidden()
  }
}

/** Removes entries one by one, and puts the undo of all of them before the user. */
async function reviewUndo(page: Page, panel: Panel, ...paths: string[]) {
  await remove(panel, ...paths)
  const count = paths.length
  await page.getByRole('button', { name: m.changes_open({ count: String(count) }) }).click()
  await press(panel, m.changes_undo_all({ count }))
  await expect(panel.dialog()).toHaveAccessibleName(m.set_title_undo())
}

test('a change is undone and redone from its message, but not over a later one by somebody else', {
  tag: '@wire',
}, async ({ page, panel }) => {
  await panel.open()
  const toast = (text: string) => panel.toast().filter({ hasText: text })
  const path = 'partners'
  await remove(panel, path)
  const removed = toast(m.entry_removed({ path }))
  await expectInSight(page, removed)
  await removed.getByRole('button', { name: m.undo() }).click()
  await expect(toast(m.undo_done({ path }))).toBeVisible()
  await expect(panel.permissions(path)).toContainText('Packages')

  await toast(m.undo_done({ path })).getByRole('button', { name: m.redo() }).click()
  await expect(panel.entry(path)).toBeHidden()

  const body = { target_group_id: 12 }
  expect((await panel.request('POST', `${scope}/groups_allowlist`, body)).status).toBe(201)
  await toast(m.redo_done({ path })).getByRole('button', { name: m.undo() }).click()
  await expectInSight(page, toast(m.undo_changed({ path })))
  await expect(panel.permissions(path)).toContainText(m.permissions_default_words())

  // Said in the list of changes, too, instead of an undo that would be refused.
  await page.getByRole('button', { name: m.changes_open({ count: '1' }) }).click()
  await expect(line(panel, path)).toContainText(`${m.set_now()}: ${m.permissions_default()}`)
  await expect(line(panel, path).getByRole('button')).toHaveCount(0)
})

test('of a set that is undone together one is refused, and tried again alone', async ({
  page,
  panel,
}) => {
  await panel.open()
  await reviewUndo(page, panel, 'partners', tools)
  const group = line(panel, 'partners')
  await expect(group).toContainText(m.set_absent())
  await expect(group).toContainText('Jobs, Packages')
  await expectInSight(page, group.getByText(m.set_widens(), { exact: true }))
  await group.getByRole('button', { name: m.set_gains({ count: 66 }) }).click()
  await expectInSight(page, group.getByText('/projects/:id/jobs', { exact: true }))

  await panel.turn({ fault: 'POST groups_allowlist 403 1' })
  await press(panel, m.set_save({ count: 2 }))
  const [saved, failed] = [m.set_count_saved({ count: '1' }), m.set_count_failed({ count: '1' })]
  await expectInSight(page, panel.dialog().getByText(`${saved} · ${failed}`))
  await expect(group).toContainText(m.error_forbidden())
  await expect(panel.entry(tools)).toBeAttached()
  await press(panel, m.set_retry({ count: 1 }))
  await expectInSight(page, panel.dialog().getByText(m.set_done()))
  await expectInSight(page, panel.dialog().getByText(m.set_count_saved({ count: '2' })))
  await page.keyboard.press('Escape')
  await expect(panel.permissions('partners')).toContainText('Packages')

  await page.reload()
  await page.getByRole('button', { name: m.changes_open({ count: '2' }) }).click()
  await expect(line(panel, tools)).toContainText(m.changes_undone())
  await line(panel, tools).getByRole('button', { name: m.redo() }).click()
  await expect(panel.entry(tools)).not.toBeAttached()
})

test('whichever write of a set fails, the screen, the outcomes and the server agree; paper shows the review', {
  tag: '@wire',
}, async ({ page, panel }) => {
  const address = '/projects/1/settings/ci_cd?list_q=partners/&list_permissions=default'
  await panel.open({ scenario: 'mixed', address })
  const storedPaths = async (isChanged: boolean) => {
    const { allowlist, groups_allowlist } = await panel.stored()
    return [...allowlist, ...groups_allowlist]
      .filter(({ full_path }) => full_path && paths.includes(full_path))
      .filter(({ default_permissions }) => default_permissions !== isChanged)
      .map(({ full_path }) => full_path)
      .sort()
  }
  await page.getByRole('checkbox', { name: m.select_all_matching({ count: '11' }) }).check()
  await panel.selection().getByRole('button', { name: m.selection_change() }).click()
  await panel.dialog().getByRole('radio', { name: m.bulk_scope() }).check()
  await panel.dialog().getByLabel(m.bulk_resource(), { exact: true }).selectOption('PACKAGES')
  await panel.dialog().getByLabel(m.bulk_how(), { exact: true }).selectOption('exactly')
  await press(panel, m.bulk_review({ count: 11 }))

  const lines = panel.dialog().getByRole('list', { name: m.set_lines() }).getByRole('listitem')
  await expect(lines).toHaveCount(11)
  await expect(panel.dialog().getByRole('checkbox').first()).toBeVisible()
  const endpoints = lines.first().getByRole('button', { name: m.set_loses({ count: 98 }) })
  await endpoints.click()
  await page.emulateMedia({ media: 'print' })
  const hidden = lines
    .first()
    .getByRole('region')
    .evaluate(({ clientHeight, scrollHeight }) => scrollHeight - clientHeight)
  expect(await hidden, 'pixels of the endpoints that paper does not show').toBe(0)
  await expect(panel.title()).toBeHidden()
  for (const role of ['checkbox', 'searchbox', 'combobox'] as const) {
    await expect(panel.dialog().getByRole(role)).toHaveCount(0)
  }
  await expect(panel.dialog().getByRole('button', { name: m.set_save({ count: 11 }) })).toBeHidden()
  await expect(panel.dialog().getByText(/^fleet\/hub at http.* as @maya, /)).toBeVisible()
  await expect(lines.last()).toBeVisible()
  await page.emulateMedia({ media: 'screen' })
  await endpoints.click()
  const paths = await lines.locator('bdi').allInnerTexts()
  expect(await storedPaths(false)).toEqual(paths.toSorted())

  const badge = (words: string) => panel.dialog().getByText(words, { exact: true })
  async function saveWithFault(name: string, k: number) {
    await panel.turn({ fault: `PUT allowlist 403 ${k}..${k}` })
    await press(panel, name)
    const [saved, failed] = [m.set_count_saved({ count: '10' }), m.set_count_failed({ count: '1' })]
    await expectInSight(page, panel.dialog().getByText(`${saved} · ${failed}`))
    await expect(badge(m.set_out_saved())).toHaveCount(10)
    await expectInSight(page, badge(m.set_out_failed()))
    await expectInSight(page, lines.first().getByText(m.error_forbidden()))
    return lines.first().locator('bdi').innerText()
  }
  async function retry() {
    await press(panel, m.set_retry({ count: 1 }))
    await expectInSight(page, panel.dialog().getByText(m.set_count_saved({ count: '11' })))
  }

  const first = await saveWithFault(m.set_save({ count: 11 }), 1)
  expect(await storedPaths(false)).toEqual([first])
  await retry()
  expect(await storedPaths(true)).toEqual(paths.toSorted())

  await press(panel, m.set_undo({ count: 11 }))
  const middle = await saveWithFault(m.set_save({ count: 11 }), 6)
  expect(await storedPaths(true)).toEqual([middle])
  // What was refused is so after a reload, too, with the reason.
  await panel.turn({ fault: '' })
  await page.reload()
  await expectInSight(page, lines.first().getByText(m.error_forbidden()))
  await expect(lines.first()).toContainText(middle)
  await retry()
  expect(await storedPaths(false)).toEqual(paths.toSorted())

  await press(panel, m.set_undo({ count: 11 }))
  const last = await saveWithFault(m.set_save({ count: 11 }), 11)
  expect(await storedPaths(false)).toEqual([last])
})

test('a conflict in a set shows both versions, and overwrites only what is asked for', async ({
  page,
  panel,
}) => {
  await panel.open()
  await reviewUndo(page, panel, 'partners', tools)
  const body = { default_permissions: false, job_token_policies: ['READ_JOBS'] }
  await panel.request('POST', `${scope}/allowlist`, { ...body, target_project_id: 2 })
  await panel.request('POST', `${scope}/groups_allowlist`, { ...body, target_group_id: 12 })
  await press(panel, m.set_save({ count: 2 }))

  const conflicts = m.set_count_conflict({ count: '2' })
  await expectInSight(page, panel.dialog().getByText(conflicts))
  await expect(line(panel, tools)).toContainText(m.permissions_default())
  await expectInSight(page, line(panel, tools).getByText(/Jobs/))
  await press(panel, m.set_keep_theirs_of({ path: 'partners' }))
  await press(panel, m.set_use_mine_of({ path: tools }))
  await press(panel, m.set_save_rest({ count: 1 }))
  await expectInSight(page, panel.dialog().getByText(m.set_count_saved({ count: '1' })))
  await page.keyboard.press('Escape')
  await expect(panel.permissions(tools)).toContainText(m.permissions_default_words())
  await expect(panel.permissions('partners')).not.toContainText('Packages')
})

test('a 429 pauses a set, and what was not sent is to do, not failed', async ({ page, panel }) => {
  await panel.open()
  await reviewUndo(page, panel, 'partners', tools)
  await panel.turn({ fault: 'POST allowlist 429:90 2' })
  await press(panel, m.set_save({ count: 2 }))
  await expectInSight(page, panel.dialog().getByText(m.set_paused()))
  await expectInSight(page, panel.dialog().getByText(m.set_count_to_do({ count: '2' })))
  await expectInSight(page, panel.dialog().getByText(/^Continues in (8|90)\d? s\.$/))
  // Leaving asks first.
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: m.set_leave_title() })
  await expectInSight(page, question)
  await question.getByRole('button', { name: m.set_leave_cancel() }).click()
  await press(panel, m.set_continue_now())
  await expectInSight(page, panel.dialog().getByText(m.set_done()))
})

test('a set that is stopped and reloaded says what is done, and offers the rest', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'default' })
  // What cannot be seen cannot be added again.
  const hidden = 'legal/contracts-vault'
  const names = await panel
    .allowlist()
    .getByRole('button', { name: /^Remove / })
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')?.slice(7)))
  const paths = names.flatMap((path) => (path && path !== hidden ? path : [])).slice(0, 5)
  await remove(panel, hidden, ...paths)
  await expect(panel.toast().filter({ hasText: hidden }).getByText(m.undo())).toBeHidden()
  await page.getByRole('button', { name: m.changes_open({ count: '6' }) }).click()
  await expect(line(panel, hidden)).toContainText(m.set_loss_hidden())
  await press(panel, m.changes_undo_all({ count: 5 }))
  await panel.turn({ fault: 'POST allowlist delay:1500' })
  await press(panel, m.set_save({ count: 5 }))
  await press(panel, m.set_stop())
  await expectInSight(page, panel.dialog().getByText(m.set_stopped(), { exact: true }))
  const counts = [m.set_count_saved({ count: '4' }), m.set_count_to_do({ count: '1' })]
  await expectInSight(page, panel.dialog().getByText(counts.join(' · ')))

  // Interrupted while the last one is on its way.
  await panel.turn({ fault: 'POST allowlist delay:30000' })
  await press(panel, m.set_save_rest({ count: 1 }))
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: m.set_leave_title() })
  await question.getByRole('button', { name: m.set_leave_confirm() }).click()
  await panel.turn({ fault: '' })
  await page.reload()
  await expect(panel.allowlist()).toContainText(m.set_waits_partly({ count: '4', total: '5' }))
  await page.getByRole('button', { name: m.set_continue(), exact: true }).click()
  await press(panel, m.set_save_rest({ count: 1 }))
  await expectInSight(page, panel.dialog().getByText(m.set_done()))
  for (const path of paths) await expect(panel.entry(path)).toBeAttached()
})
