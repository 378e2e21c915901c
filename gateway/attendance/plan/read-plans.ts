import { z } from 'zod'
import { AttendancePolicy, RotationDefinition, ShiftDefinition } from '#contract/entities/plan.ts'
import { firstKnownDay } from '../../store/first-day.ts'
import type { Reader } from '../../store/index.ts'
import { type PlanVersionRow, planVersions } from '../../store/plan-versions.ts'
import {
  departmentAssignments,
  departmentSites,
  holidaysBetween,
  leaveOf,
  membersOf,
  personAssignments,
  siteZones,
} from '../../store/plans.ts'
import { contextDays } from '../evaluate.ts'
import { defaultPolicy } from '../rules/policy.ts'
import type { DateRange, Policy } from '../rules/types.ts'
import { policyEntity, policyOf, type RotationEntity, type ShiftEntity, shiftOf } from './from-contract.ts'
import { createResolver, dayNumber, type PersonPlan, type PlanBasis } from './resolve-plan.ts'

const Sites = z.array(z.string())

/** The plans of a range of days; what is the same for everybody is read once. */
export interface Plans {
  /** Plan and calendar of each of some people, `contextDays` more on either side than the range. Three queries. */
  of(employeeCodes: readonly string[]): Promise<ReadonlyMap<string, PersonPlan>>
  /** The range cut where the policy changes, in order. One piece for nearly everybody. */
  readonly policies: readonly (DateRange & { readonly policy: Policy })[]
}

/** Of a range of many years only so much is planned, ending a year from now: a plan has no end of its own. */
const plannedDaysMax = 4_000
const aheadMax = 400

/**
 * Opens the plans of the days from `fromDay` to `toDay`, `YYYY-MM-DD` and both inclusive; `nowMs` in epoch ms. A plan
 * that began years before the first terminal says nothing about those years.
 */
export async function openPlans(
  reader: Reader,
  fromDay: string,
  toDay: string,
  nowMs: number,
): Promise<Plans> {
  const known = await firstKnownDay(reader, nowMs)
  const dates = datesAround(fromDay, toDay, nowMs).filter(date => date >= known)
  const [first = known, last = toDay] = [dates[0], dates.at(-1)]
  const [versions, departments, assignments, holidays, zones] = await Promise.all([
    planVersions(reader, ['shift', 'rotation', 'policy']),
    departmentSites(reader),
    departmentAssignments(reader, first, last),
    holidaysBetween(reader, first, last),
    siteZones(reader),
  ])
  const zoneOf = new Map<string, string>()
  for (const { site, zone } of zones) if (!zoneOf.has(site)) zoneOf.set(site, zone)
  const basis: PlanBasis = {
    dates,
    shifts: byId(versions, 'shift', row => shiftOf(row.id, row.name, readShift(row.definition))),
    rotations: byId(versions, 'rotation', row => readRotation(row.definition)),
    policies: byId(versions, 'policy', row => readPolicy(row.definition)).get('') ?? [],
    departments: new Map(departments.map(row => [row.department_id, row])),
    assignments: Map.groupBy(assignments, row => row.department_id ?? ''),
    holidays: holidays.map(row => ({ ...row, siteNames: Sites.parse(JSON.parse(row.sites)) })),
    zones: zoneOf,
    zone: zones[0]?.zone ?? 'UTC',
  }
  const resolve = createResolver(basis)
  return {
    async of(codes) {
      const [members, own, leave] = await Promise.all([
        membersOf(reader, codes),
        personAssignments(reader, codes, first, last),
        leaveOf(reader, codes, first, last),
      ])
      const membersBy = Map.groupBy(members, row => row.employee_code)
      const ownBy = Map.groupBy(own, row => row.employee_code ?? '')
      const leaveBy = Map.groupBy(leave, row => row.employee_code)
      return new Map(
        codes.map(code => [
          code,
          resolve({
            members: membersBy.get(code) ?? [],
            assignments: ownBy.get(code) ?? [],
            leave: leaveBy.get(code) ?? [],
          }),
        ]),
      )
    },
    policies: policyPieces(basis, fromDay, toDay),
  }
}

/** A stored shift. */
export function readShift(definition: string): ShiftEntity {
  return ShiftDefinition.parse(JSON.parse(definition))
}

/** A stored rotation. */
export function readRotation(definition: string): RotationEntity {
  return RotationDefinition.parse(JSON.parse(definition))
}

/** A stored policy; a field that came later has its default. */
export function readPolicy(definition: string): Policy {
  return policyOf(AttendancePolicy.parse({ ...policyEntity(defaultPolicy), ...JSON.parse(definition) }))
}

function byId<T>(
  versions: readonly PlanVersionRow[],
  kind: string,
  read: (row: PlanVersionRow & { definition: string }) => T,
) {
  const rows = versions
    .filter(row => row.kind === kind)
    .map(row => ({
      id: row.id,
      from_date: row.from_date,
      value: row.definition === null ? null : read({ ...row, definition: row.definition }),
    }))
  return Map.groupBy(rows, row => row.id)
}

function policyPieces({ policies }: PlanBasis, fromDate: string, toDate: string) {
  const starts = policies.map(({ from_date }) => from_date).filter(date => fromDate < date && date <= toDate)
  const cuts = [fromDate, ...starts]
  return cuts.map((start, at) => {
    const next = cuts[at + 1]
    const version = policies.findLast(({ from_date }) => from_date <= start)
    return {
      fromDate: start,
      toDate: next === undefined ? toDate : dateOf(dayNumber(next) - 1),
      policy: version?.value ?? defaultPolicy,
    }
  })
}

function datesAround(fromDay: string, toDay: string, nowMs: number): string[] {
  let first = dayNumber(fromDay) - contextDays
  let last = dayNumber(toDay) + contextDays
  if (last - first >= plannedDaysMax) {
    last = Math.min(last, Math.floor(nowMs / 86_400_000) + aheadMax)
    first = Math.max(first, last - plannedDaysMax)
  }
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => dateOf(first + at))
}

function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}
