import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react'
import styles from './Button.module.css'
import { type ButtonSize, type ButtonVariant, buttonAttributes } from './button-class.ts'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-names.ts'
import { Spinner } from './Spinner.tsx'
import { useTooltip } from './use-tooltip.tsx'

type ButtonProps = Omit<ComponentPropsWithRef<'button'>, 'className' | 'style' | 'title'> & {
  children: ReactNode
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  icon?: IconName | undefined
  /** At work: a spinner in place of the text, and presses do nothing. */
  busy?: boolean | undefined
  /** Disables the button and says why, to eyes and to screen readers. */
  disabledReason?: string | undefined
}

/**
 * A button. Disabled or busy it keeps its place in the tab order: the focus is not lost when it
 * becomes so after a press, and a reason can be read.
 */
export function Button({
  children,
  variant,
  size,
  icon,
  busy = false,
  disabled = false,
  disabledReason,
  type = 'button',
  onClick,
  'aria-describedby': describedBy,
  ...rest
}: ButtonProps) {
  const off = disabled || disabledReason !== undefined
  const { trigger, tooltip, show, hide } = useTooltip(disabledReason, true)

  function press(event: MouseEvent<HTMLButtonElement>) {
    if (off || busy) {
      // Also keeps Enter in a field from submitting the form.
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
        {...trigger}
        {...rest}
        {...buttonAttributes(variant, size)}
        type={type}
        aria-disabled={off || busy || undefined}
        aria-busy={busy || undefined}
        aria-describedby={join(trigger['aria-describedby'], describedBy)}
        onClick={press}
      >
        <span className={styles.content}>
          {icon && <Icon name={icon} />}
          <span className={styles.text}>{children}</span>
        </span>
        {busy && (
          <span className={styles.spinner}>
            <Spinner />
          </span>
        )}
      </button>
      {tooltip}
    </>
  )
}

const join = (...ids: (string | undefined)[]) => ids.filter(Boolean).join(' ') || undefined
