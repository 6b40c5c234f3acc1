import type { MouseEvent, MouseEventHandler } from 'react'
import { useTooltip } from './use-tooltip.tsx'

type Pressable = {
  disabled: boolean
  busy: boolean
  disabledReason: string | undefined
  onClick: MouseEventHandler<HTMLButtonElement> | undefined
  /** The tooltip on hover and focus, shown while there is no `disabledReason`. */
  hint?: string | undefined
}

/**
 * The behaviour of a button that stays focusable while disabled or busy: a press then only shows
 * the reason.
 * @returns attributes for the button, `trigger` to spread before its own attributes and `press`
 *   after them, and the tooltip to render beside it
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
