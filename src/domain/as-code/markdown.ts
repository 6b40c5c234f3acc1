/** An allowlist as a Markdown table, for a ticket. */
import { visible } from './list-file.ts'

/**
 * A table of cells, with the column titles first. Cells of `code` columns are shown letter for letter:
 * nothing in them is markup, a mention or a link.
 */
export function toMarkdownTable(
  rows: readonly (readonly string[])[],
  code: ReadonlySet<number>,
): string {
  const [head = [], ...body] = rows
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  return [
    line(head.map(plain)),
    line(head.map(() => '---')),
    ...body.map((cells) =>
      line(cells.map((cell, at) => (code.has(at) ? literal(cell) : plain(cell)))),
    ),
  ].join('')
}

/** A text without markup: signs that Markdown or HTML would read are escaped. */
export const plain = (text: string): string =>
  visible(text).replace(/[\\`*_{}[\]<>()#+!|~$@&:]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A code span, whose fence is longer than any run of backticks in it. */
export function literal(text: string): string {
  const shown = visible(text)
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const gap = longest > 0 ? ' ' : ''
  // In a table a bar ends the cell, also within a code span.
  return `${fence}${gap}${shown.replaceAll('|', '\\|')}${gap}${fence}`
}
