import { OperationError } from '#contract/errors.ts'
import { assignmentsUsing } from '../../store/assignments.ts'
import type { Write } from '../../store/index.ts'
import {
  type PlanKind,
  type PlanVersionRow,
  planVersions,
  policyId,
  savePlanVersion,
  sinceEver,
  versionOn,
} from '../../store/plan-versions.ts'
import type { AssignmentRow } from '../../store/plans.ts'
import { shiftDay } from '../../time/zone.ts'
import { markDaysStale } from '../stale-days.ts'
import { assignmentsOfShift, markAssignmentsStale, rotationsWith, type Stretch } from './affected.ts'
import { idFromName } from './name-to-id.ts'

/** Who changes something, and when. */
export interface Change {
  readonly atMs: number
  readonly by: string | null
  /** `YYYY-MM-DD` at the site. */
  readonly today: string
}

interface NewVersion {
  /** Undefined: something new. */
  readonly id: string | undefined
  /** Undefined: the version in force itself. */
  readonly fromDate: string | undefined
  readonly name: string
  /** Of the contract's shape. */
  readonly definition: object
}

/** Keeps a shift, a rotation or the policy; answers its id and the date from which this holds. */
export async function saveVersion(
  write: Write,
  kind: PlanKind,
  version: NewVersion,
  change: Change,
): Promise<{ id: string; fromDate: string }> {
  const all = await planVersions(write, [kind])
  const id =
    version.id ??
    (kind === 'policy' ? policyId : idFromName(version.name, kind, new Set(all.map(row => row.id))))
  const own = all.filter(row => row.id === id)
  const inForce = versionOn(own, change.today) ?? own[0]
  const fromDate = version.fromDate ?? inForce?.from_date ?? sinceEver
  await savePlanVersion(write, {
    kind,
    id,
    from_date: fromDate,
    name: version.name,
    definition: JSON.stringify(version.definition),
    saved_at: change.atMs,
    saved_by: change.by,
  })
  const next = own.find(row => row.from_date > fromDate)
  await markVersionStale(write, kind, id, {
    fromDay: fromDate,
    toDay: next === undefined ? null : shiftDay(next.from_date, -1),
  })
  return { id, fromDate }
}

/** Ends a shift or a rotation from a date on; throws PLAN_NOT_FOUND, or PLAN_IN_USE while somebody is to work it then. */
export async function removeVersion(
  write: Write,
  kind: 'shift' | 'rotation',
  id: string,
  fromDate: string,
  change: Change,
): Promise<void> {
  const own = (await planVersions(write, [kind])).filter(row => row.id === id)
  const last = versionOn(own, fromDate) ?? own[0]
  if (last === undefined || own.every(row => row.definition === null)) throw notInPlan(kind, id)
  await refuseWhileUsed(write, kind, id, fromDate)
  const removal = { definition: null, saved_at: change.atMs, saved_by: change.by }
  const later = own.filter(row => row.from_date > fromDate)
  for (const row of later) await savePlanVersion(write, { ...row, ...removal })
  await savePlanVersion(write, { kind, id, from_date: fromDate, name: last.name, ...removal })
  await markVersionStale(write, kind, id, { fromDay: fromDate, toDay: null })
}

/** PLAN_NOT_FOUND, naming what and which. */
export function notInPlan(kind: string, id: string | number, field?: string): OperationError {
  const name = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
  return new OperationError('PLAN_NOT_FOUND', {
    field: field ?? `${name}ID`,
    detail: `There is no ${kind} ${id}`,
  })
}

async function refuseWhileUsed(
  write: Write,
  kind: 'shift' | 'rotation',
  id: string,
  fromDate: string,
): Promise<void> {
  const field = kind === 'shift' ? 'ShiftID' : 'RotationID'
  if (kind === 'shift') {
    const rotations = await planVersions(write, ['rotation'])
    const inForce = [...Map.groupBy(rotations, row => row.id).values()].flatMap(versions => [
      ...[versionOn(versions, fromDate)].filter(row => row !== undefined),
      ...versions.filter(row => row.from_date > fromDate),
    ])
    const [rotation] = rotationsWith(inForce, id)
    if (rotation !== undefined)
      throw new OperationError('PLAN_IN_USE', {
        field,
        detail: `The rotation ${rotation} has the shift ${id}`,
      })
  }
  const used = await assignmentsUsing(
    write,
    kind === 'shift' ? { shiftId: id, rotationIds: [] } : { rotationId: id },
  )
  const open = used.find(row => row.to_date === null || row.to_date >= fromDate)
  if (open !== undefined)
    throw new OperationError('PLAN_IN_USE', {
      field,
      detail: `${whom(open)} is assigned to the ${kind} ${id} ${open.to_date === null ? 'until further notice' : `until ${open.to_date}`}`,
    })
}

function whom(row: AssignmentRow): string {
  return row.employee_code === null
    ? `The department ${row.department_id}`
    : `The person ${row.employee_code}`
}

async function markVersionStale(write: Write, kind: PlanKind, id: string, within: Stretch): Promise<void> {
  if (kind === 'policy') return markDaysStale(write, { employeeCodes: 'everyone', ...within })
  const assignments =
    kind === 'shift' ? await assignmentsOfShift(write, id) : await assignmentsUsing(write, { rotationId: id })
  await markAssignmentsStale(write, assignments, within)
}

/** The versions of each thing, oldest first. */
export function versionsById(rows: readonly PlanVersionRow[]): Map<string, PlanVersionRow[]> {
  return Map.groupBy(rows, row => row.id)
}
