import { OperationError } from '#contract/errors.ts'
import { completeThrough, waitingFor } from '../attendance/rules/certainty.ts'
import { terminalState } from '../attendance/terminal-states.ts'
import { toIso } from '../store/devices.ts'
import { type TerminalContact, terminalContacts } from '../store/person-punches.ts'
import { type DeviceDayCount, punchesByDeviceDay } from '../store/terminal-statements.ts'
import { plannedInstant, shiftDay } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'
import { readRange } from './range.ts'
import { requireKnown, visibleDevices } from './scope.ts'

const daysMax = 62

/** Every day of a range, both inclusive. Raises INVALID_DATE where there are too many. */
export function daysBetween(from: string, to: string, max: number): string[] {
  const days: string[] = []
  for (let day = from; day <= to; day = shiftDay(day, 1)) {
    days.push(day)
    if (days.length > max)
      throw new OperationError('INVALID_DATE', { field: 'ToDate', detail: `At most ${max} days at once` })
  }
  return days
}

export const dayCompletenessHandlers = {
  async 'attendance.dayCompleteness'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const contacts = (await terminalContacts(call.deps.store.read, sns)).filter(
      ({ site }) => input.Site === undefined || site === input.Site,
    )
    return { status: 200, body: { Days: await statements(call, contacts, input) } }
  },
} satisfies Pick<Handlers, 'attendance.dayCompleteness'>

export const deviceDayHandlers = {
  async 'devices.days'(input, call) {
    await requireKnown(call, input.DeviceSN)
    const { read } = call.deps.store
    const contacts = await terminalContacts(read, [input.DeviceSN])
    const stated = await read
      .selectFrom('terminal_statement')
      .select('logs')
      .where('sn', '=', input.DeviceSN)
      .executeTakeFirst()
    return {
      status: 200,
      body: { Days: await statements(call, contacts, input), StatedLogs: stated?.logs ?? null },
    }
  },
} satisfies Pick<Handlers, 'devices.days'>

async function statements(
  call: Call,
  contacts: readonly TerminalContact[],
  range: { readonly FromDate: string; readonly ToDate: string },
) {
  const { store, clock } = call.deps
  const { from, to } = readRange(range)
  const days = daysBetween(from.slice(0, 10), to.slice(0, 10), daysMax)
  const found = await punchesByDeviceDay(
    store.read,
    contacts.map(({ sn }) => sn),
    days,
  )
  const counts = new Map(found.map(count => [`${count.sn} ${count.day}`, count]))
  const now = clock.now()
  return contacts.flatMap(contact =>
    days.map(day => statement(contact, day, counts.get(`${contact.sn} ${day}`), now)),
  )
}

function statement(contact: TerminalContact, day: string, count: DeviceDayCount | undefined, now: number) {
  const state = terminalState(contact)
  const end = plannedInstant(`${shiftDay(day, 1)} 00:00:00`, contact.zone)
  const begin = plannedInstant(`${day} 00:00:00`, contact.zone)
  const [missing] = waitingFor([state], end)
  // Of a day that runs it is only said what is wrong by now; that the rest is to come goes without saying.
  const isRunning = now < end
  const isShown = missing !== undefined && (!isRunning || (missing.why !== 'not_stated' && begin <= now))
  return {
    DeviceSN: contact.sn,
    LabelName: contact.label,
    Site: contact.site,
    TimeZone: contact.zone,
    Date: day,
    State:
      missing === undefined ? ('complete' as const) : isRunning ? ('running' as const) : ('missing' as const),
    Why: isShown ? missing.why : null,
    Since: isShown ? missing.sinceLocal : null,
    CompleteThrough: toIso(completeThrough(state)),
    Held: contact.held,
    StatedAt: toIso(contact.stated_at),
    Punches: count?.punches ?? 0,
    LastPunch: count?.last ?? null,
  }
}
