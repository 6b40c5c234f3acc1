import { createContext, useContext } from 'react'

/** The open dialog around a component; Dialog.tsx provides it. */
export const DialogElement = createContext<HTMLDialogElement | null>(null)

/**
 * The open dialog around a component, if any. A popup goes inside it: a modal dialog lies above
 * whatever is elsewhere on the page, and makes it deaf.
 */
export const useDialogElement = () => useContext(DialogElement)
