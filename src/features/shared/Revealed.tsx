import { type ReactNode, useEffect, useRef } from 'react'
import { afterPaint } from '../../ui/defer.ts'
import styles from './Revealed.module.css'

/** Scrolls into view when it appears: the answer to a press must not lie below the fold. */
export function Revealed({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  // Scroll after the paint, because elements that appear or vanish with it, such as help, move it.
  useEffect(
    () =>
      afterPaint(() => {
        // Braces, because newer browsers return a promise here.
        void ref.current?.scrollIntoView({ block: 'nearest' })
      }),
    [],
  )
  return (
    <div ref={ref} className={styles.revealed}>
      {children}
    </div>
  )
}
