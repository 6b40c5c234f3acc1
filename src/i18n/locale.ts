/** The console's language: requested by the address, chosen before, or the browser's. */
import { createElement, memo, type ReactNode, useSyncExternalStore } from 'react'
import { baseLocale, locales, overwriteGetLocale } from './paraglide/runtime.js'

export type Locale = (typeof locales)[number]
export { locales }

const storageKey = 'lang'
const listeners = new Set<() => void>()

const isLocale = (text: string | null | undefined): text is Locale =>
  locales.some((locale) => locale === text)

/**
 * Sets the language without storing it.
 * @param requested the `lang` of the address, if present
 */
export function startLocale(requested?: string): void {
  const wanted = [requested, remembered(), ...navigator.languages.map((tag) => tag.slice(0, 2))]
  apply(wanted.find(isLocale) ?? baseLocale)
}

/** Changes the language of everything on screen, and stores it for the next visit. */
export function chooseLocale(locale: Locale): void {
  try {
    localStorage.setItem(storageKey, locale)
  } catch {
    // Storage is switched off: the choice lasts until the page is reloaded.
  }
  apply(locale)
}

/**
 * The language; re-renders on a change. A component that shows words need not call it: the router
 * renders each page again, and `memoWords` the components that React would skip.
 */
export const useLocale = (): Locale => useSyncExternalStore(subscribe, getLocale)

/** React's `memo` for components that show words: a change of language renders them anew. */
export const memoWords = <Props extends object>(Component: (props: Props) => ReactNode) =>
  memo(function InLanguage(props: Props) {
    useLocale()
    return createElement(Component, props)
  })

let current: Locale = baseLocale
const getLocale = (): Locale => current

// Paraglide's own function parses the page's address for every message.
overwriteGetLocale(getLocale)

function apply(locale: Locale): void {
  current = locale
  document.documentElement.lang = locale
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function remembered(): string | null {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}
