import styles from './Spinner.module.css'
import { VisuallyHidden } from './VisuallyHidden.tsx'

type SpinnerProps = {
  /** What is loading; announced. Left out only where a neighbouring text already says it. */
  label?: string | undefined
  size?: 'small' | 'medium' | undefined
}

/** A turning ring that stands for work in progress. */
export function Spinner({ label, size = 'small' }: SpinnerProps) {
  const ring = <span className={styles.ring} data-size={size} aria-hidden="true" />
  if (label === undefined) return ring
  return (
    <span role="status">
      {ring}
      <VisuallyHidden>{label}</VisuallyHidden>
    </span>
  )
}
