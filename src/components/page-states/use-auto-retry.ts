import { useEffect, useRef } from 'react'
import { isPassing } from '../../api/client.ts'

const everyMs = 12_000

/** While an error that passes by itself is on screen, tries again now and then, and at once when the network returns. */
export function useAutoRetry(error: unknown, retry: () => void): void {
  const latest = useRef(retry)
  useEffect(() => {
    latest.current = retry
  })
  const passes = isPassing(error)
  useEffect(() => {
    if (!passes) return
    const again = () => latest.current()
    const timer = setInterval(again, everyMs)
    window.addEventListener('online', again)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', again)
    }
  }, [passes])
}
