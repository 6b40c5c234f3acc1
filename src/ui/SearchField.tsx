import { type ComponentPropsWithRef, useRef } from 'react'
import field from './field.module.css'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './SearchField.module.css'

type SearchFieldProps = Omit<
  ComponentPropsWithRef<'input'>,
  'className' | 'style' | 'type' | 'value' | 'onChange' | 'aria-label' | 'ref'
> & {
  /** The accessible name; visually, the magnifying glass is enough. */
  label: string
  /** The accessible name of the button that clears the field. */
  clearLabel: string
  value: string
  onValueChange: (value: string) => void
}

/** A field that filters the content below it. */
export function SearchField({
  label,
  clearLabel,
  value,
  onValueChange,
  ...rest
}: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null)

  function clear() {
    onValueChange('')
    // The button is about to be unmounted, which would lose the focus.
    input.current?.focus()
  }

  return (
    <div className={styles.search}>
      <span className={styles.glass}>
        <Icon name="search" />
      </span>
      <input
        autoComplete="off"
        spellCheck={false}
        {...rest}
        ref={input}
        type="search"
        className={field.control}
        aria-label={label}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
      />
      {value !== '' && (
        <span className={styles.clear}>
          <IconButton icon="clear" variant="quiet" label={clearLabel} plain onClick={clear} />
        </span>
      )}
    </div>
  )
}
