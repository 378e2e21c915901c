import type { z } from 'zod'
import type { Direction } from '#contract/entities/punch.ts'
import type { ParsedPunch } from '../device/protocol/attendance/attlog.ts'
import { inputTypeOf, punchTypeOf } from '../device/protocol/codes.ts'
import { isImplausibleTime } from '../device/protocol/device-time.ts'
import { localAt, readLocalTime } from '../time/zone.ts'

/** The terminal a punch came from, as far as its reading depends on it. */
export interface PunchSource {
  readonly sn: string
  readonly zone: string
  /** Table its verify codes are from; the standard one where absent. */
  readonly verifyCodes?: 'standard' | 'tft'
  /** How far its clock was ahead when that was measured last, in milliseconds; null while nothing is known. */
  readonly skewMs?: number | null
}

/** A punch ready to be kept: everything decided that can be decided without the store. */
export interface ReadPunch {
  readonly sn: string
  readonly employee_code: string
  readonly local_time: string
  readonly local_day: string
  readonly local_minute: number
  readonly zone: string
  readonly offset_minutes: number
  readonly instant: number
  readonly status: number | null
  readonly verify: number | null
  readonly direction: z.output<typeof Direction>
  readonly modality: string
  readonly side: 'in' | 'out' | 'other'
  readonly work_code: string | null
  readonly temperature: number | null
  readonly mask: number | null
  readonly flags: string
  readonly clock_skew_ms: number | null
  readonly received_at: number
  readonly raw: string
  readonly identity: string
}

const lateAfterMs = 5 * 60_000
/** A punch further behind has waited in the terminal, or its clock is wrong; one alone cannot tell. */
const bufferedAfterMs = 60_000

/**
 * From what the terminal wrote to what a punch means: local clock as sent, zone and instant beside it, contract words
 * for direction and method. `live` says that it came alone, as it happened: then it measures the clock itself, else it
 * carries what was measured last.
 */
export function interpretPunch(
  punch: ParsedPunch,
  source: PunchSource,
  receivedAt: number,
  live: boolean,
): ReadPunch {
  const when = readWhen(punch, source.zone, receivedAt)
  const implausible = isImplausibleTime(
    { local: when.local },
    { local: localAt(receivedAt, source.zone).local, epochSeconds: Math.floor(receivedAt / 1000) },
  )
  const skew = when.instant - receivedAt
  const known = source.skewMs ?? null
  const measured = live && !implausible && skew >= -bufferedAfterMs
  const flags = [
    ...(implausible ? ['implausible_time'] : []),
    ...(!implausible && (known ?? 0) - skew > lateAfterMs ? ['late_arrival'] : []),
    ...(when.uncertain ? ['estimated_instant'] : []),
  ]
  const direction = punchTypeOf(punch.status) ?? 'None'
  return {
    sn: source.sn,
    employee_code: punch.pin,
    local_time: when.local,
    local_day: when.local.slice(0, 10),
    local_minute: Number(when.local.slice(11, 13)) * 60 + Number(when.local.slice(14, 16)),
    zone: source.zone,
    offset_minutes: when.offsetMinutes,
    instant: when.instant,
    status: punch.status,
    verify: punch.verify,
    direction,
    modality: (inputTypeOf(punch.verify, source.verifyCodes).inputType ?? 'Others').toLowerCase(),
    side: direction === 'None' ? 'other' : direction.endsWith('In') ? 'in' : 'out',
    work_code: punch.workCode,
    temperature: punch.temperature,
    mask: punch.mask === null ? null : punch.mask ? 1 : 0,
    flags: flags.join(' '),
    clock_skew_ms: measured ? skew : known,
    received_at: receivedAt,
    raw: punch.raw.slice(0, 2000),
    // As sent, so that a changed zone or parser does not make an old punch a new one (iclock-push 14). The time comes
    // first: punches arrive in its order, and the index then grows at its end.
    identity: [
      punch.time.epochSeconds ?? when.local,
      punch.pin,
      punch.status ?? '',
      punch.verify ?? '',
      when.statedOffset ?? '',
    ].join('|'),
  }
}

interface When {
  readonly local: string
  readonly instant: number
  readonly offsetMinutes: number
  readonly uncertain: boolean
  readonly statedOffset: number | null
}

function readWhen(punch: ParsedPunch, zone: string, receivedAt: number): When {
  if (punch.time.epochSeconds !== undefined) {
    const instant = punch.time.epochSeconds * 1000
    return { ...localAt(instant, zone), instant, uncertain: false, statedOffset: null }
  }
  const { local } = punch.time
  if (punch.offsetSeconds !== null && Math.abs(punch.offsetSeconds) <= 14 * 3600) {
    const instant = Date.parse(`${local.replace(' ', 'T')}Z`) - punch.offsetSeconds * 1000
    return {
      local,
      instant,
      offsetMinutes: Math.round(punch.offsetSeconds / 60),
      uncertain: false,
      statedOffset: punch.offsetSeconds,
    }
  }
  return { local, ...readLocalTime(local, zone, receivedAt), statedOffset: null }
}
