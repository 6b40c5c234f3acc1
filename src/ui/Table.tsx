import { memo, type ReactNode, useMemo } from 'react'
import { Icon } from './Icon.tsx'
import styles from './Table.module.css'
import { useGrowing } from './use-growing.ts'

export type Direction = 'ascending' | 'descending'

export type Sorting<Name extends string = string> = {
  readonly column: Name
  readonly direction: Direction
}

export type Column<Row, Name extends string = string> = {
  /** Unique in its table. */
  readonly name: Name
  readonly header: string
  /** A track of the table's grid, such as `minmax(0, 3fr)` or `8rem`. */
  readonly width: string
  /** What a row has in this column; it depends on the row and on nothing that changes. */
  cell(row: Row): ReactNode
  /** The direction in which the first press of its header sorts; without one it does not sort. */
  readonly sorts?: Direction | undefined
  /** Whether the header stands before the cell where the cells of a row stand below each other. */
  readonly named?: boolean | undefined
}

type TableProps<Row, Name extends string> = {
  /** The accessible name. */
  label: string
  /** The same array from one drawing to the next, unless all rows have to be drawn anew. */
  columns: readonly Column<Row, Name>[]
  /** All rows in their order; those that are kept are the same objects from one drawing to the next. */
  rows: readonly Row[]
  /** Unique in the table, and stable: also the key of its element. */
  keyOf: (row: Row) => string
  /** Leaves rows out of sight without taking them out of their place; undefined shows all. */
  isShown?: ((row: Row) => boolean) | undefined
  sorting?: Sorting<Name> | undefined
  onSort?: ((sorting: Sorting<Name>) => void) | undefined
}

// Rows are laid out as grids, so that the browser can skip those out of sight; some browsers then
// forget what the elements are.
const asTable = { role: 'table' } as const
const asGroup = { role: 'rowgroup' } as const
const asRow = { role: 'row' } as const
const asHeader = { role: 'columnheader' } as const
const asCell = { role: 'cell' } as const

/** So many rows are drawn at once; of a longer table the rest follows while the page can be used. */
const firstRows = 200

declare module 'react' {
  interface CSSProperties {
    /** The tracks of a table's grid, for its rows. */
    '--table-columns'?: string
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
export function Table<Row, Name extends string = string>({
  label,
  columns,
  rows,
  keyOf,
  isShown,
  sorting,
  onSort,
}: TableProps<Row, Name>) {
  const drawn = useGrowing(rows.length, firstRows)
  const slices = useMemo(() => inSlices(rows), [rows])
  const sorts = onSort !== undefined && columns.some((column) => column.sorts)
  return (
    <table
      {...asTable}
      className={styles.table}
      aria-label={label}
      style={{ '--table-columns': columns.map(({ width }) => width).join(' ') }}
    >
      <thead {...asGroup} className={styles.head} data-sorts={sorts || undefined}>
        <tr {...asRow} className={styles.row}>
          {columns.map((column) => (
            <Header key={column.name} column={column} sorting={sorting} onSort={onSort} />
          ))}
        </tr>
      </thead>
      {slices.map(({ from, slice }) => (
        <Slice
          key={from}
          slice={slice}
          drawn={Math.min(Math.max(drawn - from, 0), sliceLength)}
          columns={columns}
          keyOf={keyOf}
          isShown={isShown}
        />
      ))}
    </table>
  )
}

type HeaderProps<Row, Name extends string> = Pick<TableProps<Row, Name>, 'sorting' | 'onSort'> & {
  column: Column<Row, Name>
}

function Header<Row, Name extends string>({ column, sorting, onSort }: HeaderProps<Row, Name>) {
  const { name, header, sorts } = column
  if (!sorts || !onSort) {
    return (
      <th {...asHeader} scope="col">
        {header}
      </th>
    )
  }
  const direction = sorting?.column === name ? sorting.direction : undefined
  const next = direction ? opposite[direction] : sorts
  return (
    <th {...asHeader} scope="col" aria-sort={direction} data-sorts="">
      <button
        type="button"
        className={styles.sort}
        data-direction={direction ?? sorts}
        onClick={() => onSort({ column: name, direction: next })}
      >
        {header}
        <Icon name="chevron-down" />
      </button>
    </th>
  )
}

const opposite = { ascending: 'descending', descending: 'ascending' } as const

/** So many rows the browser skips as one: few enough to lay out, enough to have few to watch. */
const sliceLength = 10

/** Known by where they begin. */
const inSlices = <Row,>(rows: readonly Row[]) =>
  Array.from({ length: Math.ceil(rows.length / sliceLength) }, (_, n) => {
    const from = n * sliceLength
    return { from, slice: rows.slice(from, from + sliceLength) }
  })

type SliceProps<Row> = Pick<TableProps<Row, string>, 'columns' | 'keyOf' | 'isShown'> & {
  slice: readonly Row[]
  /** How many of its rows to draw; those that a filter looks for are drawn anyway. */
  drawn: number
}

function Slice<Row>({ slice, drawn, columns, keyOf, isShown }: SliceProps<Row>) {
  const here = slice.filter((row, index) => index < drawn || isShown?.(row))
  if (here.length === 0) return null
  const hidden = isShown && !here.some(isShown)
  return (
    <tbody {...asGroup} className={styles.body} hidden={hidden}>
      {here.map((row) => (
        <tr key={keyOf(row)} {...asRow} className={styles.row} hidden={isShown && !isShown(row)}>
          <Cells row={row} columns={columns} />
        </tr>
      ))}
    </tbody>
  )
}

// `cell` is declared as a method, so that columns of any rows fit here.
type CellsProps = { row: unknown; columns: readonly Column<unknown>[] }

/** Kept as they are while rows are hidden, come or go around them. */
const Cells = memo(function Cells({ row, columns }: CellsProps) {
  return columns.map((column) => (
    <td
      key={column.name}
      {...asCell}
      className={styles.cell}
      data-label={column.named ? column.header : undefined}
    >
      {column.cell(row)}
    </td>
  ))
})
