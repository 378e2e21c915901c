import type { Logger } from '#platform/logger.ts'
import type { People } from '../access/person.ts'
import type { EndReason, Hub, Listener } from './hub.ts'

interface WatchDeps {
  readonly hub: Hub
  readonly people: Pick<People, 'alive'>
  readonly log: Logger
}

export const watchEveryMs = 500
/** After so many looks in vain, a second and a half, nobody can say that these people may still listen. */
const failuresMax = 3

/**
 * Ends live connections whose session is over or whose rights are others, within two seconds (product, promises).
 * One query for all of them. Answers one look; app.ts repeats it.
 */
export function createSessionWatch({ hub, people, log }: WatchDeps): () => Promise<void> {
  let failures = 0
  return async () => {
    const listeners = [...hub.listeners()]
    if (listeners.length === 0) return
    try {
      const alive = await people.alive([...new Set(listeners.map(({ person }) => person.sessionId))])
      failures = 0
      for (const listener of listeners) end(hub, listener, reasonToEnd(listener, alive))
    } catch (error) {
      failures += 1
      log.error({ err: error, failures }, 'sessions of live connections cannot be verified')
      if (failures >= failuresMax) for (const listener of listeners) end(hub, listener, 'cannot_verify')
    }
  }
}

function reasonToEnd({ person }: Listener, alive: Awaited<ReturnType<People['alive']>>): EndReason | null {
  const now = alive.get(person.sessionId)
  if (!now) return 'session_ended'
  return now.profile === person.profile ? null : 'rights_changed'
}

function end(hub: Hub, listener: Listener, reason: EndReason | null): void {
  if (reason === null) return
  hub.leave(listener)
  listener.sink.end(reason)
}
