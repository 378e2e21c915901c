import type { Correction, TerminalState } from '../rules/types.ts'
import { at, type Given, punch, shift, terminal } from './build-evaluation.ts'

/** What a day has to come out as; what is left out is not looked at. Minutes, and wall clocks as `HH:MM`. */
export interface TortureExpectation {
  readonly status?: string
  readonly worked?: number
  readonly in?: string | null
  readonly out?: string | null
  readonly late?: number
  readonly early?: number
  readonly overtime?: number
  readonly rest?: number
  readonly count?: number
  readonly found?: readonly string[]
  readonly state?: string
  /** Worked minutes that the difference of a closed day would add. */
  readonly delta?: number | null
}

export interface TortureCase {
  readonly group: string
  readonly name: string
  readonly date: string
  readonly zone: string
  /** As `build-evaluation.ts` reads them: `in 08:00`, `out +1 06:00`. */
  readonly punches: readonly string[]
  /** Hours of the shift on the date, and of others by date. */
  readonly hours?: string | readonly string[]
  readonly plan?: Given['plan']
  /** What else is given, and the same in words. */
  readonly more?: Given
  readonly also?: string
  readonly expect: TortureExpectation
}

export const berlin = 'Europe/Berlin'
export const monday = '2026-03-02'
const closedAt = at('2026-04-01 12:00')
export const march = {
  id: 'k1',
  kind: 'period',
  fromDate: '2026-03-01',
  toDate: '2026-03-31',
  closedAtMs: closedAt,
  by: 'hr',
} as const
export const fact = { by: 'hr', reason: 'Asked the guard', atMs: at(`${monday} 18:00`) }
export const added = (local: string, direction: 'CheckIn' | 'CheckOut', estimated = false): Correction => ({
  ...fact,
  id: `add ${local}`,
  kind: 'add_punch',
  estimated,
  punch: punch(`${monday} ${local}`, direction, { id: `added ${local}` }),
})
export const onMonday = (
  group: string,
  name: string,
  punches: readonly string[],
  rest: Omit<TortureCase, 'group' | 'name' | 'date' | 'zone' | 'punches'>,
): TortureCase => ({
  group,
  name,
  date: monday,
  zone: berlin,
  punches,
  ...rest,
})
export const east = (offlineFrom: string): TerminalState =>
  terminal(at(`${monday} ${offlineFrom}`), { offlineSinceMs: at(`${monday} ${offlineFrom}`) })

/** The shift of a case as the builder makes it. */
export function shiftsOf({ hours }: TortureCase) {
  if (hours === undefined) return []
  return (typeof hours === 'string' ? [hours] : hours).map(text => shift(text))
}
