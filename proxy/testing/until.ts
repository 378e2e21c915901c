import { setTimeout as delay } from 'node:timers/promises'

/** Waits until the condition answers something true, and answers it; fails loudly at the deadline. */
export async function until<T>(
  condition: () => T | Promise<T>,
  what: string,
  deadlineMs = 5000,
): Promise<NonNullable<T>> {
  const end = performance.now() + deadlineMs
  for (;;) {
    const value = await condition()
    if (value) return value as NonNullable<T>
    if (performance.now() > end) throw new Error(`Not within ${deadlineMs} ms: ${what}`)
    await delay(5)
  }
}
