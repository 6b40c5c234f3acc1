import { VisuallyHidden } from './VisuallyHidden.tsx'

type SignProps = {
  /** The character that is shown, such as a dash. */
  text: string
  /** Shown as a tooltip on hover, and read by screen readers instead of the character. */
  meaning: string
}

/** A character that stands for a longer text where there is no room for it. */
export function Sign({ text, meaning }: SignProps) {
  return (
    <span title={meaning}>
      <span aria-hidden="true">{text}</span>
      <VisuallyHidden>{meaning}</VisuallyHidden>
    </span>
  )
}
