import type { ReactNode } from 'react'

type PathProps = {
  path: string
  /** The sentence around it; without one the path stands alone. */
  within?: ((texts: { path: string }) => string) | undefined
}

/** No path has it, and neither has a message. */
const placeholder = '\0'

/**
 * A full path that breaks after its slashes where it does not fit, and is read from left to right
 * whatever stands around it.
 */
export function Path({ path, within }: PathProps) {
  const segments = path.split('/')
  const parts = segments.flatMap((segment, n): ReactNode[] =>
    // biome-ignore lint/suspicious/noArrayIndexKey: segments repeat, and never move
    n === segments.length - 1 ? [segment] : [`${segment}/`, <wbr key={n} />],
  )
  const whole = <bdi>{parts}</bdi>
  if (!within) return whole
  const [before, after] = within({ path: placeholder }).split(placeholder)
  return (
    <>
      {before}
      {whole}
      {after}
    </>
  )
}
