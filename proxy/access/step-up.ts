import { randomBytes } from 'node:crypto'
import type { Clock } from '#platform/clock.ts'

export interface StepUps {
  /** A pass for one action of this session, good for a minute. */
  grant(sessionId: string): string
  /** True once: the pass was granted to this session, is not too old, and is used up now. */
  use(sessionId: string, pass: string): boolean
}

const livesMs = 60_000
const heldMax = 1000

/** Passes given for a password shown once more. In memory and short-lived: a restart asks again. */
export function createStepUps(clock: Pick<Clock, 'now'>): StepUps {
  const held = new Map<string, { readonly sessionId: string; readonly until: number }>()
  return {
    grant(sessionId) {
      const pass = randomBytes(24).toString('base64url')
      held.set(pass, { sessionId, until: clock.now() + livesMs })
      const oldest = held.keys().next().value
      if (held.size > heldMax && oldest !== undefined) held.delete(oldest)
      return pass
    },
    use(sessionId, pass) {
      const found = held.get(pass)
      held.delete(pass)
      return found !== undefined && found.sessionId === sessionId && found.until > clock.now()
    },
  }
}
