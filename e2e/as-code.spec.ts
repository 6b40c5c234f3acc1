import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import { expect, test } from './support/test.ts'

const scope = '/projects/1/job_token_scope'
const panelAt = (tool: string) => `/projects/1/settings/ci_cd?tool=${tool}`

/** The dialogs of the list as a file. */
function asCode(page: Page) {
  const dialog = page.getByRole('dialog')
  const button = (name: string) => dialog.getByRole('button', { name, exact: true })
  return {
    dialog,
    button,
    format: dialog.getByRole('combobox', { name: m.code_format() }),
    preview: dialog.getByRole('textbox', { name: m.code_preview() }),
    text: dialog.getByRole('textbox', { name: m.code_text() }),
    section: (name: string) => dialog.getByRole('region', { name }),
    box: (name: string) => dialog.getByRole('checkbox', { name }),
    compare: () => button(m.code_compare()).click(),
  }
}

const file = (entries: readonly object[], more: object = {}) =>
  JSON.stringify({ version: 1, extent: 'whole', entries, ...more }, null, 2)

const partners = {
  kind: 'group',
  id: 12,
  full_path: 'partners',
  default_permissions: false,
  job_token_policies: ['READ_JOBS'],
}

test('the list is exported in each format, to be copied or downloaded', async ({
  page,
  panel,
  context,
}) => {
  await panel.open({ scenario: 'hostile' })
  await panel.request('POST', `${scope}/allowlist`, { target_project_id: 34 })
  await page.reload()
  await page.getByRole('button', { name: m.code_more() }).click()
  await page.getByRole('menuitem', { name: m.code_menu_export() }).click()
  const { dialog, button, format, preview } = asCode(page)
  await expectInSight(page, preview)

  const expected = {
    json: ['json', /^\{\n {2}"\$schema": "urn:job-token-console:allowlist:1"/],
    csv: ['csv', /^project,34,"'=HYPERLINK\(""http:/m],
    terraform: ['tf', /^resource "gitlab_project_job_token_scopes" "allowlist" \{$/m],
    glab: ['sh', /^#!\/usr\/bin\/env bash\n/],
    markdown: ['md', /^\| `angle\/script` \| Project \| Read to Jobs \|$/m],
  } as const
  for (const [name, [extension, text]] of Object.entries(expected)) {
    await format.selectOption(name)
    await expect(preview).toHaveValue(text)
    const download = page.waitForEvent('download')
    await button(m.code_download()).click()
    const saved = await download
    expect(saved.suggestedFilename()).toMatch(
      new RegExp(`^job-token-allowlist-1-\\d{4}-\\d\\d-\\d\\d\\.${extension}$`),
    )
    expect(await readFile(await saved.path(), 'utf8')).toBe(await preview.inputValue())
  }

  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await button(m.code_copy()).click()
  await expect(panel.toast()).toContainText(m.check_copied())
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await preview.inputValue())
  await expect(dialog).toBeVisible()
})

test('an imported file shows what is missing, different, added and unknown before anything is saved', async ({
  page,
  panel,
}) => {
  await panel.open({ address: panelAt('import') })
  const { dialog, text, section, box, button, compare } = asCode(page)
  const before = await panel.stored()
  const entry = { default_permissions: true, job_token_policies: [] }
  await text.fill(
    file(
      [
        partners,
        { ...entry, kind: 'project', id: 6, full_path: 'old/cli' },
        { ...entry, kind: 'project', full_path: 'acme/mobile/app' },
        { ...entry, kind: 'project', id: 4, full_path: 'secret-society/vault' },
        { ...entry, kind: 'project', id: 1, full_path: 'acme/storefront' },
      ],
      { settings: { inbound_enabled: false } },
    ),
  )
  await compare()

  const missing = section(m.code_missing({ count: 2 }))
  await expectInSight(page, missing.getByRole('heading'))
  // A group or project that has moved is found by its id.
  await expect(missing).toContainText(m.code_moved({ path: 'old/cli' }))
  for (const path of ['partners/tools/cli', 'acme/mobile/app'])
    await expect(box(m.code_add_entry({ path }))).toBeChecked()
  await expect(box(m.code_change_entry({ path: 'partners' }))).toBeChecked()
  await expect(section(m.code_different({ count: 1 }))).toContainText(
    m.code_in_file({ value: 'Read to Jobs' }),
  )
  await expect(section(m.code_unknown({ count: 1 }))).toContainText('secret-society/vault')
  await expect(section(m.code_unknown({ count: 1 })).getByRole('checkbox')).toHaveCount(0)
  await expect(box(m.mode_title())).not.toBeChecked()
  await expectInSight(
    page,
    dialog.getByText(m.code_summary({ add: 2, change: 1, remove: 0, settings: 0 })),
  )

  // A removal has to be chosen, and names its entry.
  const path = 'acme/platform/deploy-tools'
  await expect(box(m.remove_entry({ path }))).not.toBeChecked()
  await expect(dialog.getByText(m.code_removes({ paths: path }))).toBeHidden()
  await box(m.remove_entry({ path })).check()
  await expectInSight(page, dialog.getByText(m.code_removes({ paths: path })))
  await box(m.code_add_entry({ path: 'acme/mobile/app' })).uncheck()
  await box(m.mode_title()).check()
  await expectInSight(
    page,
    dialog.getByText(m.code_summary({ add: 1, change: 1, remove: 1, settings: 1 })),
  )
  await button(m.code_review()).click()
  await expect(page).toHaveURL(/tool=review/)
  expect(await panel.stored()).toEqual(before)
})

test('a bad file is refused as a whole, with line, field and reason', async ({ page, panel }) => {
  await panel.open({ address: panelAt('import') })
  const { dialog, text, section, compare } = asCode(page)
  const bad = file([partners, { ...partners, id: 15, full_path: 'partners/tools', kind: 'team' }])
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'list.json', mimeType: 'application/json', buffer: Buffer.from(bad) })
  await expect(text).toHaveValue(bad)
  await compare()
  const reason = m.code_reason_not_kind()
  const problem = m.code_problem_field({ line: 15, field: 'entries[1].kind', reason })
  await expectInSight(page, dialog.getByRole('alert').getByText(problem))
  await expect(section(m.code_different({ count: 1 }))).toBeHidden()

  await text.fill(bad.replace('team', 'group'))
  await compare()
  await expectInSight(page, section(m.code_different({ count: 1 })).getByRole('heading'))
  await expect(dialog.getByRole('alert')).toBeHidden()
})

test('a comparison with an export says what has changed since', async ({
  page,
  panel,
  context,
}) => {
  await panel.open({ address: panelAt('export') })
  const { dialog, text, preview, section, button, compare } = asCode(page)
  await expect(preview).toHaveValue(/partners/)
  const exported = await preview.inputValue()
  await panel.request('DELETE', `${scope}/allowlist/2`)
  await page.reload()
  await button(m.close()).last().click()
  await page.getByRole('button', { name: m.code_more() }).click()
  await page.getByRole('menuitem', { name: m.code_menu_import() }).click()
  await text.fill(exported)
  await compare()
  await expectInSight(page, section(m.code_missing({ count: 1 })))
  await expect(dialog).toContainText(m.code_same_rest({ count: 1 }))
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await button(m.code_copy_comparison()).click()
  await expect(panel.toast()).toContainText(m.check_copied())
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toContain('+ acme/platform/deploy-tools · Default permissions')
  expect(copied).toContain('@maya')

  // On paper stands the comparison, without the page and without controls.
  await page.emulateMedia({ media: 'print' })
  await expect(section(m.code_missing({ count: 1 }))).toBeVisible()
  await expect(panel.title()).toBeHidden()
  await expect(dialog.getByRole('checkbox')).toBeHidden()
  await page.emulateMedia({ media: 'screen' })

  await panel.request('POST', `${scope}/allowlist`, { target_project_id: 2 })
  await page.reload()
  await text.fill(exported)
  await compare()
  await expectInSight(page, dialog.getByText(m.code_same({ count: 2 })))
})

test('an export restores the list after all entries were removed', {
  tag: '@wire',
}, async ({ page, panel }) => {
  const stored = async () => {
    const { allowlist, groups_allowlist } = await panel.stored()
    return [...allowlist, ...groups_allowlist].map(
      ({ added_by: _by, added_at: _at, ...entry }) => entry,
    )
  }
  await panel.open({ address: panelAt('export') })
  const { dialog, text, preview, section, button, compare } = asCode(page)
  await expect(preview).toHaveValue(/partners/)
  const exported = await preview.inputValue()
  const before = await stored()
  expect(before).toHaveLength(2)
  await button(m.close()).last().click()

  await page.getByRole('checkbox', { name: m.select_all({ count: '2' }) }).check()
  await panel.selection().getByRole('button', { name: m.selection_remove() }).click()
  await button(m.bulk_review({ count: 2 })).click()
  await button(m.set_save({ count: 2 })).click()
  await expectInSight(page, dialog.getByText(m.set_count_saved({ count: '2' })))
  expect(await stored()).toEqual([])
  await button(m.close()).last().click()

  await page.getByRole('button', { name: m.code_more() }).click()
  await page.getByRole('menuitem', { name: m.code_menu_import() }).click()
  await text.fill(exported)
  await compare()
  await expectInSight(page, section(m.code_missing({ count: 2 })).getByRole('heading'))
  await button(m.code_review()).click()
  await button(m.set_save({ count: 2 })).click()
  await expectInSight(page, dialog.getByText(m.set_count_saved({ count: '2' })))
  expect(await stored()).toEqual(before)
})

test('entries that have gone since the last visit are named, to be added again', async ({
  page,
  panel,
}) => {
  await panel.open()
  const kept = () => Object.keys(localStorage).some((key) => key.startsWith('kept-lists '))
  await page.waitForFunction(kept)
  // What the user removes is not missed.
  await panel.askToRemove('acme/platform/deploy-tools')
  await panel.confirm()
  await expect(panel.entry('acme/platform/deploy-tools')).toBeHidden()
  await panel.request('DELETE', `${scope}/groups_allowlist/12`)
  await page.reload()

  const gone = panel.allowlist().getByText(m.code_gone({ paths: 'partners' }))
  await expectInSight(page, gone)
  await page.reload()
  await expectInSight(page, gone)
  await page.getByRole('button', { name: m.code_gone_add() }).click()
  await expect(page).toHaveURL(/tool=review/)
  await page.goBack()
  await page.getByRole('button', { name: m.news_dismiss() }).click()
  await expect(gone).toBeHidden()
  await page.reload()
  await page.getByRole('button', { name: m.code_more() }).waitFor()
  await expect(gone).toBeHidden()
})
