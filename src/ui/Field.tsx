import { type ReactNode, useId } from 'react'
import { FieldError } from './FieldError.tsx'
import styles from './field.module.css'
import { VisuallyHidden } from './VisuallyHidden.tsx'

/** What every field says about itself. */
export type FieldTexts = {
  label: string
  /** For a field whose place already shows what it is for. */
  labelHidden?: boolean | undefined
  description?: ReactNode
  error?: ReactNode
  /** The label before the control, for a bar of small ones. */
  inline?: boolean | undefined
}

/** The attributes that tie a control to its field's texts. */
export type FieldControl = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

type FieldProps = FieldTexts & {
  /** What is in the control, in other words. */
  note?: ReactNode
  children: (control: FieldControl) => ReactNode
}

/** A control with its label and its description above, its note and its error below. */
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
