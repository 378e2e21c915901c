export type CommandStateName = 'queued' | 'sent' | 'done' | 'failed' | 'expired' | 'cancelled' | 'unconfirmed'

export type Happening =
  /** The terminal took it with a poll. */
  | { readonly type: 'claimed' }
  /** The terminal answered with its own code; null: the answer carried none that could be read. */
  | { readonly type: 'answered'; readonly ok: boolean | null }
  /** Nobody took it in time. */
  | { readonly type: 'lifeEnded' }
  /** It was handed over and no answer came; `again` when it may be handed over once more. */
  | { readonly type: 'silence'; readonly again: boolean }
  | { readonly type: 'cancelled' }
  /** It answered yes, and reading back has shown that it does not hold what it was told. */
  | { readonly type: 'contradicted' }
  /** A restart was handed over and the terminal opened a new session. */
  | { readonly type: 'cameBack' }

/**
 * State and happening to the next state, or null: refused, and nothing changes. A late answer still counts after
 * `unconfirmed`, because it says what happened, and `done` is taken back when reading back shows otherwise; nothing
 * else leaves a final state.
 * What waits for another try has left us before (`attempts` above 0): it cannot expire any more, and may be answered.
 */
export function nextState(
  state: CommandStateName,
  happening: Happening,
  attempts = 0,
): CommandStateName | null {
  if (state === 'queued') {
    if (happening.type === 'claimed') return 'sent'
    if (happening.type === 'lifeEnded') return attempts > 0 ? 'unconfirmed' : 'expired'
    if (happening.type === 'answered' && attempts > 0) return afterAnswer(happening.ok)
    if (happening.type === 'cancelled') return 'cancelled'
    return null
  }
  if (state === 'sent') {
    if (happening.type === 'answered') return afterAnswer(happening.ok)
    if (happening.type === 'cameBack') return 'done'
    if (happening.type === 'silence') return happening.again ? 'queued' : 'unconfirmed'
    return null
  }
  if (state === 'done' && happening.type === 'contradicted') return 'failed'
  if (state === 'unconfirmed' && happening.type === 'answered' && happening.ok !== null)
    return afterAnswer(happening.ok)
  return null
}

/** True when nothing more is expected. */
export function isFinal(state: CommandStateName): boolean {
  return state !== 'queued' && state !== 'sent'
}

function afterAnswer(ok: boolean | null): CommandStateName {
  if (ok === null) return 'unconfirmed'
  return ok ? 'done' : 'failed'
}
