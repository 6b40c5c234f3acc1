/** Rows that the browser skips together while they are outside the viewport. */
export type Slice<Row> = {
  /** Unique in its list, and kept as long as the slice has a row. */
  readonly id: number
  readonly rows: readonly Row[]
}

/** The usual number of rows: few enough to lay out at once, and enough to keep slices few. */
const usual = 10
/** The largest number of rows of a slice; when it grows further, it is split. */
const most = 2 * usual

/**
 * Divides a list into slices. A row stays in the slice that had it before: a row that moves to
 * another parent element is mounted anew, which loses the focus of its buttons and the browser's
 * scroll anchor. A list in a new order is divided anew, because most rows move anyway, and keeping
 * them would leave more and smaller slices with each new order.
 * @param rows all rows in their order
 * @param keyOf identifies a row over time
 * @param before the slices of the last render
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
