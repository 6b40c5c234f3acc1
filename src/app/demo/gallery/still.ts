/** A still of a page: its elements without its scripts, so that many can stand in the gallery at once. */

/** Nothing moves in a still: dozens of shimmering placeholders would keep the processor busy. */
const rigid =
  '*, ::before, ::after { animation-play-state: paused !important; transition: none !important }'

/** What no attribute of HTML says, until `restoreStill` reads it. */
const marks = {
  scrolled: 'data-still-scrolled',
  mixed: 'data-still-mixed',
  popover: 'data-still-popover',
  focused: 'data-still-focused',
}

/** Elements that do something, or say that nothing is done. */
const active = 'script, noscript, link[rel=modulepreload], link[rel=preload]'

/**
 * A page as HTML that looks like it and does nothing. What the browser has not rendered, because it is far
 * outside of the window, is left out.
 */
export function stillOf(page: Document): string {
  const { defaultView: view } = page
  if (!view) return ''
  const workshop = document.implementation.createHTMLDocument('')

  function copyOf(original: Node): Node | undefined {
    const copy = workshop.importNode(original, false)
    if (!view || !(original instanceof view.Element) || !(copy instanceof Element)) return copy
    if (original.matches(active) || isSkipped(original)) return undefined
    const { scrollTop } = original
    if (scrollTop > 0) copy.setAttribute(marks.scrolled, `${scrollTop}`)
    if (original.matches(':popover-open')) copy.setAttribute(marks.popover, '')
    if (original === page.activeElement) copy.setAttribute(marks.focused, '')
    if (original instanceof view.HTMLInputElement) {
      copy.toggleAttribute('checked', original.checked)
      copy.toggleAttribute(marks.mixed, original.indeterminate)
      if (!/checkbox|radio/.test(original.type)) copy.setAttribute('value', original.value)
    }
    if (original instanceof view.HTMLOptionElement) {
      copy.toggleAttribute('selected', original.selected)
    }
    if (original instanceof view.HTMLTextAreaElement) copy.textContent = original.value
    else for (const child of original.childNodes) copy.append(...given(copyOf(child)))
    return copy
  }

  const root = copyOf(page.documentElement)
  if (!(root instanceof Element)) return ''
  const style = workshop.createElement('style')
  style.textContent = rigid
  root.querySelector('head')?.append(style)
  return `<!doctype html>${root.outerHTML}`
}

const given = (node: Node | undefined): Node[] => (node ? [node] : [])

const isSkipped = (element: Element) =>
  element.checkVisibility() && !element.checkVisibility({ contentVisibilityAuto: true })

/** Completes a still that a frame has loaded: what is open, half chosen, scrolled, or has the focus. */
export function restoreStill(page: Document): void {
  for (const box of page.querySelectorAll<HTMLInputElement>(`[${marks.mixed}]`)) {
    box.indeterminate = true
  }
  for (const menu of page.querySelectorAll<HTMLElement>(`[${marks.popover}]`)) menu.showPopover()
  for (const box of page.querySelectorAll(`[${marks.scrolled}]`)) {
    box.scrollTop = Number(box.getAttribute(marks.scrolled))
  }
  for (const sheet of page.styleSheets) drawFocus(sheet)
}

const hasSelector = (rule: CSSRule): rule is CSSStyleRule => 'selectorText' in rule
const hasRules = (rule: CSSRule): rule is CSSGroupingRule => 'cssRules' in rule

/** Gives the ring of the focus to the element that had it: the browser's own focus is elsewhere. */
function drawFocus({ cssRules }: { readonly cssRules: CSSRuleList }): void {
  for (const rule of cssRules) {
    if (hasSelector(rule)) {
      rule.selectorText = rule.selectorText.replace(
        /:focus(-visible)?(?![-\w])/g,
        (focus) => `:is(${focus}, [${marks.focused}])`,
      )
    }
    if (hasRules(rule)) drawFocus(rule)
  }
}
