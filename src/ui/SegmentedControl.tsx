import { useId } from 'react'
import { type Choosing, radio, refuseChoice } from './choosing.ts'
import styles from './SegmentedControl.module.css'

/** One of the segments. */
export type Segment<Value extends string> = {
  value: Value
  label: string
  disabled?: boolean | undefined
}

type SegmentedControlProps<Value extends string> = {
  options: readonly Segment<Value>[]
  label: string
  describedBy?: string | undefined
  disabled?: boolean | undefined
} & Choosing<Value>

/**
 * One choice among two to four, all in sight. Native radios beneath, so the arrow keys choose
 * and Enter submits the form.
 */
export function SegmentedControl<Value extends string>({
  options,
  label,
  describedBy,
  disabled = false,
  ...choosing
}: SegmentedControlProps<Value>) {
  const id = useId()
  return (
    <fieldset
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: says more than a group
      role="radiogroup"
      aria-label={label}
      aria-describedby={describedBy}
      aria-disabled={disabled || undefined}
    >
      <div className={styles.segments}>
        {options.map((option) => {
          const off = disabled || option.disabled === true
          return (
            <label key={option.value} className={styles.segment}>
              <input
                {...radio(choosing, option.value, id)}
                {...(off && refuseChoice)}
                type="radio"
                value={option.value}
                className={styles.radio}
                aria-disabled={off || undefined}
              />
              <span className={styles.text}>{option.label}</span>
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
