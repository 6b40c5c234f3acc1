import { memo, type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { showRows } from './shown-rows.ts'
import styles from './Table.module.css'
import { asCell, asGroup, asHeader, asRow, asTable } from './table-roles.ts'
import { useSlices } from './use-slices.ts'

export type Column<Row> = {
  /** Unique in its table. */
  readonly name: string
  readonly header: string
  /** A track of the table's grid, such as `minmax(0, 3fr)` or `8rem`. */
  readonly width: string
  /** How its cells look, beyond what all have in common. */
  readonly className?: string | undefined
  /**
   * What a row has in this column; it depends on the row and on nothing that changes. With hundreds of
   * rows each component and each element counts: a function that is called here costs less.
   */
  cell(row: Row): ReactNode
  /** Whether the header stands before the cell where the cells of a row stand below each other. */
  readonly named?: boolean | undefined
  /** Left out of a row below 80rem, or below 64rem, where the row would else take more lines. */
  readonly leaves?: 'first' | 'second' | undefined
  /** Whether it stands at the end of the second line then, for buttons; the first line is the name's. */
  readonly corner?: boolean | undefined
}

type TableProps<Row> = {
  /** The accessible name. */
  label: string
  /** The same array from one drawing to the next, unless all rows have to be drawn anew. */
  columns: readonly Column<Row>[]
  /** All rows in their order; those that are kept are the same objects from one drawing to the next. */
  rows: readonly Row[]
  /** Unique in the table, and stable: also the key of its element. */
  keyOf(row: Row): string
  /** How many of the rows to draw by now, as `useGrowing` has it. */
  drawn: number
  /** What a row is high on average before it was drawn: beside each other its cells, and below. */
  rowHeights?: readonly [wide: string, narrow: string] | undefined
  /** The key of the row that the address points to. */
  current?: string | undefined
  /** Leaves rows out of sight without taking them out of their place; undefined shows all. */
  isShown?: ((row: Row) => boolean) | undefined
  /** Shows already what the next drawing is going to show. */
  ahead?: Ref<ShowAhead<Row>> | undefined
  /** A `SortHead`, where the rows can be sorted. */
  head?: ReactNode
}

/** Shows the rows that `isShown` finds, or all; of those that are drawn. */
export type ShowAhead<Row> = (isShown: ((row: Row) => boolean) | undefined) => void

declare module 'react' {
  interface CSSProperties {
    /** The tracks of a table's grid, for its rows. */
    '--table-columns'?: string
    '--table-columns-fewer'?: string
    '--table-columns-fewest'?: string
    '--row-height-wide'?: string
    '--row-height-narrow'?: string
  }
}

/**
 * A table of any length, all of whose rows are in the page: for the browser's find, for a screen
 * reader's way through a table, for print. Where the window is narrow the cells of a row stand below
 * each other.
 *
 * The browser skips slices of rows that are out of sight. A row stays in its slice while a filter hides
 * its neighbours: were the slices made of the rows that are left, React could only mount them anew.
 */
export function Table<Row>({
  label,
  columns,
  rows,
  keyOf,
  drawn,
  rowHeights: [wide, narrow] = ['3.5625rem', '7rem'],
  current,
  isShown,
  ahead,
  head = <Head columns={columns} />,
}: TableProps<Row>) {
  const table = useRef<HTMLTableElement>(null)
  let before = 0
  const slices = useSlices(rows, keyOf).map(({ id, rows }) => {
    const count = Math.max(0, Math.min(drawn - before, rows.length))
    before += rows.length
    if (count === rows.length) return { id, rows }
    // Those that a filter looks for are drawn anyway.
    return { id, rows: rows.filter((row, index) => index < count || isShown?.(row)) }
  })
  const isNarrowed = useRef(false)
  const show: ShowAhead<Row> = (isShown) => {
    if (!table.current || (!isShown && !isNarrowed.current)) return
    isNarrowed.current = isShown !== undefined
    const drawn = slices.map(({ rows }) => rows)
    showRows(table.current, drawn, isShown)
  }
  // After each drawing, which does not know what was shown ahead of it.
  useLayoutEffect(() => show(isShown))
  useImperativeHandle(ahead, () => show)
  return (
    <table
      ref={table}
      {...asTable}
      className={styles.table}
      aria-label={label}
      data-corner={columns.some(({ corner }) => corner) || undefined}
      style={{
        '--table-columns': tracks(columns),
        '--table-columns-fewer': tracks(columns.filter(({ leaves }) => leaves !== 'first')),
        '--table-columns-fewest': tracks(columns.filter(({ leaves }) => leaves === undefined)),
        '--row-height-wide': wide,
        '--row-height-narrow': narrow,
      }}
    >
      {head}
      {slices.map(({ id, rows }) => (
        <Body key={id} rows={rows} columns={columns} keyOf={keyOf} current={current} />
      ))}
    </table>
  )
}

const tracks = (columns: readonly Pick<Column<never>, 'width'>[]): string =>
  columns.map(({ width }) => width).join(' ')

/** The headers of columns: those of a narrow window are for screen readers alone. */
function Head({ columns }: { columns: readonly Column<never>[] }) {
  return (
    <thead {...asGroup} className={styles.head}>
      <tr {...asRow} className={styles.row}>
        {columns.map(({ name, header, leaves }) => (
          <th key={name} {...asHeader} scope="col" data-leaves={leaves}>
            {header}
          </th>
        ))}
      </tr>
    </thead>
  )
}

// Declared as methods, so that rows and columns of any kind fit here.
type BodyProps = {
  rows: readonly unknown[]
  columns: readonly Column<unknown>[]
  keyOf(row: unknown): string
  current: string | undefined
}

/** The rows of one slice: kept as they are while a filter shows and hides some. */
const Body = memo(function Body({ rows, columns, keyOf, current }: BodyProps) {
  if (rows.length === 0) return null
  return (
    <tbody {...asGroup} className={styles.body} style={{ '--rows': rows.length }}>
      {rows.map((row) => (
        <tr
          key={keyOf(row)}
          {...asRow}
          className={styles.row}
          aria-current={(current !== undefined && current === keyOf(row)) || undefined}
        >
          <Cells row={row} columns={columns} />
        </tr>
      ))}
    </tbody>
  )
})

type CellsProps = { row: unknown; columns: readonly Column<unknown>[] }

/** Kept as they are while rows come or go around them. */
const Cells = memo(function Cells({ row, columns }: CellsProps) {
  return columns.map((column) => (
    <td
      key={column.name}
      {...asCell}
      className={column.className ? `${styles.cell} ${column.className}` : styles.cell}
      data-label={column.named ? column.header : undefined}
      data-leaves={column.leaves}
      data-corner={column.corner}
    >
      {column.cell(row)}
    </td>
  ))
})
