// Rows are laid out as grids, so that the browser can skip those outside the viewport. Some
// browsers then drop the elements' implicit table roles.
export const asTable = { role: 'table' } as const
export const asGroup = { role: 'rowgroup' } as const
export const asRow = { role: 'row' } as const
export const asHeader = { role: 'columnheader' } as const
export const asCell = { role: 'cell' } as const

declare module 'react' {
  interface CSSProperties {
    /** The rows in a slice: the estimate of its height until the browser has rendered it. */
    '--rows'?: number
  }
}
