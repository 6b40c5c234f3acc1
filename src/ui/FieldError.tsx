import type { ReactNode } from 'react'
import styles from './field.module.css'
import { Icon } from './Icon.tsx'

/** The error message of a field. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id} className={styles.error}>
      <Icon name="error" />
      <span>{children}</span>
    </div>
  )
}
