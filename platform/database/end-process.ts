/**
 * A thread of the store has died: nothing can be recorded any more, so the process says so and ends instead of
 * answering as if all were well. Whoever watches it starts it again, and nothing acknowledged is lost.
 */
export function endProcess(cause: unknown): void {
  process.nextTick(() => {
    throw new Error('A thread of the store has died', { cause })
  })
}
