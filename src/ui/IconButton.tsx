import type { ComponentPropsWithRef } from 'react'
import { buttonAttributes } from './button-class.ts'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-names.ts'
import { Spinner } from './Spinner.tsx'
import { usePress } from './use-press.ts'

type IconButtonProps = Omit<
  ComponentPropsWithRef<'button'>,
  'className' | 'style' | 'title' | 'children' | 'aria-label' | 'aria-describedby'
> & {
  icon: IconName
  /** The accessible name, also shown as a tooltip on hover and focus. */
  label: string
  variant?: 'default' | 'quiet' | undefined
  /** Without a tooltip, where the surroundings already explain the button. */
  plain?: boolean | undefined
  busy?: boolean | undefined
  /** Disables the button and explains why, in a tooltip and to screen readers. */
  disabledReason?: string | undefined
}

/** A square button of 32 pixels that shows only an icon. */
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
  const { trigger, press, tooltip } = usePress({
    disabled,
    busy,
    disabledReason,
    onClick,
    hint: plain ? undefined : label,
  })

  return (
    <>
      <button
        type="button"
        {...trigger}
        {...rest}
        {...buttonAttributes(variant)}
        data-icon-only=""
        aria-label={label}
        {...press}
      >
        {busy ? <Spinner /> : <Icon name={icon} />}
      </button>
      {tooltip}
    </>
  )
}
