import { type ReactNode, useId } from 'react'
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
  describedBy?: string | undefined
  disabled?: boolean | undefined
  /** Disables all and stands below them. */
  disabledReason?: ReactNode
} & ({ label: string; labelledBy?: undefined } | { labelledBy: string; label?: undefined }) &
  Choosing<Value>

/**
 * One choice among two to four, all in sight. Native radios beneath, so the arrow keys choose
 * and Enter submits the form.
 */
export function SegmentedControl<Value extends string>({
  options,
  label,
  labelledBy,
  describedBy,
  disabled = false,
  disabledReason,
  ...choosing
}: SegmentedControlProps<Value>) {
  const id = useId()
  const allOff = disabled || Boolean(disabledReason)
  const descriptions = [describedBy, disabledReason && `${id}reason`].filter(Boolean)
  return (
    <fieldset
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: says more than a group
      role="radiogroup"
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-describedby={descriptions.join(' ') || undefined}
      aria-disabled={allOff || undefined}
    >
      <div className={styles.segments}>
        {options.map((option) => {
          const off = allOff || option.disabled === true
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
      {disabledReason && (
        <div id={`${id}reason`} className={styles.reason}>
          {disabledReason}
        </div>
      )}
    </fieldset>
  )
}
