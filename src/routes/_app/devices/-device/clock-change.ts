import type { OperationAnswer } from '#contract/types.ts'
import type { Tone } from '../../../../components/badge/badge.tsx'
import { dayRange, shiftDay } from '../../../../format/day.ts'
import { readOffset, zoneOffset } from '../../../../format/offset.ts'
import { terminalWords } from '../../../../words/terminal.ts'
import { askerOf } from './asker.ts'

export type DeviceClock = OperationAnswer<'devices.clock'>
export type ClockChange = DeviceClock['Changes'][number]

type Outcome = keyof typeof terminalWords.clock.outcomes

export const outcomeTones: Record<Outcome, Tone> = {
  done: 'ok',
  waiting: 'accent',
  failed: 'warn',
  seen: 'neutral',
}

/** What became of a change. Without a command nothing was asked of the terminal, so nothing could be answered. */
export function outcomeOf(change: Pick<ClockChange, 'CommandID' | 'Done' | 'CompletedAt'>): Outcome {
  if (change.CommandID === null) return 'seen'
  if (change.Done) return 'done'
  return change.CompletedAt === null ? 'waiting' : 'failed'
}

/** Who moved the clock. Offsets Gatehouse tells by itself; of the rest it is not always known who was behind it. */
export function actorOf({ Actor, Kind }: Pick<ClockChange, 'Actor' | 'Kind'>): string {
  const w = terminalWords.clock
  if (Actor !== null) return askerOf(Actor)
  return Kind === 'Offset' ? w.byItself : w.byUnknown
}

/** The offset a terminal should know by now, where that is another than it was told; else null. */
export function missedOffset(
  { ToldOffset, TimeZone }: Pick<DeviceClock, 'ToldOffset' | 'TimeZone'>,
  now: number,
): number | null {
  const told = ToldOffset === null ? null : readOffset(ToldOffset)
  const due = zoneOffset(TimeZone, now)
  return told === null || due === null || told === due ? null : due
}

/** The last `days` days up to today, today among them. */
export function lastDays(
  today: string,
  days: number,
): { readonly FromDate: string; readonly ToDate: string } {
  const { from, to } = dayRange({ from: shiftDay(today, 1 - days) }, today)
  return { FromDate: from, ToDate: to }
}

/** Every calendar day of a range. */
export function daysOf({
  FromDate,
  ToDate,
}: {
  readonly FromDate: string
  readonly ToDate: string
}): string[] {
  const days: string[] = []
  for (let day = FromDate; day <= ToDate; day = shiftDay(day, 1)) days.push(day)
  return days
}
