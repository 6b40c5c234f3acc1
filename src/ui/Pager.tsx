import { Button } from './Button.tsx'
import styles from './Pager.module.css'

type PagerProps = {
  /** The accessible name of the navigation, because a page has several. */
  label: string
  /** The current position, such as "Page 2 of 5". */
  status: string
  previousLabel: string
  nextLabel: string
  /** Left out on the first page; `onNext` on the last one. */
  onPrevious?: (() => void) | undefined
  onNext?: (() => void) | undefined
  busy?: boolean | undefined
}

/** Buttons for the previous and the next page. */
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
