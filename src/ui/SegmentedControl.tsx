import { useId } from 'react'
import { type Choosing, radio } from './choosing.ts'
import styles from './SegmentedControl.module.css'

/** One segment of a control. */
export type Segment<Value extends string> = { value: Value; label: string }

type SegmentedControlProps<Value extends string> = {
  options: readonly Segment<Value>[]
  label: string
} & Choosing<Value>

/** A choice between two to four segments. They are native radios, so the arrow keys choose. */
export function SegmentedControl<Value extends string>({
  options,
  label,
  ...choosing
}: SegmentedControlProps<Value>) {
  const id = useId()
  return (
    <fieldset
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: says more than a group
      role="radiogroup"
      aria-label={label}
    >
      <div className={styles.segments}>
        {options.map(({ value, label }) => (
          <label key={value} className={styles.segment}>
            <input
              {...radio(choosing, value, id)}
              type="radio"
              value={value}
              className={styles.radio}
            />
            <span className={styles.text}>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
