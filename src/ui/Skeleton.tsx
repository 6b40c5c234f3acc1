import styles from './Skeleton.module.css'
import { VisuallyHidden } from './VisuallyHidden.tsx'

type SkeletonProps = {
  /** Announced once, instead of the lines. */
  label: string
  /** The likely number of lines of the content that is loading. */
  lines?: number | undefined
  /** The height of each line: the height of the content, so that nothing shifts when it arrives. */
  lineHeight?: `${number}rem` | undefined
}

/** Grey placeholder lines for content that is loading. */
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
