import { useSyncExternalStore } from 'react'

const key = 'single-keys'
const listeners = new Set<() => void>()
let chosen: boolean | undefined

/** Whether single characters act on the page outside of fields (WCAG 2.1.4): on, unless switched off. */
export const areSingleKeysOn = (): boolean => chosen ?? remembered()

/** Switches them on or off, also for the next visit. */
export function setSingleKeys(on: boolean): void {
  try {
    localStorage.setItem(key, on ? 'on' : 'off')
  } catch {
    // Storage may be forbidden: then the choice lasts as long as the page.
  }
  chosen = on
  for (const listener of listeners) listener()
}

/** Whether they are on; re-renders on a change. */
export const useSingleKeys = (): boolean => useSyncExternalStore(subscribe, areSingleKeysOn)

function remembered(): boolean {
  try {
    return localStorage.getItem(key) !== 'off'
  } catch {
    return true
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
