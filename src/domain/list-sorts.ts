/** How the allowlist can be sorted. */
export const sortColumns = ['path', 'permissions', 'endpoints', 'used', 'added'] as const
export type SortColumn = (typeof sortColumns)[number]

/** An order as addresses say it: by a column, `-` for descending. */
export type ListSort = SortColumn | `-${SortColumn}`

export const listSorts = sortColumns.flatMap((column): ListSort[] => [column, `-${column}`])
