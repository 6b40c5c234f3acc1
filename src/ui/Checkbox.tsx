import { type ComponentPropsWithRef, type ReactNode, useId } from 'react'
import styles from './choice.module.css'
import { refuseChoice } from './choosing.ts'
import { FieldError } from './FieldError.tsx'

type CheckboxProps = Omit<
  ComponentPropsWithRef<'input'>,
  'className' | 'style' | 'id' | 'type' | 'disabled'
> & {
  label: ReactNode
  help?: ReactNode
  error?: ReactNode
  disabled?: boolean | undefined
  /** Disables the checkbox and is shown below it. */
  disabledReason?: ReactNode
}

/** A native checkbox with its label and a line of help. */
export function Checkbox({
  label,
  help,
  error,
  disabled = false,
  disabledReason,
  ...rest
}: CheckboxProps) {
  const id = useId()
  const off = disabled || Boolean(disabledReason)
  const describedBy = [
    help && `${id}help`,
    disabledReason && `${id}reason`,
    error && `${id}error`,
  ].filter(Boolean)
  return (
    <div className={styles.choice}>
      <input
        {...rest}
        {...(off && refuseChoice)}
        type="checkbox"
        id={id}
        className={styles.box}
        aria-disabled={off || undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy.join(' ') || undefined}
      />
      <div className={styles.texts}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {help && (
          <div id={`${id}help`} className={styles.help} data-prose="">
            {help}
          </div>
        )}
        {disabledReason && (
          <div id={`${id}reason`} className={styles.help} data-prose="">
            {disabledReason}
          </div>
        )}
        {error && <FieldError id={`${id}error`}>{error}</FieldError>}
      </div>
    </div>
  )
}
