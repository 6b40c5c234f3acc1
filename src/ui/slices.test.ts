import { describe, expect, test } from 'vitest'
import { inSlices, type Slice } from './slices.ts'

const keyOf = (row: number) => String(row)
const count = (length: number) => Array.from({ length }, (_, n) => (n + 1) * 10)
const first = inSlices(count(35), keyOf)
const lengths = (slices: readonly Slice<number>[]) => slices.map(({ rows }) => rows.length)

/** The rows that have moved to another slice. */
function moved(before: readonly Slice<number>[], after: readonly Slice<number>[]): number[] {
  const homeOf = new Map(after.flatMap(({ id, rows }) => rows.map((row) => [row, id] as const)))
  return before.flatMap(({ id, rows }) =>
    rows.filter((row) => homeOf.has(row) && homeOf.get(row) !== id),
  )
}

test('a list that is new comes in slices of ten', () => {
  expect(lengths(first)).toEqual([10, 10, 10, 5])
  expect(inSlices([], keyOf)).toEqual([])
})

describe('no row moves to another slice when', () => {
  const all = count(35)
  test.each<[string, number[]]>([
    ['the first row goes', all.slice(1)],
    ['a row in the middle goes', all.filter((row) => row !== 150)],
    ['the first row of a slice goes', all.filter((row) => row !== 110)],
    ['a whole slice goes', all.filter((row) => row <= 100 || row > 200)],
    ['the last row goes', all.slice(0, -1)],
    ['a row comes first', [5, ...all]],
    ['a row comes within a slice', [...all, 155].sort((a, b) => a - b)],
    ['a row comes between two slices', [...all, 105].sort((a, b) => a - b)],
    ['rows come at the end', [...all, 360, 370, 380, 390, 400, 410, 420]],
    ['nothing changes', all],
  ])('%s', (_, rows) => {
    const next = inSlices(rows, keyOf, first)
    expect(next.flatMap((slice) => slice.rows)).toEqual(rows)
    expect(moved(first, next)).toEqual([])
  })
})

test('a slice that many rows join is divided, and all rows stay in order', () => {
  const rows = [...count(35), ...Array.from({ length: 60 }, (_, n) => 150 + (n + 1) / 100)].sort(
    (a, b) => a - b,
  )
  const next = inSlices(rows, keyOf, first)
  expect(next.flatMap((slice) => slice.rows)).toEqual(rows)
  expect(Math.max(...lengths(next))).toBeLessThanOrEqual(20)
  expect(new Set(next.map(({ id }) => id)).size).toBe(next.length)
})

test('another order is divided anew, however often it changes', () => {
  const rows = count(1000)
  // Neighbours in one order are not neighbours in the next.
  const orders = [7, 11, 13].map((step) => rows.map((_, n) => rows[(n * step) % 1000] ?? 0))
  let slices = inSlices(rows, keyOf)
  for (const order of [...orders, rows.toReversed()]) {
    slices = inSlices(order, keyOf, slices)
    expect(slices.flatMap((slice) => slice.rows)).toEqual(order)
    expect(lengths(slices)).toEqual(Array.from({ length: 100 }, () => 10))
  }
})
