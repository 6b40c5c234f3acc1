/** The number of frames during which rows above the element may still change their height. */
const patience = 10

/**
 * Scrolls an element, or the table row around it, to the middle of the window. Does nothing if all
 * of it is visible below its scroll margin, or a part of one that is higher than the window. A list estimates the height of
 * rows that it has not rendered yet; the position is therefore checked again in the following
 * frames, unless the user has scrolled in the meantime.
 */
export function bringIntoSight(element: HTMLElement): void {
  const place = element.closest('[role=row]') ?? element
  const { scrollMarginTop, scrollMarginBottom } = getComputedStyle(place)
  const covered = Number.parseFloat(scrollMarginTop)
  const end = window.innerHeight - Number.parseFloat(scrollMarginBottom)
  let looks = 0
  let left: { readonly top: number; readonly scroll: number } | undefined
  function look() {
    if (!place.isConnected || looks > patience) return
    looks += 1
    const { top, bottom, height } = place.getBoundingClientRect()
    // If the page scrolled as far as the element moved, the user scrolled. Otherwise rows were
    // rendered.
    const moved = left && top - left.top
    if (left && moved && Math.abs(moved + window.scrollY - left.scroll) < 1) return
    const fits = height <= window.innerHeight
    const inSight = fits ? top >= covered && bottom <= end : top < window.innerHeight && bottom > 0
    if (!inSight) place.scrollIntoView({ block: 'center' })
    left = { top: place.getBoundingClientRect().top, scroll: window.scrollY }
    requestAnimationFrame(look)
  }
  look()
}
