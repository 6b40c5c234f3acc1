/** Tables as CSV, protected against spreadsheets that run the text of a cell as a formula. */

/**
 * The start of a line that a spreadsheet may run as a formula: an operator, full-width or not,
 * after any blanks or invisible characters; or a tab, which some spreadsheets cut off.
 * https://owasp.org/www-community/attacks/CSV_Injection; the semicolon is from GitLab's
 * `gems/csv_builder` (commit not recorded).
 */
const formula =
  /(^|\r\n|[\r\n\u2028\u2029])(?=\t|(?:(?![\r\n\u2028\u2029])[\s\p{Cf}\p{Cc}])*[=+\-@;＝＋－＠；])/gu

/** The same behind an apostrophe that stands there for that reason. */
const formulaBehindMark = new RegExp(formula.source.replace('(?=', "'(?="), 'gu')

/** Puts an apostrophe before each line that a spreadsheet would run. */
const defused = (text: string): string => text.replace(formula, "$1'")

/** Quotes a cell, also around semicolons, which separate cells in some locales. */
const quoted = (text: string): string =>
  /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/**
 * Rows of cells as comma-separated values (RFC 4180, except that rows end with a line feed, as in
 * GitLab's own files). A cell, or a line of a cell, that a spreadsheet would run gets an apostrophe
 * before it.
 */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map((cell) => quoted(defused(cell))).join(',')}\n`).join('')

/** A row of a CSV text, and the line at which it begins, from 1. */
export type CsvRow = { readonly cells: readonly string[]; readonly line: number }

/**
 * Reads what `toCsv` writes, also with the line ends, the semicolons or tabs and the byte order mark with
 * which spreadsheets save. The apostrophe before what a spreadsheet would run is taken away again: a cell
 * that had one before cannot be told apart.
 * @returns the rows, or the line of a quotation that does not end, or that text follows
 */
export function fromCsv(text: string): {
  readonly rows: readonly CsvRow[]
  readonly brokenAt?: number
} {
  const whole = text.replace(/^\uFEFF/, '')
  const separator = /^[^\r\n]*?([,;\t])/.exec(whole)?.[1] ?? ','
  const cell = new RegExp(
    `("(?:[^"]|"")*"|[^"${separator}\\r\\n][^${separator}\\r\\n]*|)(${separator}|\\r\\n|\\r|\\n|$)`,
    'y',
  )
  const rows: CsvRow[] = []
  let cells: string[] = []
  let line = 1
  let begin = 1
  while (cell.lastIndex < whole.length || cells.length > 0) {
    const found = cell.exec(whole)
    if (!found) return { rows, brokenAt: line }
    const [all, written = '', end = ''] = found
    const value = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written
    cells.push(value.replace(formulaBehindMark, '$1'))
    line += all.match(/\r\n|\r|\n/g)?.length ?? 0
    if (end === separator) continue
    rows.push({ cells, line: begin })
    cells = []
    begin = line
  }
  return { rows }
}
