import { m } from '../src/i18n/paraglide/messages.js'
import { expectInSight } from './support/in-sight.ts'
import { expect, test } from './support/test.ts'

/** So many keys take an owner from the list to the least privilege of eleven entries, and back. */
const mostKeys = 55

test('eleven entries are found, changed, retried, undone and exported by the keyboard alone', async ({
  page,
  panel,
}) => {
  await panel.open({ scenario: 'mixed', fault: 'PUT allowlist 403 4..4' })
  await panel.search().waitFor()
  let keys = 0
  const start = Date.now()
  const press = async (...pressed: string[]) => {
    for (const key of pressed) await page.keyboard.press(key)
    keys += pressed.length
  }
  const type = async (text: string) => {
    await page.keyboard.type(text)
    keys += text.length
  }
  const dialog = panel.dialog()
  const button = (name: string) => dialog.getByRole('button', { name, exact: true })

  // Find them.
  const all = page.getByRole('checkbox', { name: m.select_all_matching({ count: '11' }) })
  await press('/')
  await expect(panel.search()).toBeFocused()
  await type('partners/')
  await press('Tab', 'Tab')
  await expect(page.getByRole('button', { name: m.list_filter(), exact: true })).toBeFocused()
  await press('Enter')
  await expect(page.getByLabel(m.filter_kind(), { exact: true })).toBeVisible()
  await press('Tab', 'Tab')
  await expect(
    page.getByRole('combobox', { name: m.column_permissions(), exact: true }),
  ).toBeFocused()
  await type('d')
  await expect(all).toBeVisible()
  await press('Escape', '/', 'Shift+Tab')
  await expect(all).toBeFocused()

  // Select all of them, and give them Read to Packages only.
  await press('Space', 'Enter')
  const change = panel.selection().getByRole('button', { name: m.selection_change() })
  await expect(change).toBeFocused()
  await press('Enter')
  await expect(dialog.getByRole('radio', { name: m.bulk_scope() })).toBeVisible()
  await press('Tab', 'Tab', 'Space', 'Tab')
  await expect(dialog.getByLabel(m.bulk_resource(), { exact: true })).toBeFocused()
  await type('pac')
  await press('Tab')
  await type('s')
  await expect(button(m.bulk_review({ count: 11 }))).toBeVisible()
  await press('Control+Enter')

  // Review, save, and see one fail.
  await expect(button(m.set_save({ count: 11 }))).toBeVisible()
  await press('Control+Enter')
  const [saved, failed] = [m.set_count_saved({ count: '10' }), m.set_count_failed({ count: '1' })]
  await expectInSight(page, dialog.getByText(`${saved} · ${failed}`))
  await expect(button(m.set_retry({ count: 1 }))).toBeFocused()
  await press('Enter')
  await expectInSight(page, dialog.getByText(m.set_count_saved({ count: '11' })))
  await expect(button(m.close()).last()).toBeFocused()

  // Undo all.
  await press('Shift+Tab')
  await expect(button(m.set_undo({ count: 11 }))).toBeFocused()
  await press('Enter')
  await expect(dialog).toHaveAccessibleName(m.set_title_undo())
  await expect(dialog.getByRole('heading', { name: m.set_title_undo() })).toBeFocused()
  await press('Control+Enter')
  await expectInSight(page, dialog.getByText(m.set_count_saved({ count: '11' })))
  await press('Escape')
  await expect(dialog).toBeHidden()

  // Export what is selected: the focus is where it was before the dialogs.
  await expect(change).toBeFocused()
  await press('Tab', 'Tab', 'Enter')
  await expect(dialog.getByRole('textbox', { name: m.code_preview() })).toHaveValue(/partners\//)
  const download = page.waitForEvent('download')
  await press('Control+Enter')
  await download

  expect(keys).toBeLessThanOrEqual(mostKeys)
  test.info().annotations.push({
    type: 'keys',
    description: `${keys} keys in ${((Date.now() - start) / 1000).toFixed(1)} s`,
  })
})
