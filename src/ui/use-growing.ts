import { startTransition, useEffect, useState } from 'react'

/**
 * The number of rows to render by now: the first ones at once and the rest in steps, so that the
 * page scrolls and responds meanwhile.
 * @param step the number of rows rendered at first, and added with each step
 */
export function useGrowing(length: number, step: number): number {
  const [count, setCount] = useState(step)
  useEffect(() => {
    if (count >= length) return
    const timer = setTimeout(() => startTransition(() => setCount(count + step)), 50)
    return () => clearTimeout(timer)
  }, [count, length, step])
  return count
}
