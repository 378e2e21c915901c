import { useEffect, useState } from 'react'

/** A value once it has stayed the same for a moment: asks the server once a word, not once a letter. */
export function useRested<T>(value: T, quietMs: number): T {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), quietMs)
    return () => clearTimeout(timer)
  }, [value, quietMs])
  return rested
}
