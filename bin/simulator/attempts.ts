import type { SimulatedTime } from './simulated-time.ts'

/** `again`: the server has answered, only not in words this terminal reads; it sends the same at once. */
export type Outcome = 'done' | 'refused' | 'again'

export type Attempts = {
  /** Runs one exchange and decides when to try again; true when the line is lost and with it the session. */
  run: (exchange: () => Promise<Outcome>, signal: AbortSignal) => Promise<boolean>
  /** Nothing may be sent before. */
  retryAt: () => number
  /** The server could not be reached at the last several attempts. */
  isOffline: () => boolean
  setErrorDelay: (ms: number) => void
}

const quickRetryMs = 300
const quickRetries = 3
/** In real time: a fast clock is no reason to flood a server. */
const againMs = 250
const againLaterMs = 5000
const againTimes = 6

/** How firmware goes on after a failure: nothing is given up, whatever the reply (iclock-push 4.5, 14). */
export function createAttempts(deps: {
  serial: string
  time: SimulatedTime
  log: (line: string) => void
}): Attempts {
  const { serial, time, log } = deps
  // Until a server has said how patient to be, it is probably just starting.
  let errorDelayMs = 2000
  let failures = 0
  let retryAt = 0
  let agains = 0
  let isLineDown = false

  async function run(exchange: () => Promise<Outcome>, signal: AbortSignal): Promise<boolean> {
    let outcome: Outcome | 'offline'
    try {
      outcome = await exchange()
    } catch (error) {
      if (signal.aborted) return false
      outcome = 'offline'
      if (failures === quickRetries - 1) log(`${serial} cannot reach the device port: ${reasonOf(error)}`)
    }
    if (outcome === 'again') {
      agains += 1
      retryAt = time.now() + (agains < againTimes ? againMs : againLaterMs) * time.speed
      return false
    }
    agains = 0
    if (outcome === 'done') {
      if (failures >= quickRetries) log(`${serial} reaches the device port again`)
      failures = 0
      isLineDown = false
      return false
    }
    failures += 1
    const isOffline = outcome === 'offline'
    if (isOffline && failures < quickRetries) {
      retryAt = time.now() + quickRetryMs * failures
      return false
    }
    isLineDown = isOffline
    const doublings = Math.min(2, Math.max(0, failures - (isOffline ? quickRetries : 1)))
    retryAt = time.now() + errorDelayMs * 2 ** doublings
    return isOffline
  }

  return {
    run,
    retryAt: () => retryAt,
    isOffline: () => isLineDown,
    setErrorDelay: ms => {
      errorDelayMs = ms
    },
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
