import { FieldError } from './refusal.ts'

/** The requested window of a connection; all arguments may be left out or null. */
export type Window = {
  readonly first?: number | null
  readonly last?: number | null
  readonly after?: string | null
  readonly before?: string | null
}

/** The sort key of a row, compared number by number, the smaller one first. */
type Key = readonly number[]

/** Rows in the order of their keys, and a function that presents one. */
type Source<Row, Node> = {
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => Key
  readonly present: (row: Row) => Node
  /** The largest number of rows per request. Further rows are cut without an error. */
  readonly maxRows: number
}

/**
 * One window of a list, paged by key as GitLab's GraphQL does: rows that are added or removed
 * before a cursor do not shift the rows after it.
 * @throws FieldError for an invalid cursor, and for `first` together with `last`
 * @see https://docs.gitlab.com/development/graphql_guide/pagination/
 */
export function connectionOf<Row, Node>(source: Source<Row, Node>, window: Window) {
  const { rows, keyOf, present, maxRows } = source
  const { first, last, after, before } = window
  if (first != null && last != null) {
    throw new FieldError('Can only provide either `first` or `last`, not both')
  }
  const size = Math.max(0, Math.min(first ?? last ?? maxRows, maxRows))
  const countUpTo = (cursor: string, inclusive: boolean) => {
    const key = readCursor(cursor)
    const end = rows.findIndex((row) => compare(keyOf(row), key) >= (inclusive ? 1 : 0))
    return end < 0 ? rows.length : end
  }
  let start = after ? countUpTo(after, true) : 0
  let end = Math.max(start, before ? countUpTo(before, false) : rows.length)
  if (last == null) end = Math.min(end, start + size)
  else start = Math.max(start, end - size)

  const edges = rows
    .slice(start, end)
    .map((row) => ({ cursor: writeCursor(keyOf(row)), node: present(row) }))
  return {
    count: rows.length,
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      hasNextPage: end < rows.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

function compare(a: Key, b: Key): number {
  for (const [index, part] of a.entries()) {
    const difference = part - (b[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

const writeCursor = (key: Key) => btoa(JSON.stringify(key))

function readCursor(cursor: string): Key {
  try {
    const key: unknown = JSON.parse(atob(cursor))
    if (Array.isArray(key) && key.every((part) => typeof part === 'number')) return key
  } catch {
    // Not JSON: refused below, like a cursor with other contents.
  }
  throw new FieldError('Please provide a valid cursor')
}
