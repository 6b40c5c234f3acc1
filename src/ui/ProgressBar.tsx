import { useId } from 'react'
import styles from './ProgressBar.module.css'

type ProgressBarProps = {
  label: string
  /** The progress in words, such as "3 of 12". */
  status?: string | undefined
  value: number
  max: number
}

/** The progress of a task whose length is known. */
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
