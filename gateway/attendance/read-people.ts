import { setImmediate } from 'node:timers/promises'
import { Direction } from '#contract/entities/punch.ts'
import { nextCorrected } from '../store/corrections.ts'
import type { Reader } from '../store/index.ts'
import {
  type DayFilter,
  nextPeople,
  type PersonCount,
  punchesOfPeople,
  type RulePunchRow,
  type TerminalContact,
  terminalContacts,
} from '../store/person-punches.ts'
import { nextPlanned } from '../store/plans.ts'
import { punchName } from '../store/punches.ts'
import { shiftDay } from '../time/zone.ts'
import { contextDays, evaluate } from './evaluate.ts'
import { openPlans, type Plans } from './plan/read-plans.ts'
import type { PersonPlan } from './plan/resolve-plan.ts'
import { type PersonFacts, readFacts } from './read-facts.ts'
import type { DayResult } from './rules/results.ts'
import type { DateRange, Punch, PunchFlag } from './rules/types.ts'

export interface PeopleRequest {
  readonly range: DateRange
  /** null means every device. */
  readonly devices: readonly string[] | null
  /** One person, or everybody from this code on. */
  readonly employeeCode: string | undefined
  /** These people only, whether they have punches or not. */
  readonly employeeCodes?: readonly string[]
  readonly fromCode: string
  readonly nowMs: number
  /** Also people without a punch whom somebody has planned: of them absence can be told. */
  readonly planned?: boolean
  /** Of people whose kept days are old: so many person-days are judged again, the others shown as they may change. */
  readonly judgeDaysMax?: number
}

/** One person and what their days come to. */
export interface PersonDays {
  readonly employeeCode: string
  readonly days: readonly DayResult[]
  /** By plan; null where none says so. */
  readonly homeSite: string | null
  readonly departmentId: string | null
}

const peopleMax = 500
/** Punches held at a time: reading them is one turn of the event loop. One person with more is read alone. */
const punchesMax = 4_000
/** Of people who were named. */
const chosenAtOnce = 50
/** People evaluated before others get their turn. */
const turn = 5

/**
 * The days of people, one after the other in order of their codes. A month of thousands is never held at once, and
 * whoever waits for the gateway meanwhile waits for a few people at most.
 */
export async function* readPeople(reader: Reader, request: PeopleRequest): AsyncGenerator<PersonDays> {
  const filter = around(request, contextDays)
  const [terminals, plans] = await Promise.all([
    terminalContacts(reader, request.devices),
    openPlans(reader, request.range.fromDate, request.range.toDate, request.nowMs),
  ])
  let since = 0
  for await (const codes of batches(reader, filter, request)) {
    const [punches, planOf] = await Promise.all([punchesOfPeople(reader, filter, codes), plans.of(codes)])
    const rows = Map.groupBy(punches, row => row.employee_code)
    const facts = await readFacts(reader, codes, {
      fromDay: filter.fromDay,
      toDay: filter.toDay,
      contacts: terminals,
      seenSinceDay: seenSince(request.nowMs),
      homeSites: new Map([...planOf].map(([code, { plan }]) => [code, plan?.homeSite ?? null])),
    })
    for (const employeeCode of codes) {
      since += 1
      if (since % turn === 0) await setImmediate()
      const plan = planOf.get(employeeCode)
      const person = {
        employeeCode,
        rows: rows.get(employeeCode) ?? [],
        plan,
        facts: facts.get(employeeCode) ?? noFacts,
      }
      const days = evaluateOne(person, plans, terminals, request)
      const homeSite = plan?.plan?.homeSite ?? null
      if (days.length > 0) yield { employeeCode, days, homeSite, departmentId: plan?.departmentId ?? null }
    }
  }
}

/**
 * Who has a punch in the range or `daysMore` around it, or one that somebody has added, or is planned where that is
 * asked for; in order of their codes, in bundles.
 */
export function peopleOf(
  reader: Reader,
  request: PeopleRequest,
  daysMore = contextDays,
): AsyncGenerator<readonly string[]> {
  return batches(reader, around(request, daysMore), request)
}

function around({ range, devices }: PeopleRequest, days: number): DayFilter {
  return { fromDay: clamped(range.fromDate, -days), toDay: clamped(range.toDate, days), devices }
}

