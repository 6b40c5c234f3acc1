import { useState } from 'react'
import { inSlices, type Slice } from './slices.ts'

/**
 * The slices of a list that changes: a row stays in its slice between renders.
 * @param rows the same array as long as nothing changes
 */
export function useSlices<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): readonly Slice<Row>[] {
  const [divided, setDivided] = useState(() => ({ rows, slices: inSlices(rows, keyOf) }))
  if (divided.rows === rows) return divided.slices
  const slices = inSlices(rows, keyOf, divided.slices)
  setDivided({ rows, slices })
  return slices
}
