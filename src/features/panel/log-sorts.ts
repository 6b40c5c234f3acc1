/** How the authentication log can be sorted, as addresses say it: by a column, `-` for descending. */
export const logSorts = ['used', '-used', 'project', '-project', 'entry', '-entry'] as const

export type LogSort = (typeof logSorts)[number]
