/** The keys that work on a page: what is registered here works, and is what the list of keys shows. */
import { useSyncExternalStore } from 'react'

/** One key, and what it does to the place that has the focus. */
export type KeyBinding<Place = void> = {
  /** As `KeyboardEvent.key` has it, in lower case. */
  readonly key: string
  /** Undefined: with and without it. */
  readonly shift?: boolean
  readonly words: () => string
  /** Undefined where the browser does it already. */
  readonly run?: (place: Place, event: KeyboardEvent) => void
}

/** Keys of the whole page, or of a row while its check box has the focus. */
export type KeyGroup = {
  readonly of: 'page' | 'row'
  readonly bindings: readonly KeyBinding<never>[]
}

let groups: readonly KeyGroup[] = []
const listeners = new Set<() => void>()

function change(next: readonly KeyGroup[]) {
  groups = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** The keys that work at present: those of parts that come later are added as they come. */
export const useRegisteredKeys = (): readonly KeyGroup[] =>
  useSyncExternalStore(subscribe, () => groups)

/**
 * Registers keys and hears them.
 * @param placeOf where an event's key is to act; undefined where the keys do not work
 * @returns a function that ends it
 */
export function registerKeys<Place>(
  of: KeyGroup['of'],
  bindings: readonly KeyBinding<Place>[],
  placeOf: (event: KeyboardEvent) => Place | undefined,
): () => void {
  const group = { of, bindings }
  function onKeyDown(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const place = placeOf(event)
    if (place === undefined) return
    const binding = bindings.find(
      ({ key, shift }) =>
        key === event.key.toLowerCase() && (shift === undefined || shift === event.shiftKey),
    )
    if (!binding?.run) return
    event.preventDefault()
    binding.run(place, event)
  }
  change([...groups, group])
  window.addEventListener('keydown', onKeyDown)
  return () => {
    change(groups.filter((each) => each !== group))
    window.removeEventListener('keydown', onKeyDown)
  }
}

/** Whether typed characters go into a text, or choose an option. */
export const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, [role=combobox], input:not([type=checkbox], [type=radio])'))
