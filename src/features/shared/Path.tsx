import type { ReactNode } from 'react'

/**
 * A full path that breaks after its slashes where it does not fit, and is read from left to right
 * whatever stands around it.
 */
export function Path({ path }: { path: string }) {
  const parts = path.split('/').flatMap((segment, n): ReactNode[] =>
    // biome-ignore lint/suspicious/noArrayIndexKey: segments repeat, and never move
    n === 0 ? [segment] : ['/', <wbr key={n} />, segment],
  )
  return <bdi>{parts}</bdi>
}
