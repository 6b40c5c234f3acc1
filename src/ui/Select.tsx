import type { ComponentPropsWithRef } from 'react'
import { Field, type FieldTexts } from './Field.tsx'
import field from './field.module.css'
import { Icon } from './Icon.tsx'
import styles from './Select.module.css'

type SelectProps<Value extends string> = FieldTexts &
  Omit<ComponentPropsWithRef<'select'>, 'className' | 'style' | 'id' | 'children' | 'multiple'> & {
    options: readonly { value: Value; label: string; disabled?: boolean | undefined }[]
  }

/** A native select, for a choice between a few options. */
export function Select<Value extends string>({
  label,
  labelHidden,
  description,
  error,
  inline,
  options,
  ...rest
}: SelectProps<Value>) {
  return (
    <Field
      label={label}
      labelHidden={labelHidden}
      description={description}
      error={error}
      inline={inline}
    >
      {(control) => (
        <span className={styles.select}>
          <select {...rest} {...control} className={field.control}>
            {options.map((option) => (
              <option key={option.value} value={option.value} disabled={option.disabled}>
                {option.label}
              </option>
            ))}
          </select>
          <span className={styles.chevron}>
            <Icon name="chevron-down" />
          </span>
        </span>
      )}
    </Field>
  )
}
