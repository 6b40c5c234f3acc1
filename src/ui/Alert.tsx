import type { ReactNode } from 'react'
import styles from './Alert.module.css'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-names.ts'

type Variant = 'info' | 'tip' | 'success' | 'warning' | 'danger'

type AlertProps = {
  variant?: Variant | undefined
  title?: ReactNode
  children?: ReactNode
  /** Buttons or links below the text. */
  actions?: ReactNode
  /** For a message that appears later: `assertive` interrupts a screen reader. */
  live?: 'polite' | 'assertive' | undefined
}

const icons = {
  info: 'information-o',
  tip: 'bulb',
  success: 'check-circle',
  warning: 'warning',
  danger: 'error',
} as const satisfies Record<Variant, IconName>

const roles = { polite: 'status', assertive: 'alert' } as const

/** A message that stays on the page, beside the content that it is about. */
export function Alert({ variant = 'info', title, children, actions, live }: AlertProps) {
  return (
    <div className={styles.alert} data-variant={variant} role={live && roles[live]}>
      <span className={styles.icon}>
        <Icon name={icons[variant]} />
      </span>
      <div className={styles.content}>
        {title && <p className={styles.title}>{title}</p>}
        {children && <div data-prose="">{children}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  )
}
