import { setImmediate } from 'node:timers/promises'
import type { DeviceRow } from '../../store/devices.ts'
import type { Reader } from '../../store/index.ts'
import { punchesOfPeople } from '../../store/person-punches.ts'
import { doorSightings, usersOfTerminal } from '../../store/repairs.ts'
import { localAt, plannedInstant, readLocalTime, shiftDay } from '../../time/zone.ts'
import { openPlans } from '../plan/read-plans.ts'
import { type LikelyPunch, likelyPunches, type RepairPerson, type RepairWindow } from './likely-punches.ts'

export interface ProposedPunch extends LikelyPunch {
  readonly employeeCode: string
  /** Wall clock of the terminal. */
  readonly localTime: string
}

export interface Proposal {
  readonly punches: readonly ProposedPunch[]
  readonly considered: number
}

const historyDays = 28
const peopleAtOnce = 50

/** Who was probably at a terminal between two of its wall clocks, `YYYY-MM-DD HH:MM:SS`. */
export async function proposeRepair(
  reader: Reader,
  device: DeviceRow,
  { from, to, nowMs }: { readonly from: string; readonly to: string; readonly nowMs: number },
): Promise<Proposal> {
  const { sn, zone } = device
  const [fromDay, toDay] = [from.slice(0, 10), to.slice(0, 10)]
  const window = windowOf(from, to, zone)
  const codes = await usersOfTerminal(reader, sn, shiftDay(fromDay, -historyDays))
  const plans = await openPlans(reader, fromDay, toDay, nowMs)
  const punches: ProposedPunch[] = []
  for (let at = 0; at < codes.length; at += peopleAtOnce) {
    const some = codes.slice(at, at + peopleAtOnce)
    const range = { fromDay: shiftDay(fromDay, -historyDays), toDay: shiftDay(toDay, 1), devices: null }
    const [rows, planOf, doors] = await Promise.all([
      punchesOfPeople(reader, range, some),
      plans.of(some),
      doorSightings(reader, some, { fromDay, toDay, butNot: sn }),
    ])
    const labels = await labelsOf(reader, [...new Set(rows.map(row => row.sn))])
    const rowsOf = Map.groupBy(rows, row => row.employee_code)
    const doorsOf = Map.groupBy(doors, ({ code }) => code)
    for (const employeeCode of some) {
      const own = (rowsOf.get(employeeCode) ?? []).filter(({ flags }) => !flags.includes('implausible_time'))
      const plan = planOf.get(employeeCode)
      const isWithin = (date: string) => fromDay <= date && date <= toDay
      const person: RepairPerson = {
        punches: own.map(row => ({
          instantMs: row.instant,
          date: row.local_time.slice(0, 10),
          minute: Number(row.local_time.slice(11, 13)) * 60 + Number(row.local_time.slice(14, 16)),
        })),
        shifts: (plan?.plan?.days ?? [])
          .filter(({ date }) => isWithin(date))
          .flatMap(({ shifts }) => shifts.slice(0, 1).map(shiftTimes)),
        plannedDates: new Set((plan?.plan?.days ?? []).map(({ date }) => date)),
        leaveDates: new Set(
          (plan?.calendar ?? []).filter(({ portion }) => portion === 'full').map(({ date }) => date),
        ),
        seen: [
          ...own
            .filter(row => row.sn !== sn && isWithin(row.local_time.slice(0, 10)))
            .map(row => ({ where: labels.get(row.sn) ?? row.sn, localTime: row.local_time })),
          ...(doorsOf.get(employeeCode) ?? []),
        ].map(({ where, localTime }) => ({ where, localTime, date: localTime.slice(0, 10) })),
      }
      for (const likely of likelyPunches(person, window))
        punches.push({ ...likely, employeeCode, localTime: localAt(likely.instantMs, zone).local })
    }
    await setImmediate()
  }
  return { punches, considered: codes.length }
}

function windowOf(from: string, to: string, zone: string): RepairWindow {
  const days: { date: string; startMs: number }[] = []
  for (let date = from.slice(0, 10); date <= to.slice(0, 10); date = shiftDay(date, 1))
    days.push({ date, startMs: plannedInstant(`${date} 00:00:00`, zone) })
  return { fromMs: readLocalTime(from, zone, 0).instant, toMs: readLocalTime(to, zone, 0).instant, days }
}

function shiftTimes(planned: {
  readonly date: string
  readonly zone: string
  readonly shift: {
    readonly periods: readonly { readonly startMinute: number; readonly endMinute: number }[]
  }
}) {
  const at = (minute: number) => {
    const day = shiftDay(planned.date, Math.floor(minute / 1440))
    const rest = minute % 1440
    const clock = `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}:00`
    return plannedInstant(`${day} ${clock}`, planned.zone)
  }
  const { periods } = planned.shift
  return {
    date: planned.date,
    startMs: at(periods[0]?.startMinute ?? 0),
    endMs: at(periods.at(-1)?.endMinute ?? 0),
  }
}

async function labelsOf(reader: Reader, sns: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (sns.length === 0) return new Map()
  const rows = await reader
    .selectFrom('device')
    .select(['sn', 'label'])
    .where('sn', 'in', [...sns])
    .execute()
  return new Map(rows.map(({ sn, label }) => [sn, label]))
}