/** A terminal somebody has not used for so long holds nothing back about them. The same whatever range is asked for. */
const seenDays = 92

function seenSince(nowMs: number): string {
  return shiftDay(new Date(nowMs).toISOString().slice(0, 10), -seenDays)
}

async function* batches(
  reader: Reader,
  filter: DayFilter,
  request: PeopleRequest,
): AsyncGenerator<readonly string[]> {
  if (request.employeeCode !== undefined) {
    yield [request.employeeCode]
    return
  }
  if (request.employeeCodes !== undefined) {
    for (let at = 0; at < request.employeeCodes.length; at += chosenAtOnce)
      yield request.employeeCodes.slice(at, at + chosenAtOnce)
    return
  }
  const corrections = request.planned ? ['AddPunch', 'Excuse'] : ['AddPunch']
  let from = { code: request.fromCode, inclusive: true }
  for (;;) {
    const people = await nextPeople(reader, filter, from, peopleMax)
    const last = people.at(-1)
    const due = people.filter(({ punches }) => punches > 0)
    const known = new Set(due.map(({ code }) => code))
    const [planned, corrected] = await Promise.all([
      request.planned ? nextPlanned(reader, from.code, last?.code ?? null) : [],
      nextCorrected(reader, corrections, filter, from.code, last?.code ?? null),
    ])
    const others = new Set([...planned, ...corrected].filter(code => from.inclusive || code > from.code))
    due.push(...[...others].filter(code => !known.has(code)).map(code => ({ code, punches: 0 })))
    due.sort((a, b) => (a.code < b.code ? -1 : 1))
    yield* bundle(due)
    if (!last) return
    from = { code: last.code, inclusive: false }
  }
}

function* bundle(people: readonly PersonCount[]): Generator<readonly string[]> {
  let codes: string[] = []
  let held = 0
  for (const { code, punches } of people) {
    if (codes.length >= peopleMax || (held > 0 && held + punches > punchesMax)) {
      yield codes
      codes = []
      held = 0
    }
    codes.push(code)
    held += punches
  }
  if (codes.length > 0) yield codes
}

interface PersonMaterial {
  readonly employeeCode: string
  readonly rows: readonly RulePunchRow[]
  readonly plan: PersonPlan | undefined
  readonly facts: PersonFacts
}

const noFacts: PersonFacts = {
  corrections: [],
  terminals: [],
  closed: { closures: [], results: () => ({ closedResults: [], settledResults: [] }) },
}

/** Without any setup in, out and hours, and no word about absence. */
function evaluateOne(
  { employeeCode, rows, plan, facts }: PersonMaterial,
  { policies }: Plans,
  terminals: readonly TerminalContact[],
  { nowMs }: PeopleRequest,
): DayResult[] {
  const siteOf = new Map(terminals.map(({ sn, site }) => [sn, site]))
  const punches = rows.map(row => rulePunch(row, siteOf.get(row.sn) ?? ''))
  const results = facts.closed.results()
  return policies.flatMap(({ fromDate, toDate, policy }) =>
    evaluate({
      employeeCode,
      range: { fromDate, toDate },
      punches,
      plan: plan?.plan ?? null,
      calendar: plan?.calendar ?? [],
      corrections: facts.corrections,
      terminals: facts.terminals,
      closures: facts.closed.closures,
      ...results,
      nowMs,
      policy,
    }),
  )
}

function rulePunch(row: RulePunchRow, site: string): Punch {
  return {
    id: punchName(row.id),
    instantMs: row.instant,
    localTime: row.local_time,
    zone: row.zone,
    offsetMinutes: row.offset_minutes,
    direction: Direction.parse(row.direction),
    modality: row.modality,
    deviceSn: row.sn,
    site,
    clockSkewMs: row.clock_skew_ms,
    flags: row.flags.split(' ').filter(isFlag),
    receivedAtMs: row.received_at,
  }
}

function isFlag(flag: string): flag is PunchFlag {
  return flag === 'implausible_time' || flag === 'late_arrival' || flag === 'estimated_instant'
}

/** The day before or after, within what four digits of a year can hold. */
function clamped(day: string, days: number): string {
  const shifted = shiftDay(day, days)
  if (shifted.startsWith('+')) return '9999-12-31'
  return shifted.startsWith('-') ? '0000-01-01' : shifted
}
