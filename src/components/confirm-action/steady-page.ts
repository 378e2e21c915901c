import { notifyManager } from '@tanstack/react-query'

let holds = 0
let waiting: (() => void)[] = []

notifyManager.setScheduler(callback => {
  if (holds > 0) waiting.push(callback)
  else setTimeout(callback, 0)
})

/**
 * Keeps what the server tells from the page while a finger holds: rows that come or grow would move what is held. A
 * hold lasts a second, so the news is that much late. Answers how to let go; letting go twice is letting go once.
 */
export function keepSteady(): () => void {
  let isHeld = true
  holds += 1
  return () => {
    if (!isHeld) return
    isHeld = false
    holds -= 1
    if (holds > 0) return
    const told = waiting
    waiting = []
    for (const callback of told) setTimeout(callback, 0)
  }
}
