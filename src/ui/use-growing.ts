import { startTransition, useEffect, useState } from 'react'

/**
 * How many of so many rows to draw by now: the first ones at once, the rest little by little, so that
 * the page scrolls and answers meanwhile.
 * @param step how many are drawn at once, and are added each time
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
