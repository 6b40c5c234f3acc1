import { useEffect, useState } from 'react'

/** After so many milliseconds of waiting the console says that GitLab is slow. */
const patience = 5000

/** Whether something has been waited for long enough to say so. */
export function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => setSlow(true), patience)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [waiting])
  return slow
}
