import type { ReactNode } from 'react'
import styles from './Badge.module.css'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-names.ts'

type BadgeProps = {
  children: ReactNode
  variant?: 'neutral' | 'muted' | 'info' | 'success' | 'warning' | 'danger' | undefined
  icon?: IconName | undefined
  /** More of it, for a pointer that rests on it. */
  title?: string | undefined
}

/** A short label for the thing beside it. */
export function Badge({ children, variant = 'neutral', icon, title }: BadgeProps) {
  return (
    <span className={styles.badge} data-variant={variant} title={title}>
      {icon && <Icon name={icon} size={12} />}
      <span className={styles.words}>{children}</span>
    </span>
  )
}
