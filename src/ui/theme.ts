import { useSyncExternalStore } from 'react'

const themes = ['system', 'light', 'dark'] as const

/** The colour theme; `system` follows the operating system. */
export type Theme = (typeof themes)[number]

const key = 'theme'
const listeners = new Set<() => void>()
let shown: Theme | undefined

/** Whether a word from storage or an address names a theme. */
export function isTheme(word: unknown): word is Theme {
  return themes.some((theme) => theme === word)
}

/** The current theme: the one applied to this page, or else the stored one. */
export function getTheme(): Theme {
  return shown ?? remembered()
}

/** Applies a theme to this page without storing it. */
export function applyTheme(theme: Theme): void {
  shown = theme
  // tokens.css reads the attribute; without it the system's setting counts.
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  for (const listener of listeners) listener()
}

/** Applies a theme and stores it for the next visit. */
export function setTheme(theme: Theme): void {
  try {
    localStorage.setItem(key, theme)
  } catch {
    // Storage may be forbidden: then the choice lasts as long as the page.
  }
  applyTheme(theme)
}

/** The current theme; re-renders on a change. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, getTheme)
}

function remembered(): Theme {
  try {
    const word = localStorage.getItem(key)
    return isTheme(word) ? word : 'system'
  } catch {
    return 'system'
  }
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
