import { Button } from './Button.tsx'
import styles from './Pager.module.css'

type PagerProps = {
  /** Names the navigation, for it stands among others. */
  label: string
  /** Where the reader is, such as "Page 2 of 5". */
  status: string
  previousLabel: string
  nextLabel: string
  /** Left out at the first and at the last page. */
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
  busy?: boolean | undefined
}

/** Steps through pages one by one. */
export function Pager({
  label,
  status,
  previousLabel,
  nextLabel,
  onPrevious,
  onNext,
  busy = false,
}: PagerProps) {
  return (
    <nav aria-label={label} className={styles.pager}>
      <Button icon="chevron-left" disabled={!onPrevious || busy} onClick={onPrevious}>
        {previousLabel}
      </Button>
      <span className={styles.status} role="status">
        {status}
      </span>
      <Button icon="chevron-right" disabled={!onNext || busy} onClick={onNext}>
        {nextLabel}
      </Button>
    </nav>
  )
}
