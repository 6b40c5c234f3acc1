import { type ReactNode, useId } from 'react'
import styles from './Card.module.css'

type CardProps = {
  title: string
  /** Numbers beside the title. */
  count?: ReactNode
  /** Buttons at the end of the header. */
  actions?: ReactNode
  /** A line of text below the title. */
  description?: ReactNode
  /** The white body; a card without one is its header alone. */
  children?: ReactNode
  /** Keeps the header in sight while the body scrolls by. */
  sticky?: boolean | undefined
  /** Removes the padding, for a table that reaches the edges. */
  flush?: boolean | undefined
}

/** A titled section of a page with a grey frame and a white body: a region named by its title. */
export function Card({
  title,
  count,
  actions,
  description,
  children,
  sticky = false,
  flush = false,
}: CardProps) {
  const titleId = useId()
  return (
    <section className={styles.card} data-sticky={sticky || undefined} aria-labelledby={titleId}>
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
      {children && (
        <div className={styles.body} data-flush={flush || undefined}>
          {children}
        </div>
      )}
    </section>
  )
}
