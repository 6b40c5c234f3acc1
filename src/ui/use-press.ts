import type { MouseEvent, MouseEventHandler } from 'react'
import { useTooltip } from './use-tooltip.tsx'

type Pressable = {
  disabled: boolean
  busy: boolean
  disabledReason: string | undefined
  onClick: MouseEventHandler<HTMLButtonElement> | undefined
  /** Shown on hover and focus while there is no such reason. */
  hint?: string | undefined
}

/**
 * A button that keeps its place in the tab order: disabled or busy, a press does nothing but show why.
 * @returns what to spread on the button, `trigger` before its own attributes and `press` behind
 *   them, and the tooltip, to be rendered beside it
 */
export function usePress({ disabled, busy, disabledReason, onClick, hint }: Pressable) {
  const off = disabled || disabledReason !== undefined
  const { trigger, tooltip, show, hide } = useTooltip(
    disabledReason ?? hint,
    disabledReason !== undefined,
  )
  const press = {
    'aria-disabled': off || busy || undefined,
    'aria-busy': busy || undefined,
    onClick(event: MouseEvent<HTMLButtonElement>) {
      if (off || busy) {
        // Also keeps Enter in a field from submitting the form.
        event.preventDefault()
        if (disabledReason !== undefined) show(event.currentTarget)
        return
      }
      hide()
      onClick?.(event)
    },
  }
  return { trigger, press, tooltip }
}
