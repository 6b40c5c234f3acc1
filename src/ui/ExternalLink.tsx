import type { ReactNode } from 'react'
import styles from './ExternalLink.module.css'
import { httpAddress } from './http-address.ts'
import { Icon } from './Icon.tsx'

type ExternalLinkProps = {
  href: string | null | undefined
  children: ReactNode
  /** Opens a tab of its own, which the text says to screen readers ("opens in a new tab"). */
  newTabLabel?: string | undefined
}

/** A link out of the console. Anything but an absolute HTTP address stays plain text. */
export function ExternalLink({ href, children, newTabLabel }: ExternalLinkProps) {
  const address = httpAddress(href)
  if (address === undefined) return <span className={styles.text}>{children}</span>
  if (newTabLabel === undefined) {
    return (
      <a className={styles.text} href={address} rel="noopener noreferrer">
        {children}
      </a>
    )
  }
  return (
    <a
      className={styles.text}
      href={address}
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
