import { maskShort } from '../../domain/reading/secrets/mask-change.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { TextField } from '../../ui/TextField.tsx'
import styles from './VariableFields.module.css'

/** What somebody says that variables hold, by their names. */
export type Values = Readonly<Record<string, string>>

/** So many are asked for: a text of a megabyte has hundreds. */
const mostAsked = 12

type VariableFieldsProps = {
  names: readonly string[]
  values: Values
  onChange: (values: Values) => void
}

/** A field for each variable that decides about an answer and has no value in the text. */
export function VariableFields({ names, values, onChange }: VariableFieldsProps) {
  if (names.length === 0) return null
  return (
    <fieldset className={styles.variables}>
      <legend>{m.check_variables()}</legend>
      <p className={styles.help}>{m.check_variables_help()}</p>
      <div className={styles.fields}>
        {names.slice(0, mostAsked).map((name) => (
          <TextField
            key={name}
            label={name}
            value={values[name] ?? ''}
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget }) =>
              onChange({ ...values, [name]: maskShort(currentTarget.value.trim()) })
            }
          />
        ))}
      </div>
    </fieldset>
  )
}
