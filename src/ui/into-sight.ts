/** How many frames the page may take until what is above has found its height. */
const patience = 10

/**
 * Scrolls to an element, or to the table row around it, so that it stands in the middle of the window.
 * Where all of it is in sight, or a part of what is higher than the window, nothing moves. A list leaves
 * rows that were never in sight undrawn and guesses their height, so the place is looked at again once
 * they have been drawn; not if somebody scrolls meanwhile, who wants to be elsewhere.
 */
export function bringIntoSight(element: HTMLElement): void {
  const place = element.closest('[role=row]') ?? element
  let looks = 0
  let left: { readonly top: number; readonly scroll: number } | undefined
  function look() {
    if (!place.isConnected || looks > patience) return
    looks += 1
    const { top, bottom, height } = place.getBoundingClientRect()
    // What moved with the page alone was scrolled: rows that are drawn move the place on the page.
    const moved = left && top - left.top
    if (left && moved && Math.abs(moved + window.scrollY - left.scroll) < 1) return
    const fits = height <= window.innerHeight
    const inSight = fits
      ? top >= 0 && bottom <= window.innerHeight
      : top < window.innerHeight && bottom > 0
    if (!inSight) place.scrollIntoView({ block: 'center' })
    left = { top: place.getBoundingClientRect().top, scroll: window.scrollY }
    requestAnimationFrame(look)
  }
  look()
}
