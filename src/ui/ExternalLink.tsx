import type { ReactNode } from 'react'
import styles from './ExternalLink.module.css'
import { Icon } from './Icon.tsx'

type ExternalLinkProps = {
  /** An address that is safe to follow, as checked by the caller; undefined shows plain text. */
  href: string | undefined
  children: ReactNode
  /** Opens a new tab; the text tells screen readers so ("opens in a new tab"). */
  newTabLabel?: string | undefined
}

/** A link to a page outside the console. Without an address, it is plain text. */
export function ExternalLink({ href, children, newTabLabel }: ExternalLinkProps) {
  if (href === undefined) return <span className={styles.text}>{children}</span>
  if (newTabLabel === undefined) {
    return (
      <a className={styles.text} href={href} rel="noopener noreferrer">
        {children}
      </a>
    )
  }
  return (
    <a
      className={styles.text}
      href={href}
      rel="noopener noreferrer"
      target="_blank"
      aria-description={newTabLabel}
    >
      {children}
      <span className={styles.icon}>
        <Icon name="external-link" size={12} />
      </span>
    </a>
  )
}
