import type { ComponentPropsWithRef } from 'react'
import { Field, type FieldTexts } from './Field.tsx'
import styles from './field.module.css'

type TextFieldProps = FieldTexts &
  Omit<ComponentPropsWithRef<'input'>, 'className' | 'style' | 'id' | 'type'> & {
    type?: 'text' | 'password' | 'url' | 'email' | 'number' | undefined
  }

/** A line of text. Takes whatever an input takes, so a form library's registration spreads on it. */
export function TextField({
  label,
  labelHidden,
  description,
  error,
  type = 'text',
  ...rest
}: TextFieldProps) {
  return (
    <Field label={label} labelHidden={labelHidden} description={description} error={error}>
      {(control) => <input {...rest} {...control} type={type} className={styles.control} />}
    </Field>
  )
}
