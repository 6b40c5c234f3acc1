import type { ComponentPropsWithRef } from 'react'
import { Field, type FieldTexts } from './Field.tsx'
import field from './field.module.css'
import styles from './TextArea.module.css'

type TextAreaProps = FieldTexts &
  Omit<ComponentPropsWithRef<'textarea'>, 'className' | 'style' | 'id'>

/** A field for several lines of code or log: monospaced, without wrapping and spell-checking. */
export function TextArea({ label, labelHidden, description, error, ...rest }: TextAreaProps) {
  return (
    <Field label={label} labelHidden={labelHidden} description={description} error={error}>
      {(control) => (
        <textarea
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          {...rest}
          {...control}
          className={`${field.control} ${styles.area}`}
        />
      )}
    </Field>
  )
}
