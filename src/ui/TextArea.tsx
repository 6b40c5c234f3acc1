import type { ComponentPropsWithRef } from 'react'
import { Field, type FieldTexts } from './Field.tsx'
import field from './field.module.css'
import styles from './TextArea.module.css'

type TextAreaProps = FieldTexts &
  Omit<ComponentPropsWithRef<'textarea'>, 'className' | 'style' | 'id'>

/** Several lines of code or log: of even width, not wrapped, and not checked for spelling. */
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
