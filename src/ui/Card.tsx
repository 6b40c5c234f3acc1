import { type ReactNode, useId } from 'react'
import styles from './Card.module.css'

type CardProps = {
  title: string
  /** The element's id, for links to this card. */
  id?: string | undefined
  /** Numbers beside the title. */
  count?: ReactNode
  /** Buttons at the end of the header. */
  actions?: ReactNode
  /** A line below the title. */
  description?: ReactNode
  children: ReactNode
  footer?: ReactNode
  /** Without padding, for a table that reaches the edges. */
  flush?: boolean | undefined
}

/** A titled part of a page, with a grey frame and a white body; a region named by its title. */
export function Card({
  title,
  id,
  count,
  actions,
  description,
  children,
  footer,
  flush = false,
}: CardProps) {
  const titleId = useId()
  return (
    <section id={id} className={styles.card} aria-labelledby={titleId}>
      <header className={styles.header}>
        <div className={styles.titles}>
          <h2 id={titleId} className={styles.title}>
            {title}
          </h2>
          {count && <div className={styles.count}>{count}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
        {description && <div className={styles.description}>{description}</div>}
      </header>
      <div className={styles.body} data-flush={flush || undefined}>
        {children}
      </div>
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </section>
  )
}
