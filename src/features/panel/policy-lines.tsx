import styles from './policy-lines.module.css'

/** Shows permissions, a line for each kind of access; a single line is not marked up as a list. */
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
