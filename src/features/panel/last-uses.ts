import { createContext } from 'react'

/** When entries were last of use, as far as the authentication log tells. */
export type LastUses =
  | { readonly state: 'reading' }
  | { readonly state: 'unknown'; readonly because: 'unread' | 'not-offered' | 'list-cut' }
  /** By the keys of entries; those without one were of no use in the last 30 days. */
  | { readonly state: 'known'; readonly at: ReadonlyMap<string, string> }

/** Past the rows of the allowlist, which are not drawn again when the log has been read. */
export const LastUsesContext = createContext<LastUses>({ state: 'reading' })
