import styles from './policy-lines.module.css'

/** What permissions open, a line for each kind of access; a single line is no list. */
export function policyLines(lines: readonly string[]) {
  if (lines.length === 1) return lines[0]
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
