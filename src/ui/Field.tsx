import { type ReactNode, useId } from 'react'
import { FieldError } from './FieldError.tsx'
import styles from './field.module.css'
import { VisuallyHidden } from './VisuallyHidden.tsx'

/** The texts that every field has. */
export type FieldTexts = {
  label: string
  /** Hides the label visually, where the place of the field already shows its purpose. */
  labelHidden?: boolean | undefined
  description?: ReactNode
  error?: ReactNode
  /** Puts the label before the control, for a bar of small fields. */
  inline?: boolean | undefined
}

/** The attributes that connect a control to the texts of its field. */
export type FieldControl = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

type FieldProps = FieldTexts & {
  /** The meaning of the field's value, in other words. */
  note?: ReactNode
  children: (control: FieldControl) => ReactNode
}

/** A control with label and description above, note and error below. */
export function Field({
  label,
  labelHidden = false,
  description,
  note,
  error,
  inline = false,
  children,
}: FieldProps) {
  const id = useId()
  const failed = Boolean(error)
  const describedBy = [
    failed && `${id}error`,
    note && `${id}note`,
    description && `${id}description`,
  ]
  return (
    <div className={styles.field} data-inline={inline || undefined}>
      <label htmlFor={id} className={styles.label}>
        {labelHidden ? <VisuallyHidden>{label}</VisuallyHidden> : label}
      </label>
      {description && (
        <div id={`${id}description`} className={styles.description}>
          {description}
        </div>
      )}
      {children({
        id,
        'aria-describedby': describedBy.filter(Boolean).join(' ') || undefined,
        'aria-invalid': failed || undefined,
      })}
      {note && <div id={`${id}note`}>{note}</div>}
      {failed && <FieldError id={`${id}error`}>{error}</FieldError>}
    </div>
  )
}
