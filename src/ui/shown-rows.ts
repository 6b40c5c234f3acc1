/**
 * Which rows of a table are shown is set on their elements, and not rendered: a letter in a search may
 * change hundreds of them, and is to be painted at once. Of 400 entries, with the CPU slowed down four
 * times, the result of a letter is painted after 35 ms instead of 108; the mark of a radio button, which
 * nothing has to be rendered for, after 34.
 */

/**
 * Shows the rows that a filter finds, and hides the others in their place. A slice without any is hidden
 * as a whole; the style sheet leaves it laid out, because to drop and to make hundreds of boxes again
 * took two fifths of the restyling.
 * @param table the element, in which each slice that is not empty is a `tbody`
 * @param slices the rows that are drawn
 * @param isShown undefined shows all
 */
export function showRows<Row>(
  table: HTMLTableElement,
  slices: readonly (readonly Row[])[],
  isShown: ((row: Row) => boolean) | undefined,
): void {
  let body: Element | null | undefined = table.tBodies[0]
  for (const rows of slices) {
    if (rows.length === 0) continue
    if (!(body instanceof HTMLElement)) return
    let count = 0
    let element = body.firstElementChild
    for (const row of rows) {
      const shown = isShown ? isShown(row) : true
      if (shown) count += 1
      element?.toggleAttribute('hidden', !shown)
      element = element?.nextElementSibling ?? null
    }
    body.toggleAttribute('hidden', count === 0)
    // Nobody needs the height of a slice that is hidden.
    if (count > 0 && body.style.getPropertyValue('--rows') !== `${count}`) {
      body.style.setProperty('--rows', `${count}`)
    }
    body = body.nextElementSibling
  }
}
