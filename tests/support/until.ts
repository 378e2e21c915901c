import { setTimeout as delay } from 'node:timers/promises'

/** Waits for a condition with a deadline; answers what the condition answered. Fails with `what` when time is up. */
export async function until<T>(
  what: string,
  condition: () => T | Promise<T>,
  withinMs = 10_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const value = await condition()
    if (value !== false && value !== null && value !== undefined)
      return value as NonNullable<Exclude<T, false>>
    if (performance.now() > deadline) throw new Error(`Waited ${withinMs} ms in vain: ${what}`)
    await delay(10)
  }
}
