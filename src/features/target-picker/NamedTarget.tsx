import type { Target } from '../../domain/allowlist.ts'
import { kindLabels } from '../shared/kind-labels.ts'
import { Path } from '../shared/Path.tsx'

/** Shows the kind and full path of the target that a number or an address names. */
export function NamedTarget({ target }: { target: Target }) {
  return (
    <>
      {kindLabels[target.kind]()} <Path path={target.fullPath} />
    </>
  )
}
