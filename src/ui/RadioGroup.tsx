import { type ReactNode, useId } from 'react'
import styles from './choice.module.css'
import { type Choosing, radio, refuseChoice } from './choosing.ts'
import { FieldError } from './FieldError.tsx'
import { VisuallyHidden } from './VisuallyHidden.tsx'

/** One option of a radio group. */
export type RadioOption<Value extends string> = {
  value: Value
  label: ReactNode
  help?: ReactNode
  disabled?: boolean | undefined
}

type RadioGroupProps<Value extends string> = {
  legend: string
  /** Hides the legend visually, where the place of the group already shows its purpose. */
  legendHidden?: boolean | undefined
  description?: ReactNode
  options: readonly RadioOption<Value>[]
  error?: ReactNode
  disabled?: boolean | undefined
  /** Disables all options and is shown below them. */
  disabledReason?: ReactNode
  /** Beside each other where there is room. */
  beside?: boolean | undefined
} & Choosing<Value>

/** Native radio buttons, each with its line of help. */
export function RadioGroup<Value extends string>({
  legend,
  legendHidden = false,
  description,
  options,
  error,
  disabled = false,
  disabledReason,
  beside = false,
  ...choosing
}: RadioGroupProps<Value>) {
  const id = useId()
  const allOff = disabled || Boolean(disabledReason)
  const describedBy = [
    description && `${id}description`,
    disabledReason && `${id}reason`,
    error && `${id}error`,
  ].filter(Boolean)
  return (
    <fieldset
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: says more than a group
      role="radiogroup"
      className={styles.group}
      data-beside={beside || undefined}
      aria-labelledby={`${id}legend`}
      aria-disabled={allOff || undefined}
      aria-invalid={error ? true : undefined}
      aria-describedby={describedBy.join(' ') || undefined}
    >
      <legend id={`${id}legend`} className={styles.legend}>
        {legendHidden ? <VisuallyHidden>{legend}</VisuallyHidden> : legend}
      </legend>
      {description && (
        <div id={`${id}description`} className={styles.description}>
          {description}
        </div>
      )}
      {options.map((option) => {
        const off = allOff || option.disabled === true
        const optionId = `${id}${option.value}`
        return (
          <div key={option.value} className={styles.choice}>
            <input
              {...radio(choosing, option.value, id)}
              {...(off && refuseChoice)}
              type="radio"
              id={optionId}
              value={option.value}
              className={styles.radio}
              aria-disabled={off || undefined}
              aria-describedby={option.help ? `${optionId}help` : undefined}
            />
            <div className={styles.texts}>
              <label htmlFor={optionId} className={styles.label}>
                {option.label}
              </label>
              {option.help && (
                <div id={`${optionId}help`} className={styles.help} data-prose="">
                  {option.help}
                </div>
              )}
            </div>
          </div>
        )
      })}
      {disabledReason && (
        <div id={`${id}reason`} className={styles.reason}>
          {disabledReason}
        </div>
      )}
      {error && <FieldError id={`${id}error`}>{error}</FieldError>}
    </fieldset>
  )
}
