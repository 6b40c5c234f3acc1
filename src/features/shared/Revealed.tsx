import { type ReactNode, useEffect, useRef } from 'react'

/** Comes into view when it appears: what is said above must not be missed by who has scrolled down. */
export function Revealed({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Braces, because newer browsers return a promise here, which is no cleanup.
    void ref.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return <div ref={ref}>{children}</div>
}
