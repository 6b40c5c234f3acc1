/** Tables as text for spreadsheets, which take some texts for something to run. */

/**
 * Where a line begins as a formula does: with what spreadsheets take for an operator, in either width,
 * whatever blanks or invisible characters stand before it; or with a tab, which some cut off.
 * https://owasp.org/www-community/attacks/CSV_Injection; the semicolon is from GitLab's `csv_builder`
 */
const formula =
  /(^|\r\n|[\r\n\u2028\u2029])(?=\t|(?:(?![\r\n\u2028\u2029])[\s\p{Cf}\p{Cc}])*[=+\-@;＝＋－＠；])/gu

/** The same text with an apostrophe before each line that a spreadsheet would run. */
const defused = (text: string): string => text.replace(formula, "$1'")

/** Also around semicolons, at which spreadsheets of some languages divide. */
const quoted = (text: string): string =>
  /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/**
 * Rows of cells as comma-separated values (RFC 4180, but with the line feed at the end of each row that
 * GitLab's own files have). Where a spreadsheet would run a cell, or a line of one, an apostrophe
 * stands before it.
 */
export const toCsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map((cell) => quoted(defused(cell))).join(',')}\n`).join('')
