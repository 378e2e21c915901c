import { type Holiday, isWithin, type Window } from './windows.ts'

export type Decision =
  /** Nobody has said who may pass here. */
  | { readonly verdict: 'undecided' }
  | { readonly verdict: 'granted' }
  | { readonly verdict: 'refused'; readonly reason: 'no-right' | 'outside-window' }

/**
 * Whether somebody may pass at a wall clock of the terminal, from the windows of every schedule that lets them in; null
 * where the terminal has no schedules at all.
 */
export function decide(
  schedules: readonly (readonly Window[])[] | null,
  local: string,
  holidays: readonly Holiday[] = [],
): Decision {
  if (schedules === null) return { verdict: 'undecided' }
  if (schedules.length === 0) return { verdict: 'refused', reason: 'no-right' }
  return schedules.some(windows => isWithin(windows, local, holidays))
    ? { verdict: 'granted' }
    : { verdict: 'refused', reason: 'outside-window' }
}
