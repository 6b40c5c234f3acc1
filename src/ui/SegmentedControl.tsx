import { type FocusEvent, type PointerEvent, useId, useState } from 'react'
import { type Choosing, radio, refuseChoice } from './choosing.ts'
import styles from './SegmentedControl.module.css'
import { useTooltip } from './use-tooltip.tsx'

/** One segment of a control. */
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
  /** The tooltip of the segment under the pointer or with the focus; called when it is shown. */
  hint?: ((value: Value) => string | undefined) | undefined
} & Choosing<Value>

/**
 * A choice between two to four segments. They are native radios: the arrow keys choose, and Enter
 * submits the form.
 */
export function SegmentedControl<Value extends string>({
  options,
  label,
  describedBy,
  disabled = false,
  hint,
  ...choosing
}: SegmentedControlProps<Value>) {
  const id = useId()
  const [hinted, setHinted] = useState<string>()
  const { trigger, tooltip, hide } = useTooltip(hinted, false)
  const hints = (value: Value) =>
    hint && {
      ...trigger,
      onPointerEnter(event: PointerEvent<HTMLElement>) {
        setHinted(hint(value))
        trigger.onPointerEnter(event)
      },
      onFocus(event: FocusEvent<HTMLElement>) {
        setHinted(hint(value))
        trigger.onFocus(event)
      },
      // The hint described this choice. Not on click, which the arrow keys also cause.
      onPointerDown: hide,
    }

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
            <label key={option.value} className={styles.segment} {...hints(option.value)}>
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
      {tooltip}
    </fieldset>
  )
}
