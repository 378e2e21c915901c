import { Temporal } from 'temporal-polyfill'

export interface ZonedReading {
  /** Epoch milliseconds. */
  readonly instant: number
  readonly offsetMinutes: number
  /** True where the wall clock alone does not say which moment it was: an hour that came twice or never. */
  readonly uncertain: boolean
}

const cacheMax = 20_000
const cache = new Map<string, { first: ZonedReading; second: ZonedReading }>()
const secondsFuture = 120_000

/**
 * The moment a wall clock showed `local` (`YYYY-MM-DD HH:MM:SS`) in an IANA zone. In an hour that comes twice the
 * first occurrence is taken, unless the receive time fits the second (iclock-push 14).
 */
export function readLocalTime(local: string, zone: string, receivedAt: number): ZonedReading {
  const minute = local.slice(0, 16)
  const key = `${zone} ${minute}`
  const known = cache.get(key) ?? remember(key, minute, zone)
  const { first, second } = known
  const seconds = Number(local.slice(17, 19)) * 1000
  const later = second.instant + seconds
  const fitsSecond = first.uncertain && later <= receivedAt + secondsFuture && receivedAt - later < 900_000
  const chosen = fitsSecond ? second : first
  return { ...chosen, instant: chosen.instant + seconds }
}

function remember(key: string, minute: string, zone: string): { first: ZonedReading; second: ZonedReading } {
  const plain = Temporal.PlainDateTime.from(minute.replace(' ', 'T'))
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' })
  const uncertain = earlier.epochMilliseconds !== later.epochMilliseconds
  const read = (at: Temporal.ZonedDateTime): ZonedReading => ({
    instant: at.epochMilliseconds,
    offsetMinutes: Math.round(at.offsetNanoseconds / 6e10),
    uncertain,
  })
  const entry = { first: read(earlier), second: read(later) }
  if (cache.size >= cacheMax) cache.clear()
  cache.set(key, entry)
  return entry
}

/** Wall clock and offset of a moment in a zone. */
export function localAt(instant: number, zone: string): { local: string; offsetMinutes: number } {
  const offsetMs = offsetAt(instant, zone)
  return {
    local: new Date(instant + offsetMs).toISOString().slice(0, 19).replace('T', ' '),
    offsetMinutes: Math.round(offsetMs / 60_000),
  }
}

const offsets = new Map<string, number>()

/** Zones change their offset at whole minutes, so one answer serves a minute: every contact of a terminal asks. */
function offsetAt(instant: number, zone: string): number {
  const minute = Math.floor(instant / 60_000)
  const key = `${zone} ${minute}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const at = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(zone)
  const offsetMs = at.offsetNanoseconds / 1e6
  if (offsets.size >= cacheMax) offsets.clear()
  offsets.set(key, offsetMs)
  return offsetMs
}

/** `GMT +HHMM`, no colon: what receivers in the wild parse (cams-gateway 2.2). */
export function formatOffset(offsetMinutes: number): string {
  const sign = offsetMinutes < 0 ? '-' : '+'
  const minutes = Math.abs(offsetMinutes)
  return `GMT ${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`
}

/** A wall clock some minutes earlier or later, without asking any zone. */
export function shiftMinutes(local: string, minutes: number): string {
  const at = Temporal.PlainDateTime.from(local.replace(' ', 'T')).add({ minutes })
  return at.toString({ smallestUnit: 'second' }).replace('T', ' ')
}

/** The same by seconds. */
export function shiftSeconds(local: string, seconds: number): string {
  const at = Temporal.PlainDateTime.from(local.replace(' ', 'T')).add({ seconds })
  return at.toString({ smallestUnit: 'second' }).replace('T', ' ')
}

/**
 * The day so many whole days before or after a `YYYY-MM-DD`; throws on what is no day. Every day is asked for many
 * times over, and plain arithmetic in UTC costs a twentieth of Temporal, which keeps what is not quite plain.
 */
export function shiftDay(day: string, days: number): string {
  const at = plainDay.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  const to = at + days * 86_400_000
  // A thirtieth of February is read as a day of March.
  if (to >= firstPlain && to <= lastPlain && new Date(at).getUTCDate() === Number(day.slice(8)))
    return new Date(to).toISOString().slice(0, 10)
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

const plainDay = /^\d{4}-\d\d-\d\d$/
const firstPlain = Date.parse('0001-01-01T00:00:00Z')
const lastPlain = Date.parse('9999-12-31T00:00:00Z')

/**
 * The moment at which a wall clock shows `local` by plan. In an hour that comes twice the first one is meant; a time
 * that is skipped is as much later as the clock was put forward, so that what was planned keeps its length.
 */
export function plannedInstant(local: string, zone: string): number {
  const minute = local.slice(0, 16)
  const { first, second } = cache.get(`${zone} ${minute}`) ?? remember(`${zone} ${minute}`, minute, zone)
  const shown = localAt(first.instant, zone).local.slice(0, 16)
  return (shown === minute ? first : second).instant
}
