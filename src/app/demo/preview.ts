/**
 * A preview in the gallery is the whole demo in a frame of the gallery's page. What frames of a tab share
 * is kept apart: the storage, the focus and the scrolling. A preview that is opened alone is used like a
 * page once it has reached its state, and has the focus as one from then on.
 */

/** The name of a frame that is a card's preview. */
export const previewName = 'state-preview'

/** The name of the frame of a preview that is opened alone. */
export const aloneName = 'state-alone'

/**
 * The address for a frame that shows another page of the demo. Browsers load no frame whose address is
 * that of the page around it but for the part behind `#`, in which the demo build keeps its addresses: the
 * file has two.
 */
export function framed(address: string): string {
  const url = new URL(address)
  const { pathname, search } = window.location
  if (url.pathname !== pathname || url.search !== search) return address
  url.pathname = pathname.endsWith('/')
    ? `${pathname}index.html`
    : pathname.slice(0, pathname.lastIndexOf('/') + 1)
  return url.href
}

const isFramedAs = (...names: string[]) => window.parent !== window && names.includes(window.name)

/** Whether this page is a preview in the gallery. */
export const isPreview = (): boolean => isFramedAs(previewName, aloneName)

/**
 * Keeps a preview apart from the page around it, and from the other previews. To be called before
 * anything is read from storage.
 */
export function keepApart(): void {
  if (!isPreview()) return
  for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, { value: createStorage() })
  }
  keepFocusApart()
  if (isFramedAs(previewName)) keepScrollingApart()
}

/** Whether the page's focus is one of its own. */
let hasOwnFocus = false

/** To be called when a state is reached: what is opened alone may then be used. */
export function shareFocus(): void {
  if (isFramedAs(aloneName)) hasOwnFocus = false
}

/** Storage in memory, with the methods of the browser's. It ends with the preview. */
function createStorage(): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    key: (at) => [...items.keys()][at] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, `${value}`),
    removeItem: (name) => void items.delete(name),
    clear: () => items.clear(),
  }
}

const focusable =
  ':is(a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]):not(:disabled)'

/**
 * Gives the page a focus of its own, of which the browser knows nothing: an element that takes the
 * browser's focus takes it from the gallery, in whose search somebody may be typing, and from the other
 * previews, whose menus would close.
 */
function keepFocusApart(): void {
  let focused: HTMLElement | undefined
  const current = () => (focused?.isConnected && !focused.closest('[inert]') ? focused : undefined)
  const tell = (target: HTMLElement | undefined, types: string[], other?: HTMLElement) => {
    for (const type of types) {
      const bubbles = type.startsWith('focus') && type !== 'focus'
      target?.dispatchEvent(
        new FocusEvent(type, { bubbles, composed: true, relatedTarget: other ?? null }),
      )
    }
  }
  const move = (next: HTMLElement | undefined) => {
    const before = current()
    focused = next
    tell(before, ['blur', 'focusout'], next)
    if (focused === next) tell(next, ['focus', 'focusin'], before)
  }
  const { activeElement } = Object.getOwnPropertyDescriptors(Document.prototype)
  const { focus, blur } = HTMLElement.prototype
  hasOwnFocus = true
  Object.defineProperty(Document.prototype, 'activeElement', {
    configurable: true,
    get: () => (hasOwnFocus ? (current() ?? document.body) : activeElement.get?.call(document)),
  })
  HTMLElement.prototype.focus = function (options) {
    if (!hasOwnFocus) return focus.call(this, options)
    const takesIt =
      this.matches(focusable) &&
      !this.closest('[inert]') &&
      this.checkVisibility({ visibilityProperty: true })
    if (takesIt && this !== current()) move(this)
  }
  HTMLElement.prototype.blur = function () {
    if (!hasOwnFocus) return blur.call(this)
    if (this === current()) move(undefined)
  }
}

/** Lets an element scroll into view within the preview: the browser would scroll the gallery, too. */
function keepScrollingApart(): void {
  Element.prototype.scrollIntoView = function (how) {
    const block = typeof how === 'object' ? (how.block ?? 'start') : 'start'
    for (let box = this.parentElement; box; box = box.parentElement) {
      const isPage = box === document.documentElement
      if (!isPage && !/auto|scroll/.test(getComputedStyle(box).overflowY)) continue
      const { top, bottom } = this.getBoundingClientRect()
      const edges = isPage ? { top: 0, bottom: window.innerHeight } : box.getBoundingClientRect()
      const toStart = top - edges.top
      const toEnd = bottom - edges.bottom
      if (block === 'center') box.scrollTop += (toStart + toEnd) / 2
      else if (block !== 'nearest') box.scrollTop += block === 'end' ? toEnd : toStart
      else if (toStart < 0) box.scrollTop += toStart
      else if (toEnd > 0) box.scrollTop += Math.min(toEnd, toStart)
    }
  }
}
