import type { GatewayDeps } from '../../deps.ts'
import { findDevice } from '../../store/devices.ts'
import { type EmergencyDoorRow, emergencyDoors, findEmergencies } from '../../store/emergencies.ts'
import { orderAgain, type TargetDoor } from './start-emergency.ts'

/** Between two orders to a door that did not answer. */
const againMs = 15_000

/**
 * Keeps an emergency going: writes down when each door's terminal has said yes, and tells doors once more whose
 * terminals have come back or never answered. Refusals are left to people. Answers how many doors changed.
 */
export async function sweepEmergencies(deps: GatewayDeps): Promise<number> {
  const active = (await findEmergencies(deps.store.read, true)).filter(
    ({ moves_relays }) => moves_relays === 1,
  )
  if (active.length === 0) return 0
  const now = deps.clock.now()
  const doors = await emergencyDoors(
    deps.store.read,
    active.map(({ id }) => id),
  )
  const confirmed = doors.filter(row => row.confirmed_at === null && row.state === 'done')
  const again = doors.filter(row => mayTry(row, now))
  if (confirmed.length + again.length === 0) return 0
  await deps.store.write(async write => {
    for (const row of confirmed)
      await write
        .updateTable('emergency_door')
        .set({ confirmed_at: row.completed_at ?? now })
        .where('emergency_id', '=', row.emergency_id)
        .where('sn', '=', row.sn)
        .where('door_no', '=', row.door_no)
        .execute()
    for (const emergency of active) {
      const targets: TargetDoor[] = []
      for (const row of again.filter(({ emergency_id }) => emergency_id === emergency.id)) {
        const device = await findDevice(write, row.sn)
        if (device) targets.push({ device, door: row.door_no })
      }
      if (targets.length > 0) await orderAgain(deps, write, emergency, targets, now)
    }
  })
  for (const { sn } of again) deps.wakeCommands(sn)
  deps.wakeDelivery()
  return confirmed.length + again.length
}

function mayTry(row: EmergencyDoorRow, now: number): boolean {
  if (row.confirmed_at !== null || row.supported === 0 || row.online !== 1) return false
  const isOpen = row.state === 'expired' || row.state === 'unconfirmed' || row.state === null
  // One that was away when it was ordered is told as soon as it is back.
  return isOpen && (row.reachable === 0 || now - row.last_try_at >= againMs)
}
