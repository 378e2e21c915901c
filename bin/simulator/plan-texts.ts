import { randomFor } from './random.ts'
import type { SimulatedPerson, SimulatedPlace, SimulatedSite } from './site.ts'
import { awayFor, dayNumber, homeWeekday, productionHalf, securityRest } from './workdays.ts'

const dayMs = 86_400_000
/** Since when the simulated customer plans; before the history of any start. */
const plannedSince = '2020-01-01'

/** Departments with their people, as a personnel system would hand them over. The sites have none in common. */
export function departmentsText({ people }: SimulatedSite): string {
  return csv([
    ['Department', 'Site', 'EmployeeCode'],
    ...people.map(person => [person.department, person.site, person.code]),
  ])
}

/** Who works what: single-shift departments as a whole, production and security person by person. */
export function assignmentsText({ people }: SimulatedSite, seed: number): string {
  const crews = Map.groupBy(people, person => person.department)
  const rows: string[][] = []
  for (const [department, crew] of crews) {
    const shifts = new Set(crew.map(person => person.shift))
    const [only] = shifts
    if (shifts.size === 1 && only === 'day')
      rows.push([department, '', only, '', 'Mon-Fri', '', plannedSince, ''])
    else rows.push(...crew.map(person => ownRow(person, seed)))
  }
  const head = [
    'Department',
    'EmployeeCode',
    'Shift',
    'Rotation',
    'Weekdays',
    'OffsetDays',
    'FromDate',
    'WorksHolidays',
  ]
  return csv([head, ...rows])
}

function ownRow(person: SimulatedPerson, seed: number): string[] {
  const { code, shift, department } = person
  if (department === 'Security')
    return ['', code, '', `security-${shift}`, '', String(securityRest(person, seed)), plannedSince, 'yes']
  if (shift === 'office') {
    const home = homeWeekday(person, seed) + 1
    const weekdays = [1, 2, 3, 4, 5].filter(day => day !== home).join('')
    return ['', code, shift, '', weekdays, '', plannedSince, '']
  }
  if (shift === 'day' || person.site !== 'Pune plant')
    return ['', code, shift, '', 'Mon-Fri', '', plannedSince, '']
  return ['', code, '', `${shift}-crews`, '', String(7 * productionHalf(person, seed)), plannedSince, '']
}

/** Vacation, days at home and most sick days around a moment; the rest nobody has told, as in life. */
export function leaveText({ people, sites }: SimulatedSite, seed: number, nowMs: number): string {
  const from = Math.floor(nowMs / dayMs) - 75
  const rows = people.flatMap(person => {
    const site = sites.find(({ name }) => name === person.site)
    return site ? leaveRows(site, person, seed, from) : []
  })
  return csv([['EmployeeCode', 'FromDate', 'ToDate', 'Kind', 'Note'], ...rows])
}

function leaveRows(site: SimulatedPlace, person: SimulatedPerson, seed: number, from: number): string[][] {
  const rows: string[][] = []
  let open: { kind: string; note: string; first: string; last: string } | null = null
  const close = () => {
    if (open && isTold(person, seed, open.kind, open.first))
      rows.push([person.code, open.first, open.last, open.kind, open.note])
    open = null
  }
  for (let day = from; day <= from + 110; day += 1) {
    const date = new Date(day * dayMs).toISOString().slice(0, 10)
    const away = awayFor(site, person, date, seed)
    if (away === 'weekend' || away === 'closed' || away === 'rest') continue
    const leave = leaveOf(away, person, seed, date)
    if (leave === null) close()
    else if (open?.kind === leave.kind && open.note === leave.note) open.last = date
    else {
      close()
      open = { ...leave, first: date, last: date }
    }
  }
  close()
  return rows
}

function leaveOf(away: ReturnType<typeof awayFor>, person: SimulatedPerson, seed: number, date: string) {
  if (away === 'vacation') return { kind: 'vacation', note: '' }
  if (away === 'sick') return { kind: 'sick', note: '' }
  // The usual day at home is not planned at all.
  const isUsual = (dayNumber(date) + 3) % 7 === homeWeekday(person, seed)
  return away === 'home' && !isUsual ? { kind: 'other', note: 'Working from home' } : null
}

function isTold(person: SimulatedPerson, seed: number, kind: string, first: string): boolean {
  const share = { vacation: 1, sick: 0.7 }[kind] ?? 0.85
  return randomFor(seed, 'told', person.code, first).chance(share)
}

/** Holidays of a site as an iCalendar text, each year anew. */
export function holidaysText(site: SimulatedPlace): string {
  const events = site.holidays.flatMap(date => [
    'BEGIN:VEVENT',
    `UID:${date}@${site.name.toLowerCase().replaceAll(' ', '-')}.simulated`,
    `DTSTART;VALUE=DATE:2020${date.replace('-', '')}`,
    'RRULE:FREQ=YEARLY',
    `SUMMARY:${holidayNames[`${site.name} ${date}`] ?? holidayNames[date] ?? 'Holiday'}`,
    'END:VEVENT',
  ])
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gatehouse//Simulated site//EN',
    ...events,
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}

const holidayNames: Readonly<Record<string, string>> = {
  '01-01': "New Year's Day",
  '01-26': 'Republic Day',
  '04-25': 'Freedom Day',
  '05-01': 'Labour Day',
  '06-10': 'Portugal Day',
  '08-15': 'Independence Day',
  'Lisbon office 08-15': 'Assumption Day',
  '10-02': 'Gandhi Jayanti',
  '10-05': 'Republic Day',
  '11-01': "All Saints' Day",
  '12-01': 'Restoration of Independence',
  '12-08': 'Immaculate Conception',
  '12-25': 'Christmas Day',
}

/** Names and codes hold no commas or quotes, so that cells need none. */
function csv(rows: readonly (readonly string[])[]): string {
  return `${rows.map(cells => cells.join(',')).join('\r\n')}\r\n`
}
