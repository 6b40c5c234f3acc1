import { Icon } from './Icon.tsx'
import styles from './SortHead.module.css'
import tableStyles from './Table.module.css'
import type { Column } from './Table.tsx'
import { asGroup, asHeader, asRow } from './table-roles.ts'

export type Direction = 'ascending' | 'descending'

export type Sorting<Name extends string = string> = {
  readonly column: Name
  readonly direction: Direction
}

type SortHeadProps<Name extends string> = {
  columns: readonly Column<never>[]
  /** The columns that sort, each with the direction of its header's first press. */
  sorts: Readonly<Record<Name, Direction>>
  sorting: Sorting<Name>
  /** Stands before the headers where only those are left by which the table sorts. */
  label: string
  /** Where a narrow window has another way to sort: there the headers are for screen readers alone. */
  inWideWindows?: boolean | undefined
  onSort: (sorting: Sorting<Name>) => void
}

/** The headers of a `Table` whose rows can be sorted. The caller sorts them. */
export function SortHead<Name extends string>({
  columns,
  sorts,
  sorting,
  label,
  inWideWindows = false,
  onSort,
}: SortHeadProps<Name>) {
  const isSorting = (name: string): name is Name => Object.hasOwn(sorts, name)
  return (
    <thead
      {...asGroup}
      className={`${tableStyles.head} ${styles.head}`}
      data-sorts={inWideWindows ? undefined : ''}
    >
      <tr {...asRow} className={`${tableStyles.row} ${styles.row}`} data-label={label}>
        {columns.map(({ name, header, leaves }) => {
          if (!isSorting(name)) {
            return (
              <th key={name} {...asHeader} scope="col" data-leaves={leaves}>
                {header}
              </th>
            )
          }
          const direction = sorting.column === name ? sorting.direction : undefined
          const next = direction ? opposite[direction] : sorts[name]
          return (
            <th
              key={name}
              {...asHeader}
              scope="col"
              aria-sort={direction}
              data-leaves={leaves}
              data-sorts=""
            >
              <button
                type="button"
                className={styles.sort}
                data-direction={direction ?? sorts[name]}
                onClick={() => onSort({ column: name, direction: next })}
              >
                {header}
                <Icon name="chevron-down" />
              </button>
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

const opposite = { ascending: 'descending', descending: 'ascending' } as const
