import { OperationError } from '#contract/errors.ts'
import {
  doorZones,
  type EmergencyDoorRow,
  type EmergencyRow,
  emergencyDoors,
  musterTicks,
  type TickRow,
} from '../store/emergencies.ts'
import type { PlanEntity } from '../store/floor-plans.ts'
import type { Reader } from '../store/index.ts'
import type { Call } from './handler.ts'

/** Whether the caller may know of the terminal of a door. */
export function visibleDoor({ caller }: Call, sn: string): boolean {
  return caller.devices === 'all' || caller.devices.has(sn)
}

/** Whether the caller may know of a door by its name, `SN/1`. */
export function visibleRef(call: Call, ref: string): boolean {
  return visibleDoor(call, ref.slice(0, ref.lastIndexOf('/')))
}

/** Zones with the doors the caller may know of; a zone of none of them is none to the caller. */
export async function visibleZones(call: Call): Promise<Map<string, string[]>> {
  const zones = await doorZones(call.deps.store.read)
  if (call.caller.devices === 'all') return zones
  return new Map(
    [...zones]
      .map(([zone, doors]) => [zone, doors.filter(ref => visibleRef(call, ref))] as const)
      .filter(([, doors]) => doors.length > 0),
  )
}

/** Members of a zone the caller may not know of: whoever changes the zone leaves them in it. */
export async function foreignMembers(
  call: Call,
  reader: Reader,
  zone: string,
): Promise<{ sn: string; door: number }[]> {
  const members = (await doorZones(reader)).get(zone) ?? []
  return members
    .filter(ref => !visibleRef(call, ref))
    .map(ref => {
      const at = ref.lastIndexOf('/')
      return { sn: ref.slice(0, at), door: Number(ref.slice(at + 1)) }
    })
}

/** Whether an emergency is the caller's to know of: one of its doors is, or nobody is bound to any. */
export function isConcerned(
  call: Call,
  id: number,
  doors: readonly Pick<EmergencyDoorRow, 'emergency_id' | 'sn'>[],
): boolean {
  if (call.caller.devices === 'all') return true
  return doors.some(({ emergency_id, sn }) => emergency_id === id && visibleDoor(call, sn))
}

/** PERMISSION_DENIED where an emergency reaches over doors beyond the caller's: ending it would move those. */
export async function refuseForeignDoors(call: Call, { id }: EmergencyRow): Promise<void> {
  const doors = await emergencyDoors(call.deps.store.read, [id])
  if (doors.every(({ sn }) => visibleDoor(call, sn))) return
  throw new OperationError('PERMISSION_DENIED', {
    field: 'EmergencyID',
    detail: 'This emergency reaches over doors beyond your own; somebody responsible for all of them ends it',
  })
}

/** Ticks of a roll call about people the caller may know of: those some terminal of theirs has seen. */
export async function visibleTicks(call: Call, rollCall: string): Promise<TickRow[]> {
  const ticks = await musterTicks(call.deps.store.read, rollCall)
  const own = await ownPeople(
    call,
    ticks.map(tick => tick.employee_code),
  )
  return ticks.filter(tick => own.has(tick.employee_code))
}

const codesAtOnce = 500

/** Of these people, those some terminal of the caller's has seen. */
export async function ownPeople(call: Call, codes: readonly string[]): Promise<ReadonlySet<string>> {
  const { devices } = call.caller
  const wanted = [...new Set(codes)]
  if (devices === 'all') return new Set(wanted)
  const own = new Set<string>()
  if (devices.size === 0) return own
  for (let at = 0; at < wanted.length; at += codesAtOnce) {
    const rows = await call.deps.store.read
      .selectFrom('punch')
      .select('employee_code')
      .distinct()
      .where('employee_code', 'in', wanted.slice(at, at + codesAtOnce))
      .where('sn', 'in', [...devices])
      .execute()
    for (const { employee_code } of rows) own.add(employee_code)
  }
  return own
}

/** A plan with the doors the caller may know of, or undefined where the plan is of a site beyond theirs. */
export function visiblePlan(call: Call, plan: PlanEntity): PlanEntity | undefined {
  const { sites } = call.caller
  if (sites && plan.Site !== null && !sites.has(plan.Site)) return undefined
  return { ...plan, Places: plan.Places.filter(({ Door }) => visibleRef(call, Door)) }
}
