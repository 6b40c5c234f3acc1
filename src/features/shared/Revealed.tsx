import { type ReactNode, useEffect, useRef } from 'react'
import styles from './Revealed.module.css'

/** Scrolls into view when it appears: the answer to a press must not lie below the fold. */
export function Revealed({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Braces, because newer browsers return a promise here, which is no cleanup.
    void ref.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div ref={ref} className={styles.revealed}>
      {children}
    </div>
  )
}
