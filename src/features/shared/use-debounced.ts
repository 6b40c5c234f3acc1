import { useEffect, useState } from 'react'

/** How long a pause in typing is, in milliseconds. */
const pause = 250

/** The value as it was at the last pause: for what asks the server while somebody types. */
export function useDebounced<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
