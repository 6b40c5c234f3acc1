import type { ComponentPropsWithRef } from 'react'
import { Field, type FieldTexts } from './Field.tsx'
import styles from './field.module.css'

type TextFieldProps = FieldTexts &
  Omit<ComponentPropsWithRef<'input'>, 'className' | 'style' | 'id' | 'type'> & {
    type?: 'text' | 'password' | 'url' | 'email' | 'number' | undefined
  }

/** A field for one line of text. Takes all attributes of an input, such as a registration. */
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
