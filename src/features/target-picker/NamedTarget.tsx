import type { Target } from '../../domain/allowlist.ts'
import { kindLabels } from '../shared/kind-labels.ts'
import { Path } from '../shared/Path.tsx'

/** What a number or an address names, by its kind and full path. */
export function NamedTarget({ target }: { target: Target }) {
  return (
    <>
      {kindLabels[target.kind]()} <Path path={target.fullPath} />
    </>
  )
}
