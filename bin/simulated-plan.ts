import { setTimeout } from 'node:timers/promises'
import { type Client, createClient } from '#contract/client.ts'
import { operations } from '#contract/operations/index.ts'
import { assignmentsText, departmentsText, holidaysText, leaveText } from './simulator/plan-texts.ts'
import { siteSeed } from './simulator/run-site.ts'
import { simulatedSite } from './simulator/site.ts'

interface Planning {
  /** Of the gateway's API, with `/v3`. */
  readonly url: string
  readonly token: string
  readonly nowMs: number
  readonly signal: AbortSignal
}

const askEveryMs = 400
const lunch = { Kind: 'automatic', AfterMinutes: 300, LengthMinutes: 60, Paid: false } as const
const pause = { Kind: 'automatic', AfterMinutes: 300, LengthMinutes: 30, Paid: true } as const
const hours = (from: number, to: number) => [{ StartMinute: from * 60, EndMinute: to * 60 }]
/** A Monday: crews of production work every other Saturday, half of them at a time. */
const crewWeeks = (shift: string) => [
  ...Array.from({ length: 6 }, () => [shift]),
  [],
  ...Array.from({ length: 5 }, () => [shift]),
  [],
  [],
]

/**
 * Plans the simulated site as a customer would, over the contract: shifts, rotations, departments, who works what,
 * holidays and leave. Waits until the terminals have told of everybody. False when it was stopped before that; running
 * it again changes nothing that is there.
 */
export async function planSimulatedSite({ url, token, nowMs, signal }: Planning): Promise<boolean> {
  const site = simulatedSite()
  const client = createClient({
    baseUrl: url,
    fetch,
    facts: operations,
    headers: () => ({ AuthToken: token, 'x-actor': 'simulated-site' }),
  })
  while (!(await everybodyIsKnown(client, site.people.length))) {
    await setTimeout(askEveryMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return false
  }
  await makeShifts(client)
  await makeRotations(client)
  await client.call('attendance.savePolicy', {
    Overtime: {
      Enabled: true,
      FromMinutes: 30,
      DailyCapMinutes: 240,
      WeeklyCapMinutes: null,
      OrdinaryMultiplier: 1.5,
      DayOffMultiplier: 2,
      HolidayMultiplier: 2,
    },
  })
  const year = new Date(nowMs).getUTCFullYear()
  for (const place of site.sites) {
    const Name = `${place.name} holidays`
    const CalendarID = place.name.toLowerCase().replaceAll(' ', '-')
    await client.call('attendance.saveCalendar', { CalendarID, Name, Sites: [place.name] })
    await client.call('attendance.importCalendar', {
      CalendarID,
      Text: holidaysText(place),
      FromDate: `${year - 1}-01-01`,
      ToDate: `${year + 1}-12-31`,
      DryRun: false,
    })
  }
  for (const [Kind, Text] of [
    ['departments', departmentsText(site)],
    ['assignments', assignmentsText(site, siteSeed)],
    ['leave', leaveText(site, siteSeed, nowMs)],
  ] as const) {
    if (signal.aborted) return false
    const { body } = await client.call('attendance.importPlan', { Kind, Text, DryRun: false })
    const fault = body.Rows.find(row => row.Outcome === 'fault')
    if (fault) throw new Error(`${Kind}, line ${fault.Line}: ${fault.Fault}`)
  }
  return true
}

async function everybodyIsKnown(client: Client, people: number): Promise<boolean> {
  const { body } = await client.call('users.list', { Limit: 1 })
  return body.ActualRowCount >= people
}

async function makeShifts(client: Client): Promise<void> {
  for (const shift of [
    { ShiftID: 'day', Name: 'Day', Periods: hours(9, 18), Breaks: [lunch] },
    { ShiftID: 'early', Name: 'Early', Periods: hours(6, 14), Breaks: [pause] },
    { ShiftID: 'late', Name: 'Late', Periods: hours(14, 22), Breaks: [pause] },
    { ShiftID: 'night', Name: 'Night', Periods: hours(22, 30), Breaks: [pause] },
    {
      ShiftID: 'office',
      Name: 'Office, flexible',
      Kind: 'flexible' as const,
      Periods: hours(7, 21),
      Core: { StartMinute: 630, EndMinute: 930 },
      RequiredMinutes: 420,
      Breaks: [{ Kind: 'punched' as const, AllowedMinutes: 60, Paid: false }],
    },
  ])
    await client.call('attendance.saveShift', shift)
}

async function makeRotations(client: Client): Promise<void> {
  for (const [shift, name] of [
    ['early', 'Early crews'],
    ['late', 'Late crews'],
    ['night', 'Night crews'],
  ] as const)
    await client.call('attendance.saveRotation', {
      RotationID: `${shift}-crews`,
      Name: `${name}, every other Saturday`,
      Anchor: '1969-12-29',
      Days: crewWeeks(shift),
    })
  for (const [shift, name] of [
    ['early', 'Security by day'],
    ['night', 'Security by night'],
  ] as const)
    await client.call('attendance.saveRotation', {
      RotationID: `security-${shift}`,
      Name: `${name}, four on, two off`,
      Anchor: '1970-01-01',
      Days: [...Array.from({ length: 4 }, () => [shift]), [], []],
    })
}
