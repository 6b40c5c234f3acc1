import { createContext } from 'react'
import type { LastUses } from '../../domain/authentication-log.ts'

/** When entries were last used, and why that is not known where it is not. */
export type LastUsesState =
  | { readonly state: 'reading' }
  | { readonly state: 'unknown'; readonly because: 'unread' | 'not-offered' | 'list-cut' }
  | ({ readonly state: 'known' } & LastUses)

/** A context instead of a prop, so that the rows are not re-rendered when the log arrives. */
export const LastUsesContext = createContext<LastUsesState>({ state: 'reading' })
