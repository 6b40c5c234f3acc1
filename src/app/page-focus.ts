import type { AnyRouter, ParsedLocation } from '@tanstack/react-router'

/** A link of a page, to find it again after the page has been drawn anew. */
type Mark = {
  readonly href: string
  /** Which one it is of those that lead to the same address. */
  readonly nth: number
}

/**
 * Gives the focus to the heading of each page that the router goes to, so that a screen reader says
 * where one is and the Tab key goes on from the top; after Back, to the link that had led away, so that
 * one goes on where one was. Not on the first page, where the browser does so by itself; nor where the new
 * page has given the focus to something else, such as a dialog.
 */
export function focusHeadings(router: AnyRouter): void {
  let before: Element | null = null
  /** By the entry of the browser's history: the link that had the focus when its page was left. */
  const marks = new Map<string, Mark>()
  router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
    before = document.activeElement
    const mark = markOf(before)
    const key = fromLocation && keyOf(fromLocation)
    if (key && mark && pathChanged) marks.set(key, mark)
  })
  router.subscribe('onRendered', ({ fromLocation, toLocation, pathChanged }) => {
    if (fromLocation && pathChanged) waitForPlace(before, marks.get(keyOf(toLocation) ?? ''))
  })
}

/** Identifies an entry of the browser's history: a page that is gone to anew has another one. */
const keyOf = ({ state }: ParsedLocation): string | undefined => state.__TSR_key

/** All links to an address, in the order of the page. */
const linksTo = (href: string): HTMLAnchorElement[] => [
  ...document.querySelectorAll<HTMLAnchorElement>(`a[href="${CSS.escape(href)}"]`),
]

function markOf(element: Element | null): Mark | undefined {
  if (!(element instanceof HTMLAnchorElement)) return undefined
  const href = element.getAttribute('href') ?? ''
  return { href, nth: linksTo(href).indexOf(element) }
}

/** Ends the wait for the place of the page before. */
let leave = () => {}

/**
 * @param before what had the focus when the page was left; it may still be there, as the header is
 * @param mark the link that has the focus once it is there, instead of the heading
 */
function waitForPlace(before: Element | null, mark: Mark | undefined): void {
  leave()
  const main = document.querySelector('main')
  if (!main) return
  const giveFocus = () => {
    const heading = main.querySelector('h1')
    const link = mark && linksTo(mark.href)[mark.nth]
    const now = document.activeElement
    // A field that is still there is being used: the demo's bar changes the page under it.
    const isLost =
      now === document.body || now === main || (now === before && !isField(now)) || now === heading
    const place = link ?? heading
    if (!place || place === now || !isLost) return
    if (place === heading) heading.tabIndex = -1
    // The router has scrolled already: up, or to where one was.
    place.focus({ preventScroll: true })
  }
  // The heading may come later, and give way to another one, until somebody goes on from there. A focus that a
  // script gives does not end the wait: a dialog that closes gives it back to the page that is about to go.
  const observer = new MutationObserver(giveFocus)
  leave = () => {
    observer.disconnect()
    for (const input of ['keydown', 'pointerdown']) window.removeEventListener(input, leave, true)
  }
  observer.observe(main, { childList: true, subtree: true })
  for (const input of ['keydown', 'pointerdown']) window.addEventListener(input, leave, true)
  giveFocus()
}

const isField = (element: Element | null) => element?.matches('input, select, textarea') ?? false
