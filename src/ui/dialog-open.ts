import { createContext } from 'react'

/**
 * Whether the dialog within is in sight. If not, all of it is there already, so that it opens at once:
 * then nothing of it is drawn anew but the dialog itself, and what asks for this. Apart from the dialog,
 * which the page that says this fetches later.
 */
export const DialogOpen = createContext(true)
