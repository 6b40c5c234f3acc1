import type { ComponentPropsWithRef, ReactNode } from 'react'
import styles from './Button.module.css'
import { type ButtonSize, type ButtonVariant, buttonAttributes } from './button-class.ts'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-names.ts'
import { Spinner } from './Spinner.tsx'
import { usePress } from './use-press.ts'

type ButtonProps = Omit<ComponentPropsWithRef<'button'>, 'className' | 'style' | 'title'> & {
  children: ReactNode
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  icon?: IconName | undefined
  /** Shows a spinner in place of the text; presses do nothing. */
  busy?: boolean | undefined
  /** Disables the button and explains why, in a tooltip and to screen readers. */
  disabledReason?: string | undefined
}

/**
 * A button. While disabled or busy it can still have the focus: a button that is disabled by a
 * press does not lose the focus, and its reason can be read.
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
  const { trigger, press, tooltip } = usePress({ disabled, busy, disabledReason, onClick })

  return (
    <>
      <button
        {...trigger}
        {...rest}
        {...buttonAttributes(variant, size)}
        type={type}
        aria-describedby={join(trigger['aria-describedby'], describedBy)}
        {...press}
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
