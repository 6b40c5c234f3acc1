/**
 * What finds, orders and selects entries: loaded after the table, whose rows do not depend on it.
 */
import type { ReactNode } from 'react'
import { type AllowlistEntry, isImplied } from '../../domain/allowlist.ts'
import { type Standing, standings } from '../../domain/covering.ts'
import { missingOf } from '../../domain/decision.ts'
import { endpointsOf } from '../../domain/endpoints.ts'
import {
  comparing,
  type EntryFilter,
  isDescending,
  type ListFacts,
  type ListSearch,
  matcher,
  parseFilter,
  sortColumnOf,
} from '../../domain/entry-filter.ts'
import type { ListSort } from '../../domain/list-sorts.ts'
import type { Version } from '../../domain/version.ts'
import { m } from '../../i18n/paraglide/messages.js'
import { SortHead } from '../../ui/SortHead.tsx'
import type { Column } from '../../ui/Table.tsx'
import { ListBar, type ListBarProps } from './ListBar.tsx'
import { ListFoot, type ListFootProps } from './ListFoot.tsx'
import type { LastUsesState } from './last-uses.ts'

type ListViewInput = {
  rows: readonly AllowlistEntry[]
  complete: boolean
  projectId: number
  search: ListSearch
  /** The search text, which the address follows later. */
  wanted: string
  uses: LastUsesState
  version: Version | undefined
}

/** What to show of a list, and in which order. */
export type ListView = {
  readonly filter: EntryFilter
  readonly sort: ListSort
  readonly facts: ListFacts
  /** Undefined where no filter is set. */
  readonly isShown: ((entry: AllowlistEntry) => boolean) | undefined
  readonly compare: ((a: AllowlistEntry, b: AllowlistEntry) => number) | undefined
  /** The rows that are shown, in the order of the panel. */
  readonly shown: readonly AllowlistEntry[]
  /** The numbers of entries; the own project's row counts if it is stored. */
  readonly count: number
  readonly total: number
  /** Whether the filter or the order depends on the authentication log, which is still being read. */
  readonly isWaiting: boolean
}

export function viewOf({
  rows,
  complete,
  projectId,
  search,
  wanted,
  uses,
  version,
}: ListViewInput): ListView {
  const known = uses.state === 'known' ? uses : undefined
  const filter = { ...parseFilter(search), search: wanted }
  const sort = search.list_sort ?? 'path'
  const facts = {
    projectId,
    standings: complete ? standingsOf(rows, projectId) : none,
    uses: known,
  }
  const isShown = matcher(filter, facts)
  const shown = isShown ? rows.filter(isShown) : rows
  const stored = (some: readonly AllowlistEntry[]) =>
    some.filter((entry) => !isImplied(entry, projectId)).length
  const needsLog = filter.marks.includes('unused') || sortColumnOf(sort) === 'used'
  return {
    filter,
    sort,
    facts,
    isShown,
    compare: compareBy(sort, projectId, known, version),
    shown,
    count: stored(shown),
    total: stored(rows),
    isWaiting: needsLog && uses.state === 'reading',
  }
}

/** Which entries a view shows with another search text. */
export const searching = ({ filter, facts }: ListView, search: string): ListView['isShown'] =>
  matcher({ ...filter, search }, facts)

const none: ReadonlyMap<string, Standing> = new Map()

/** Remembers the last result: typing changes none of what these depend on. */
function remembered<Args extends readonly unknown[], Result>(work: (...args: Args) => Result) {
  let last: { args: Args; result: Result } | undefined
  return (...args: Args): Result => {
    if (!last?.args.every((arg, n) => arg === args[n])) last = { args, result: work(...args) }
    return last.result
  }
}

const standingsOf = remembered(standings)

const compareBy = remembered(
  (
    sort: ListSort,
    projectId: number,
    uses: ListFacts['uses'],
    version: Version | undefined,
  ): ListView['compare'] =>
    comparing(sort, { projectId, uses, opened: version && openedBy(version) }),
)

const openedBy = (version: Version) => {
  const endpoints = endpointsOf(version).filter(({ policies }) => policies.length > 0)
  const counts = new Map<string, number>()
  return (granted: readonly string[]): number => {
    const key = granted.join()
    const known = counts.get(key)
    if (known !== undefined) return known
    const count = endpoints.filter(({ policies }) => missingOf(policies, granted).length === 0)
    counts.set(key, count.length)
    return count.length
  }
}

export const barOf = (props: ListBarProps): ReactNode => <ListBar {...props} />
export const footOf = (props: ListFootProps): ReactNode => <ListFoot {...props} />

/** The headers that sort. In a narrow window the bar has a field for that. */
export const headOf =
  (sort: ListSort, onChange: ListBarProps['onChange']) =>
  (columns: readonly Column<never>[]): ReactNode => {
    const column = sortColumnOf(sort)
    return (
      <SortHead
        columns={columns}
        sorts={sorts}
        sorting={{
          column: column === 'path' ? 'target' : column,
          direction: isDescending(sort) ? 'descending' : 'ascending',
        }}
        label={m.list_sort()}
        inWideWindows
        onSort={({ column, direction }) => {
          const by = column === 'target' ? 'path' : column
          const next: ListSort = direction === 'descending' ? `-${by}` : by
          onChange({ list_sort: next === 'path' ? undefined : next })
        }}
      />
    )
  }

/** By the column's name. `endpoints` is no column: only the bar orders by it. */
const sorts = {
  target: 'ascending',
  permissions: 'ascending',
  used: 'descending',
  added: 'descending',
  endpoints: 'descending',
} as const
