import { VisuallyHidden } from './VisuallyHidden.tsx'

type SignProps = {
  /** What stands for it, such as a dash. */
  text: string
  /** Told on hover, and by screen readers in place of the text. */
  meaning: string
}

/** A character where there is no room for what it means. */
export function Sign({ text, meaning }: SignProps) {
  return (
    <span title={meaning}>
      <span aria-hidden="true">{text}</span>
      <VisuallyHidden>{meaning}</VisuallyHidden>
    </span>
  )
}
