export type AlarmState = 'raised' | 'acknowledged' | 'assigned' | 'snoozed' | 'cleared'

export type AlarmHappening =
  /** It was heard of again. */
  | { readonly type: 'heard' }
  | { readonly type: 'acknowledge' }
  | { readonly type: 'assign' }
  | { readonly type: 'snooze' }
  /** The time it was to sleep is over. */
  | { readonly type: 'woke' }
  | { readonly type: 'clear' }

/**
 * State and happening to the next state, or null: refused, and nothing changes. What is heard again wakes nothing that
 * sleeps and takes nobody's hands off it; only a cleared one is raised anew. Somebody has to have it to be done with it,
 * which clearing says as well.
 */
export function nextAlarm(state: AlarmState, { type }: AlarmHappening): AlarmState | null {
  if (state === 'cleared') return type === 'heard' ? 'raised' : null
  switch (type) {
    case 'heard':
      return state
    case 'acknowledge':
      return state === 'assigned' ? null : 'acknowledged'
    case 'assign':
      return 'assigned'
    case 'snooze':
      return 'snoozed'
    case 'woke':
      return state === 'snoozed' ? 'raised' : null
    case 'clear':
      return 'cleared'
  }
}
