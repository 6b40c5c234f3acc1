/** Tables as CSV, protected against spreadsheets that run the text of a cell as a formula. */

/**
 * The start of a line that a spreadsheet may run as a formula: an operator, full-width or not,
 * after any blanks or invisible characters; or a tab, which some spreadsheets cut off.
 * https://owasp.org/www-community/attacks/CSV_Injection; the semicolon is from GitLab's
 * `gems/csv_builder` (commit not recorded).
 */
const formula =
  /(^|\r\n|[\r\n\u2028\u2029])(?=\t|(?:(?![\r\n\u2028\u2029])[\s\p{Cf}\p{Cc}])*[=+\-@;＝＋－＠；])/gu

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
