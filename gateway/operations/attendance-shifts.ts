import { AttendancePolicy, RotationDefinition, ShiftDefinition } from '#contract/entities/plan.ts'
import {
  type Change,
  notInPlan,
  removeVersion,
  saveVersion,
  versionsById,
} from '../attendance/plan/change-versions.ts'
import { policyEntity } from '../attendance/plan/from-contract.ts'
import { readPolicy } from '../attendance/plan/read-plans.ts'
import { defaultPolicy } from '../attendance/rules/policy.ts'
import type { Reader, Write } from '../store/index.ts'
import { type PlanKind, planVersions, versionOn } from '../store/plan-versions.ts'
import type { Handlers } from './handler.ts'
import { planChange, siteToday } from './plan-change.ts'
import { historyOf, rotationEntity, shiftEntity } from './plan-entities.ts'

export const attendanceShiftHandlers = {
  async 'attendance.shifts'(input, call) {
    const date = input.Date ?? siteToday(call)
    const all = versionsById(await planVersions(call.deps.store.read, ['shift']))
    const shown = [...all.values()].map(versions => shiftEntity(versions, date))
    return { status: 200, body: { Shifts: byName(shown.filter(shift => shift !== null)) } }
  },

  async 'attendance.saveShift'({ OperationID: _, ShiftID, FromDate, Name, ...rest }, call) {
    const change = planChange(call)
    const definition = ShiftDefinition.parse(rest)
    const Shift = await call.deps.store.write(async write => {
      const version = { id: ShiftID, fromDate: FromDate, name: Name, definition }
      const { id, fromDate } = await saveVersion(write, 'shift', version, change)
      return shiftEntity(await versionsOf(write, 'shift', id), fromDate)
    })
    if (Shift === null) throw new Error('The shift that was just saved is gone')
    return { status: 200, body: { Shift } }
  },

  async 'attendance.removeShift'({ ShiftID, FromDate }, call) {
    const change = planChange(call)
    const from = FromDate ?? change.today
    await call.deps.store.write(write => removeVersion(write, 'shift', ShiftID, from, change))
    return { status: 200, body: { ShiftID, FromDate: from } }
  },

  async 'attendance.rotations'(input, call) {
    const date = input.Date ?? siteToday(call)
    const all = versionsById(await planVersions(call.deps.store.read, ['rotation']))
    const shown = [...all.values()].map(versions => rotationEntity(versions, date))
    return { status: 200, body: { Rotations: byName(shown.filter(rotation => rotation !== null)) } }
  },

  async 'attendance.saveRotation'({ OperationID: _, RotationID, FromDate, Name, ...rest }, call) {
    const change = planChange(call)
    const definition = RotationDefinition.parse(rest)
    const Rotation = await call.deps.store.write(async write => {
      await requireShifts(write, definition.Days.flat(), FromDate ?? change.today)
      const version = { id: RotationID, fromDate: FromDate, name: Name, definition }
      const { id, fromDate } = await saveVersion(write, 'rotation', version, change)
      return rotationEntity(await versionsOf(write, 'rotation', id), fromDate)
    })
    if (Rotation === null) throw new Error('The rotation that was just saved is gone')
    return { status: 200, body: { Rotation } }
  },

  async 'attendance.removeRotation'({ RotationID, FromDate }, call) {
    const change = planChange(call)
    const from = FromDate ?? change.today
    await call.deps.store.write(write => removeVersion(write, 'rotation', RotationID, from, change))
    return { status: 200, body: { RotationID, FromDate: from } }
  },

  async 'attendance.policy'(input, call) {
    const versions = await planVersions(call.deps.store.read, ['policy'])
    const row = versionOn(versions, input.Date ?? siteToday(call))
    return {
      status: 200,
      body: {
        Policy: policyEntity(row?.definition ? readPolicy(row.definition) : defaultPolicy),
        FromDate: row?.from_date ?? null,
        Defaults: policyEntity(defaultPolicy),
        History: historyOf(versions),
      },
    }
  },

  async 'attendance.savePolicy'({ OperationID: _, FromDate, ...given }, call) {
    const change = planChange(call)
    const saved = await call.deps.store.write(write => savePolicy(write, FromDate, given, change))
    return { status: 200, body: saved }
  },
} satisfies Partial<Handlers>

async function savePolicy(write: Write, FromDate: string | undefined, given: object, change: Change) {
  const before = versionOn(await planVersions(write, ['policy']), FromDate ?? change.today)
  const known = policyEntity(before?.definition ? readPolicy(before.definition) : defaultPolicy)
  const Policy = AttendancePolicy.parse({ ...known, ...given })
  const version = { id: undefined, fromDate: FromDate, name: 'Policy', definition: Policy }
  const { fromDate } = await saveVersion(write, 'policy', version, change)
  return { Policy, FromDate: fromDate }
}

/** Throws PLAN_NOT_FOUND for a shift that a rotation names and nobody has made. */
async function requireShifts(reader: Reader, ids: readonly string[], date: string): Promise<void> {
  const all = versionsById(await planVersions(reader, ['shift']))
  const gone = ids.find(id => shiftEntity(all.get(id) ?? [], date) === null)
  if (gone !== undefined) throw notInPlan('shift', gone, 'Days')
}

async function versionsOf(reader: Reader, kind: PlanKind, id: string) {
  return (await planVersions(reader, [kind])).filter(row => row.id === id)
}

function byName<T extends { readonly Name: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (a.Name < b.Name ? -1 : a.Name > b.Name ? 1 : 0))
}
