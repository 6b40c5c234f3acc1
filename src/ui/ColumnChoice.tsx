import { type FocusEvent, type PointerEvent, useId, useState } from 'react'
import styles from './ColumnChoice.module.css'
import choice from './choice.module.css'
import { type Choosing, radio } from './choosing.ts'
import { useTooltip } from './use-tooltip.tsx'

/** A column that several rows share. */
export type ChoiceColumn<Value extends string> = {
  value: Value
  label: string
  /** Chosen, it stands for nothing: its mark stays hollow. */
  hollow?: boolean | undefined
}

type ColumnChoiceProps<Value extends string> = {
  /** All columns; those that this row does not offer stay empty. */
  columns: readonly ChoiceColumn<Value>[]
  offered: readonly Value[]
  label: string
  describedBy?: string | undefined
  /** The choice that a change is told from: marked while another one is chosen. */
  stored?: Value | undefined
  /**
   * What to say of a choice that the pointer or the keyboard is at. Asked with each rendering: the language
   * and what is known of the endpoints may change meanwhile.
   */
  hint?: ((value: Value) => string | undefined) | undefined
} & Choosing<Value>

/**
 * One choice of a row whose columns have their heads above (`ColumnHeads`). Native radios, so the arrow
 * keys choose and Enter submits the form. Where there is no room for columns each choice shows its label.
 *
 * What a choice looks like, and that it is not the stored one, is told by CSS alone: no code runs before
 * the browser can paint it.
 */
export function ColumnChoice<Value extends string>({
  columns,
  offered,
  label,
  describedBy,
  stored,
  hint,
  ...choosing
}: ColumnChoiceProps<Value>) {
  const id = useId()
  const [hinted, setHinted] = useState<Value>()
  // Not what it said when the pointer came: what it counts may arrive after that.
  const text = hinted === undefined ? undefined : hint?.(hinted)
  const { trigger, tooltip, hide } = useTooltip(text, false)
  const hints = (value: Value) =>
    hint && {
      ...trigger,
      onPointerEnter(event: PointerEvent<HTMLElement>) {
        setHinted(value)
        trigger.onPointerEnter(event)
      },
      onFocus(event: FocusEvent<HTMLElement>) {
        setHinted(value)
        trigger.onFocus(event)
      },
      // It has said what this choice changes. Not on click, which the arrow keys cause as well.
      onPointerDown: hide,
    }

  return (
    <fieldset
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: says more than a group
      role="radiogroup"
      className={styles.columns}
      aria-label={label}
      aria-describedby={describedBy}
    >
      {columns.map(({ value, label, hollow }) =>
        offered.includes(value) ? (
          <label key={value} className={styles.cell} {...hints(value)}>
            <input
              {...radio(choosing, value, id)}
              type="radio"
              value={value}
              className={choice.radio}
              data-hollow={hollow || undefined}
              data-stored={value === stored || undefined}
            />
            <span className={styles.label}>{label}</span>
          </label>
        ) : (
          <span key={value} className={styles.empty} />
        ),
      )}
      {tooltip}
    </fieldset>
  )
}

/** The heads of such columns, for the eye: each choice has its own name. */
export function ColumnHeads({ columns }: { columns: readonly ChoiceColumn<string>[] }) {
  return (
    <div className={styles.columns} data-heads="" aria-hidden="true">
      {columns.map(({ value, label }) => (
        <span key={value} className={styles.head}>
          {label}
        </span>
      ))}
    </div>
  )
}
