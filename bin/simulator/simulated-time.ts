export type SimulatedTime = {
  speed: number
  now: () => number
  /** Sleeps that many simulated milliseconds; resolves, never rejects, and at once when aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>
}

// setTimeout overflows at 2^31 ms; callers look at the clock again anyway.
const timerMaxMs = 3_600_000

/** A clock that starts at the present and runs `speed` times as fast. */
export function simulatedTime(options: { speed?: number; now?: () => number } = {}): SimulatedTime {
  const { speed = 1, now = Date.now } = options
  const started = now()
  return {
    speed,
    // Whole milliseconds: Temporal takes no others.
    now: () => Math.floor(speed === 1 ? now() : started + (now() - started) * speed),
    wait: (ms, signal) => pause(Math.min(ms / speed, timerMaxMs), signal),
  }
}

/** Sleeps until the simulated clock has reached a moment or the signal is aborted. */
export async function waitUntil(time: SimulatedTime, atMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && time.now() < atMs) await time.wait(atMs - time.now(), signal)
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise(resolve => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
