import type { ReactNode } from 'react'

/**
 * A full path that breaks after its slashes where it does not fit, and is read from left to right
 * whatever stands around it.
 */
export function Path({ path }: { path: string }) {
  const segments = path.split('/')
  const parts = segments.flatMap((segment, n): ReactNode[] =>
    // biome-ignore lint/suspicious/noArrayIndexKey: segments repeat, and never move
    n === segments.length - 1 ? [segment] : [`${segment}/`, <wbr key={n} />],
  )
  return <bdi>{parts}</bdi>
}
