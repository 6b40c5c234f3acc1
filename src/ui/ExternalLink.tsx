import type { ReactNode } from 'react'
import styles from './ExternalLink.module.css'
import { Icon } from './Icon.tsx'

type ExternalLinkProps = {
  /** An address that may be followed; the caller sees to that. */
  href: string | undefined
  children: ReactNode
  /** Opens a tab of its own, which the text says to screen readers ("opens in a new tab"). */
  newTabLabel?: string | undefined
}

/** A link out of the console; without an address plain text. */
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
