import type { ComponentPropsWithRef, MouseEvent } from 'react'
import { buttonAttributes } from './button-class.ts'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-names.ts'
import { Spinner } from './Spinner.tsx'
import { useTooltip } from './use-tooltip.tsx'

type IconButtonProps = Omit<
  ComponentPropsWithRef<'button'>,
  'className' | 'style' | 'title' | 'children' | 'aria-label' | 'aria-describedby'
> & {
  icon: IconName
  /** The accessible name, also shown on hover and focus. */
  label: string
  variant?: 'default' | 'quiet' | undefined
  /** Without a tooltip, where the surroundings already say what the button does. */
  plain?: boolean | undefined
  busy?: boolean | undefined
  /** Disables the button and says why, to eyes and to screen readers. */
  disabledReason?: string | undefined
}

/** A square button of 32 pixels with nothing but an icon in it. */
export function IconButton({
  icon,
  label,
  variant,
  plain = false,
  busy = false,
  disabled = false,
  disabledReason,
  onClick,
  ...rest
}: IconButtonProps) {
  const off = disabled || disabledReason !== undefined
  const hint = disabledReason ?? (plain ? undefined : label)
  const { trigger, tooltip, show, hide } = useTooltip(hint, disabledReason !== undefined)

  function press(event: MouseEvent<HTMLButtonElement>) {
    if (off || busy) {
      event.preventDefault()
      if (disabledReason !== undefined) show(event.currentTarget)
      return
    }
    hide()
    onClick?.(event)
  }

  return (
    <>
      <button
        type="button"
        {...trigger}
        {...rest}
        {...buttonAttributes(variant)}
        data-icon-only=""
        aria-label={label}
        aria-disabled={off || busy || undefined}
        aria-busy={busy || undefined}
        onClick={press}
      >
        {busy ? <Spinner /> : <Icon name={icon} />}
      </button>
      {tooltip}
    </>
  )
}
