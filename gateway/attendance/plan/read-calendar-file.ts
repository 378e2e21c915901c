import ICAL from 'ical.js'
import { isRealDateTime } from '#contract/primitives.ts'
import { shiftDay } from '../../time/zone.ts'
import type { Holiday } from './change-calendar.ts'

export interface CalendarFile {
  /** In order of dates, each once; of several events on a date the first in the file. */
  readonly days: readonly Holiday[]
  readonly faults: readonly { readonly event: string; readonly fault: string }[]
}

/** Occurrences of one event looked at, and days of one of them: holidays are far below, mistakes far above. */
const occurrencesMax = 4_000
const daysOfOneMax = 62
const frequencies = new Set(['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'])

/**
 * Holidays of an iCalendar text (RFC 5545) within a range of days, both inclusive: all-day events of several days,
 * those that come again by RRULE, less EXDATE. Never throws; what cannot be read is a fault with the event's name.
 * Cancelled events are left out.
 */
export function readCalendarFile(
  text: string,
  range: { readonly fromDate: string; readonly toDate: string },
): CalendarFile {
  const days = new Map<string, Holiday>()
  const faults: { event: string; fault: string }[] = []
  let events: InstanceType<typeof ICAL.Component>[] = []
  try {
    const parsed: unknown = ICAL.parse(text)
    // A file may hold several calendars one after the other; the parser then gives a list of them.
    const roots = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed]
    events = roots.flatMap(root => new ICAL.Component(root).getAllSubcomponents('vevent'))
    if (events.length === 0) faults.push({ event: '', fault: 'There are no events in it' })
  } catch (error) {
    faults.push({ event: '', fault: `This is not an iCalendar text: ${messageOf(error)}` })
  }
  events.forEach((component, at) => {
    const name = `Event ${at + 1}`
    try {
      for (const day of daysOf(component, range)) if (!days.has(day.date)) days.set(day.date, day)
    } catch (error) {
      faults.push({ event: titleOf(component) || name, fault: messageOf(error) })
    }
  })
  return { days: [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)), faults }
}

function* daysOf(
  component: InstanceType<typeof ICAL.Component>,
  { fromDate, toDate }: { readonly fromDate: string; readonly toDate: string },
): Generator<Holiday> {
  if (component.getFirstPropertyValue('status') === 'CANCELLED') return
  const event = new ICAL.Event(component)
  if (!event.startDate) throw new Error('It has no DTSTART')
  requireReal(component, 'dtstart')
  requireReal(component, 'dtend')
  const name = titleOf(component)
  if (name === '') throw new Error('It has no SUMMARY')
  const length = lengthInDays(event)
  for (const start of startsOf(event, component, toDate))
    for (let day = 0; day < length; day += 1) {
      const date = shiftDay(start, day)
      if (fromDate <= date && date <= toDate) yield { date, name, portion: 'full' }
    }
}

/** First days of an event up to a date, as the event writes them. */
function* startsOf(
  event: InstanceType<typeof ICAL.Event>,
  component: InstanceType<typeof ICAL.Component>,
  toDate: string,
): Generator<string> {
  if (!event.isRecurring()) {
    yield dateOf(event.startDate)
    return
  }
  for (const rule of component.getAllProperties('rrule')) {
    const value = rule.getFirstValue()
    const often = value instanceof ICAL.Recur ? value.freq : ''
    if (!frequencies.has(often)) throw new Error(`It comes again ${often || 'by a rule that cannot be read'}`)
    if (value instanceof ICAL.Recur) requirePossible(value)
  }
  const occurrences = event.iterator()
  for (let count = 0; ; count += 1) {
    if (count > occurrencesMax) throw new Error('It comes again too often')
    const next = occurrences.next()
    // The library says of no further occurrence that it is undefined or null.
    if (!next) return
    const date = dateOf(next)
    if (date > toDate) return
    yield date
  }
}

/** The library turns a day that does not exist into one of the next month without a word. */
function requireReal(component: InstanceType<typeof ICAL.Component>, property: string): void {
  const [, , , value] = (component.getFirstProperty(property)?.jCal ?? []) as readonly unknown[]
  if (typeof value === 'string' && !isRealDateTime(value.slice(0, 10)))
    throw new Error('It has a date that does not exist')
}

/** A thirtieth of February is searched for ever. */
function requirePossible(rule: InstanceType<typeof ICAL.Recur>): void {
  const parts = rule.parts as Readonly<Record<string, readonly (number | string)[] | undefined>>
  const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const months = parts.BYMONTH?.map(Number) ?? longest.map((_, at) => at + 1)
  const days = parts.BYMONTHDAY?.map(Number)
  const fits = (day: number) => months.some(month => Math.abs(day) <= (longest[month - 1] ?? 0))
  if (days && !days.some(fits)) throw new Error('It comes on a day that no month has')
}

function lengthInDays(event: InstanceType<typeof ICAL.Event>): number {
  const from = dateOf(event.startDate)
  const end = event.endDate ?? event.startDate
  // DTEND of an all-day event is the day after; of a timed one the day it is still on.
  const last = end.isDate ? shiftDay(dateOf(end), -1) : dateOf(end)
  const days = Math.round((Date.parse(last) - Date.parse(from)) / 86_400_000) + 1
  if (days > daysOfOneMax) throw new Error(`It lasts ${days} days, more than ${daysOfOneMax}`)
  return Math.max(1, Number.isFinite(days) ? days : 1)
}

function dateOf({ year, month, day }: { year: number; month: number; day: number }): string {
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  if (!isRealDateTime(date)) throw new Error('It has a date that does not exist')
  return date
}

function titleOf(component: InstanceType<typeof ICAL.Component>): string {
  const summary = component.getFirstPropertyValue('summary')
  return typeof summary === 'string'
    ? summary
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, 120)
    : ''
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200)
}
