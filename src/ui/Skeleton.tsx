import styles from './Skeleton.module.css'
import { VisuallyHidden } from './VisuallyHidden.tsx'

type SkeletonProps = {
  /** Announced once, in place of the lines. */
  label: string
  /** How many lines the awaited content is likely to have. */
  lines?: number | undefined
  /** Height of each line, as tall as what will stand there, so that nothing shifts. */
  lineHeight?: `${number}rem` | undefined
}

/** Grey lines where content will be. */
export function Skeleton({ label, lines = 3, lineHeight = '1.25rem' }: SkeletonProps) {
  return (
    <div role="status" className={styles.skeleton}>
      <VisuallyHidden>{label}</VisuallyHidden>
      {Array.from({ length: lines }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <div key={index} className={styles.line} style={{ height: lineHeight }} />
      ))}
    </div>
  )
}
