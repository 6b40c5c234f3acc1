import { useId } from 'react'
import styles from './ProgressBar.module.css'

type ProgressBarProps = {
  label: string
  /** The numbers in words, such as "3 of 12". */
  status?: string | undefined
  value: number
  max: number
}

/** How far a job of known length has come. */
export function ProgressBar({ label, status, value, max }: ProgressBarProps) {
  const id = useId()
  return (
    <div className={styles.progress}>
      <label htmlFor={id}>{label}</label>
      {status && <span className={styles.status}>{status}</span>}
      <progress id={id} className={styles.bar} value={value} max={max} />
    </div>
  )
}
