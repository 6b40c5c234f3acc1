import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-names.ts'
import styles from './PageState.module.css'

type PageStateProps = {
  icon: IconName
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** The level of the title: 1 where the state fills the page, 2 or 3 inside a page. */
  level?: 1 | 2 | 3 | undefined
}

/** An empty, forbidden or not-found state, shown in place of content. */
export function PageState({ icon, title, children, actions, level = 1 }: PageStateProps) {
  const Title = `h${level}` as const
  return (
    <div className={styles.state} data-whole={level === 1 || undefined}>
      <span className={styles.icon}>
        <Icon name={icon} size={level === 1 ? 32 : 24} />
      </span>
      <Title className={styles.title}>{title}</Title>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
