/** The check boxes of the rows: how pointer and keys select with them. */
import { m } from '../../i18n/paraglide/messages.js'
import { type KeyBinding, registerKeys } from './keys.ts'
import type { Selection } from './selection.ts'

type RowsContext = {
  selection: Selection
  /** Escape was pressed in a row. */
  onEscape: () => void
  /** Where the actions for the selection are. */
  toActions: () => void
}

/**
 * Keeps the boxes of a list and its selection in step, and hears the keys of a row.
 * @param list the element around the rows
 * @returns a function that ends it
 */
export function followRows(list: HTMLElement, context: RowsContext): () => void {
  const { selection } = context
  const isBox = (target: EventTarget | null): target is HTMLInputElement =>
    target instanceof HTMLInputElement && target.matches('[role=cell] > [type=checkbox]')
  const boxes = () => [...list.querySelectorAll<HTMLInputElement>('[role=cell] > [type=checkbox]')]
  const shown = () => boxes().filter((box) => !box.closest('[hidden]'))
  /** Where a range begins. */
  let anchor: HTMLInputElement | undefined
  /** Whether the next click was made by a key with Shift, of which not all browsers tell. */
  let isRange = false

  function onClick({ target, shiftKey }: MouseEvent) {
    if (!isBox(target)) return
    const range = anchor && (shiftKey || isRange) ? between(shown(), anchor, target) : [target]
    isRange = false
    anchor = target
    selection.set(
      range.map(({ value }) => value),
      target.checked,
    )
  }

  function onSelected() {
    const keys = selection.keys()
    for (const box of boxes()) box.checked = keys.has(box.value)
  }

  const toggle = (box: HTMLInputElement, event: KeyboardEvent) => {
    isRange = event.shiftKey
    box.click()
  }
  const go = (step: 1 | -1) => (box: HTMLInputElement) => {
    const all = shown()
    all[all.indexOf(box) + step]?.focus()
  }
  const keys: readonly KeyBinding<HTMLInputElement>[] = [
    { key: ' ', shift: false, words: m.key_select },
    { key: ' ', shift: true, words: m.key_select_range, run: toggle },
    { key: 'x', shift: false, words: m.key_select, run: toggle },
    { key: 'x', shift: true, words: m.key_select_range, run: toggle },
    { key: 'arrowdown', words: m.key_next_row, run: go(1) },
    { key: 'arrowup', words: m.key_previous_row, run: go(-1) },
    { key: 'e', shift: false, words: m.key_edit, run: edit },
    { key: 'enter', words: m.key_actions, run: context.toActions },
    { key: 'escape', words: m.key_deselect, run: context.onEscape },
  ]
  // From the box for all of them, the keys lead on to the first row and to the actions.
  const isBoxForAll = (target: EventTarget | null): target is HTMLInputElement =>
    target instanceof HTMLInputElement && target.matches('[data-for-all]')
  const hearNoMore = registerKeys('row', keys, ({ target }) =>
    isBox(target) || isBoxForAll(target) ? target : undefined,
  )
  const unsubscribe = selection.subscribe(onSelected)
  // What was ticked, or selected all at once, before this code was here.
  const ticked = boxes().filter(({ checked }) => checked)
  if (ticked.length > 0) {
    selection.set(
      ticked.map(({ value }) => value),
      true,
    )
  } else onSelected()
  list.addEventListener('click', onClick)
  return () => {
    list.removeEventListener('click', onClick)
    unsubscribe()
    hearNoMore()
  }
}

/** The boxes from one to another one, in whichever direction. */
function between(
  boxes: readonly HTMLInputElement[],
  from: HTMLInputElement,
  to: HTMLInputElement,
): readonly HTMLInputElement[] {
  const ends = [boxes.indexOf(from), boxes.indexOf(to)]
  const [first = 0, last = 0] = ends.toSorted((a, b) => a - b)
  return first < 0 ? [to] : boxes.slice(first, last + 1)
}

/** Presses the row's Edit button; one that is disabled gets the focus and so says why. */
function edit(box: HTMLInputElement) {
  const button = box.closest('[role=row]')?.querySelector<HTMLElement>('[id^="edit-"]')
  if (button?.ariaDisabled === 'true') button.focus()
  else button?.click()
}
