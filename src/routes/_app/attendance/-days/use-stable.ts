import { useCallback, useLayoutEffect, useRef } from 'react'

/** One function for the life of a component that does what the newest one does: rows need not be drawn again for it. */
export function useStable<A extends readonly unknown[]>(act: (...args: A) => void): (...args: A) => void {
  const latest = useRef(act)
  useLayoutEffect(() => {
    latest.current = act
  })
  return useCallback((...args: A) => latest.current(...args), [])
}
