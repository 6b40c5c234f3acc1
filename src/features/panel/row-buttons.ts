/** The buttons of the allowlist's rows, for whatever gives them the focus. */
import { type AllowlistEntry, entryKey, type Target } from '../../domain/allowlist.ts'

/** @param rowKey the entry's key; of further rows for the same target another one */
export const editButtonId = (rowKey: string): string => `edit-${rowKey}`
export const removeButtonId = (rowKey: string): string => `remove-${rowKey}`

/** Null where the target has no row, or none that has been drawn. */
export const editButtonOf = (target: Target): HTMLElement | null =>
  document.getElementById(editButtonId(entryKey(target)))

/**
 * Where somebody goes on who removes one entry after another: at the Remove button of the row that
 * took the place of the removed one, or of the row before if it was the last. A row without such a
 * button is entered by its Edit button. While the entry has a row, it is its own button.
 * @param rows the rows in their order when the removal was asked for
 * @returns null where none of these rows is left
 */
export function removeButtonNear(
  { target }: AllowlistEntry,
  rows: readonly AllowlistEntry[],
): HTMLElement | null {
  const at = rows.findIndex((row) => entryKey(row.target) === entryKey(target))
  const nearest = [...rows.slice(Math.max(at, 0)), ...rows.slice(0, Math.max(at, 0)).reverse()]
  for (const row of nearest) {
    const button =
      document.getElementById(removeButtonId(entryKey(row.target))) ?? editButtonOf(row.target)
    if (button) return button
  }
  return null
}
