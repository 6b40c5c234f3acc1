// Rows are laid out as grids, so that the browser can skip those out of sight; some browsers then
// forget what the elements are.
export const asTable = { role: 'table' } as const
export const asGroup = { role: 'rowgroup' } as const
export const asRow = { role: 'row' } as const
export const asHeader = { role: 'columnheader' } as const
export const asCell = { role: 'cell' } as const

declare module 'react' {
  interface CSSProperties {
    /** How many rows a slice shows: its height until the browser has measured it. */
    '--rows'?: number
  }
}
