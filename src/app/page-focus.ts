import type { AnyRouter } from '@tanstack/react-router'

/**
 * Gives the focus to the heading of each page that the router goes to, so that a screen reader says
 * where one is and the Tab key goes on from the top. Not on the first page, where the browser does so
 * by itself; nor where the new page has given the focus to something else, such as a dialog.
 */
export function focusHeadings(router: AnyRouter): void {
  let before: Element | null = null
  router.subscribe('onBeforeNavigate', () => {
    before = document.activeElement
  })
  router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
    if (fromLocation && pathChanged) waitForHeading(before)
  })
}

/** Ends the wait for the heading of the page before. */
let leave = () => {}

/** @param before what had the focus when the page was left; it may still be there, as the header is */
function waitForHeading(before: Element | null): void {
  leave()
  const main = document.querySelector('main')
  if (!main) return
  const giveFocus = () => {
    const heading = main.querySelector('h1')
    const now = document.activeElement
    // A field that is still there is being used: the demo's bar changes the page under it.
    const isLost = now === document.body || now === main || (now === before && !isField(now))
    if (!heading || !isLost) return
    heading.tabIndex = -1
    // The router has scrolled already: up, or to where one was.
    heading.focus({ preventScroll: true })
  }
  // The heading may come later, and give way to another one, until somebody goes on from there.
  const observer = new MutationObserver(giveFocus)
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof Element && !target.matches('h1')) leave()
  }
  leave = () => {
    observer.disconnect()
    for (const input of ['keydown', 'pointerdown']) window.removeEventListener(input, leave, true)
    window.removeEventListener('focusin', onFocus)
  }
  observer.observe(main, { childList: true, subtree: true })
  for (const input of ['keydown', 'pointerdown']) window.addEventListener(input, leave, true)
  window.addEventListener('focusin', onFocus)
  giveFocus()
}

const isField = (element: Element | null) => element?.matches('input, select, textarea') ?? false
