/** The distance in pixels between a floating element and the edge of the window. */
const edge = 8

/** Puts a fixed element above an anchor, or below it where there is no room. */
export function placeAbove(element: HTMLElement, anchor: HTMLElement): void {
  const gap = 6
  const target = anchor.getBoundingClientRect()
  const { width, height } = element.getBoundingClientRect()
  const middle = target.left + target.width / 2 - width / 2
  // The width without the scroll bar's gutter.
  const rightmost = document.documentElement.getBoundingClientRect().width - width - edge
  const above = target.top - height - gap
  element.style.left = `${Math.max(edge, Math.min(middle, rightmost))}px`
  element.style.top = `${above < edge ? target.bottom + gap : above}px`
}

/** Puts a fixed element below an anchor with its width, or above it where there is more room. */
export function placeBelow(element: HTMLElement, anchor: HTMLElement): void {
  const gap = 4
  const target = anchor.getBoundingClientRect()
  // The part of the window that a phone's on-screen keyboard leaves visible.
  const viewport = window.visualViewport
  const top = viewport?.offsetTop ?? 0
  const bottom = top + (viewport?.height ?? window.innerHeight)
  const roomBelow = bottom - target.bottom - gap - edge
  const roomAbove = target.top - top - gap - edge
  const up = roomBelow < Math.min(element.scrollHeight, 200) && roomAbove > roomBelow
  element.style.left = `${target.left}px`
  element.style.width = `${target.width}px`
  element.style.maxHeight = `${Math.max(96, Math.min(352, up ? roomAbove : roomBelow))}px`
  element.style.top = up ? 'auto' : `${target.bottom + gap}px`
  element.style.bottom = up ? `${window.innerHeight - target.top + gap}px` : 'auto'
}
