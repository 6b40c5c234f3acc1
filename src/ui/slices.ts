/** Rows that the browser skips as one while they are out of sight. */
export type Slice<Row> = {
  /** Unique among the slices of a list, and kept for as long as the slice has a row. */
  readonly id: number
  readonly rows: readonly Row[]
}

/** Few enough rows to lay out at once, enough to leave the browser few slices to watch. */
const usual = 10
/** How long a slice may grow before its last rows become another one. */
const most = 2 * usual

/**
 * Divides a list into slices. A row stays in the slice in which it was before: a row that moves to
 * another parent element is mounted anew, which takes the focus from its buttons and the scroll
 * anchor from the browser. Rows that come in another order are divided anew: most of them move anyway,
 * and each new order would leave more and smaller slices.
 * @param rows all rows in their order
 * @param keyOf what identifies a row over time
 * @param before how the same list was divided when it was last drawn
 */
export function inSlices<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  before: readonly Slice<Row>[] = [],
): Slice<Row>[] {
  if (isReordered(rows, keyOf, before)) return inSlices(rows, keyOf)
  const known = new Map(
    before.flatMap(({ id, rows }) => rows.map((row) => [keyOf(row), id] as const)),
  )
  const slices: { id: number; rows: Row[] }[] = []
  const begun = new Set<number>()
  let unused = 1 + Math.max(0, ...before.map(({ id }) => id))
  for (const row of rows) {
    const last = slices.at(-1)
    const own = known.get(keyOf(row))
    const begins = own !== undefined && !begun.has(own)
    const room = own !== undefined && own === last?.id ? most : usual
    if (last && !begins && last.rows.length < room) {
      last.rows.push(row)
    } else {
      const id = begins ? own : unused++
      begun.add(id)
      slices.push({ id, rows: [row] })
    }
  }
  return slices
}

function isReordered<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  before: readonly Slice<Row>[],
): boolean {
  const places = new Map(before.flatMap((slice) => slice.rows).map((row, n) => [keyOf(row), n]))
  const kept = rows.flatMap((row) => places.get(keyOf(row)) ?? [])
  return kept.some((place, n) => place < (kept[n - 1] ?? 0))
}
