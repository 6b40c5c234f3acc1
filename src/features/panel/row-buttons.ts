/** The buttons of the allowlist's rows, for whatever gives them the focus. */
import { entryKey, type Target } from '../../domain/allowlist.ts'
import type { Done } from '../entry-dialog/entry-form.ts'

/** @param rowKey the entry's key; of further rows for the same target another one */
export const editButtonId = (rowKey: string): string => `edit-${rowKey}`
export const removeButtonId = (rowKey: string): string => `remove-${rowKey}`

const buttonOf = (id: (rowKey: string) => string, target: Target): HTMLElement | null =>
  document.getElementById(id(entryKey(target)))

/**
 * Where somebody goes on who has saved or removed an entry: at its Edit button, and where it is gone at the
 * Remove button of the row that took its place, or of the row before if it was the last. A row without
 * such a button is entered by its Edit button.
 * @returns null where none of these rows is left, or none has been rendered
 */
export function buttonAfter({ target, among }: Done): HTMLElement | null {
  if (!among) return buttonOf(editButtonId, target)
  const at = among.findIndex((row) => entryKey(row.target) === entryKey(target))
  const nearest = [...among.slice(Math.max(at, 0)), ...among.slice(0, Math.max(at, 0)).reverse()]
  for (const row of nearest) {
    const button = buttonOf(removeButtonId, row.target) ?? buttonOf(editButtonId, row.target)
    if (button) return button
  }
  return null
}

/** Lights the row of an entry that was added or edited, for a moment, unless motion is to be reduced. */
export function lightUp({ target, among }: Done): void {
  if (among || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  buttonOf(editButtonId, target)
    ?.closest('[role=row]')
    ?.animate(
      { backgroundColor: ['var(--info)', 'transparent'] },
      { duration: 2500, easing: 'ease-in' },
    )
}

/** The check box of a row. */
export const boxIn = (row: Element | null | undefined): HTMLInputElement | null =>
  row?.querySelector<HTMLInputElement>('[role=cell] > [type=checkbox]') ?? null
