import type { ReactNode } from 'react'
import styles from './field.module.css'
import { Icon } from './Icon.tsx'

/** Why a field's value will not do. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  return (
    <div id={id} className={styles.error}>
      <Icon name="error" />
      <span>{children}</span>
    </div>
  )
}
