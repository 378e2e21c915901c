import { readLocalTime, shiftDay } from '../../time/zone.ts'
import { type Evaluation, evaluate } from '../evaluate.ts'
import { defaultPolicy } from '../rules/policy.ts'
import type { BandKind, DayResult, ShiftResult } from '../rules/results.ts'
import type {
  BreakRule,
  Period,
  Plan,
  PlannedDay,
  Policy,
  Punch,
  PunchDirection,
  Shift,
  TerminalState,
} from '../rules/types.ts'

export const berlin = 'Europe/Berlin'

/** Epoch ms of a wall clock, `YYYY-MM-DD HH:MM[:SS]`. */
export function at(local: string, zone = berlin): number {
  return readLocalTime(`${local}:00`.slice(0, 19), zone, 0).instant
}

/** A punch at a wall clock; its id is the time unless another is given. */
export function punch(local: string, direction: PunchDirection = 'None', more: Partial<Punch> = {}): Punch {
  const zone = more.zone ?? berlin
  const localTime = `${local}:00`.slice(0, 19)
  const { instant, offsetMinutes } = readLocalTime(localTime, zone, more.receivedAtMs ?? 0)
  return {
    id: local,
    instantMs: instant,
    localTime,
    zone,
    offsetMinutes,
    direction,
    modality: 'face',
    deviceSn: 'GATE1',
    site: 'Main',
    clockSkewMs: 0,
    flags: [],
    receivedAtMs: instant,
    ...more,
  }
}

const keys: Readonly<Record<string, PunchDirection>> = {
  in: 'CheckIn',
  out: 'CheckOut',
  '-': 'None',
  pause: 'BreakOut',
  back: 'BreakIn',
  extra: 'OverTimeIn',
  done: 'OverTimeOut',
}

/** Punches of one date or several: `'in 08:00'`, `'out +1 06:00'` for the day after, `'- 12:00'` without a key. */
export function punches(date: string, entries: readonly string[], more: Partial<Punch> = {}): Punch[] {
  return entries.map(entry => {
    const [key = '-', ...rest] = entry.split(' ')
    const days = rest[0]?.startsWith('+') ? Number(rest.shift()) : 0
    return punch(`${shiftDay(date, days)} ${rest[0]}`, keys[key] ?? 'None', more)
  })
}

/** `'08:00-17:00'`; an end before its start is on the next day, `'08:00-+1 20:00'` says so outright. */
export function periods(...texts: string[]): Period[] {
  return texts.map(text => {
    const [start = '', end = ''] = text.split('-')
    const startMinute = minuteOf(start)
    const endMinute = minuteOf(end.replace('+1 ', '')) + (end.startsWith('+1') ? 1440 : 0)
    return { startMinute, endMinute: endMinute <= startMinute ? endMinute + 1440 : endMinute }
  })
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

export function shift(hours: string | readonly string[], more: Partial<Shift> = {}): Shift {
  const texts = typeof hours === 'string' ? [hours] : hours
  return {
    id: texts.join(' '),
    name: texts.join(' '),
    kind: 'fixed',
    periods: periods(...texts),
    breaks: [],
    requiredMinutes: null,
    core: null,
    rules: {},
    ...more,
  }
}

export const lunch = (text: string, paid = false): BreakRule => ({
  kind: 'fixed',
  ...(periods(text)[0] ?? { startMinute: 0, endMinute: 0 }),
  paid,
})

/** A plan of shifts per date; a date with none is a day off. */
export function plan(
  days: Readonly<Record<string, readonly Shift[]>>,
  { zone = berlin, homeSite = null }: { zone?: string; homeSite?: string | null } = {},
): Plan {
  return {
    zone,
    homeSite,
    days: Object.entries(days).map(
      ([date, shifts]): PlannedDay => ({
        date,
        shifts: shifts.map((own, index) => ({ id: `${date}#${index + 1}`, date, zone, shift: own })),
      }),
    ),
  }
}

/** In contact, and everything it recorded up to `atMs` is here. */
export function terminal(atMs: number, more: Partial<TerminalState> = {}): TerminalState {
  return {
    deviceSn: 'GATE1',
    label: 'East gate',
    zone: berlin,
    offlineSinceMs: null,
    statement: { atMs, lastLogMs: null, lastReceivedMs: null },
    ...more,
  }
}

/** Ten days after everything, all terminals complete. */
export const afterwards = at('2027-01-01 00:00')

export type Given = Partial<Omit<Evaluation, 'policy'>> & { readonly policy?: Partial<Policy> }

/** Evaluates with whatever is not given at rest. */
export function days(given: Given): DayResult[] {
  const { policy, ...rest } = given
  return evaluate({
    employeeCode: '7',
    range: { fromDate: '2026-01-01', toDate: '2026-12-31' },
    punches: [],
    plan: null,
    calendar: [],
    corrections: [],
    terminals: [terminal(afterwards)],
    closures: [],
    closedResults: [],
    nowMs: afterwards,
    ...rest,
    policy: { ...defaultPolicy, ...policy },
  })
}

/** The result of one date; throws when there is none. */
export function day(date: string, given: Given): DayResult {
  const found = days(given).find(result => result.date === date)
  if (!found) throw new Error(`no result for ${date}`)
  return found
}

/** One shift of a day by its place. */
export function shiftOf(result: DayResult, place = 0): ShiftResult {
  const found = result.shifts[place]
  if (!found) throw new Error(`no shift ${place} on ${result.date}`)
  return found
}

/** `HH:MM` of the punches of a shift, in their roles. */
export function rolesOf(result: ShiftResult): string[] {
  return result.punches.map(({ role, localTime }) => `${role} ${localTime.slice(11, 16)}`)
}

/** Kinds of what a reviewer should see. */
export function kindsOf(result: { readonly findings: DayResult['findings'] }): string[] {
  return result.findings.map(({ kind }) => kind).sort()
}

/** Minutes of a shift's timeline by kind. */
export function minutesOf(result: ShiftResult): Partial<Record<BandKind, number>> {
  const minutes: Partial<Record<BandKind, number>> = {}
  for (const { kind, fromMs, toMs } of result.bands)
    minutes[kind] = (minutes[kind] ?? 0) + (toMs - fromMs) / 60_000
  return minutes
}
