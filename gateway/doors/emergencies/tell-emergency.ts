import { clearAlert, raiseAlert } from '../../alerts/raise.ts'
import type { EmergencyRow } from '../../store/emergencies.ts'
import type { Write } from '../../store/index.ts'

const keyOf = (id: number) => `emergency ${id}`

/** Tells of a lockdown or an evacuation by the channels people have set up. A drill is nobody's alarm. */
export async function tellEmergency(write: Write, emergency: EmergencyRow): Promise<void> {
  if (emergency.drill === 1) return
  const { kind, scope, scope_name: where, reason } = emergency
  const what = kind === 'Evacuation' ? 'Evacuation' : 'Lockdown'
  const place = scope === 'Everything' ? 'everywhere' : where
  await raiseAlert(write, {
    kind: 'DoorLockdown',
    severity: 'Critical',
    subject: `emergency ${emergency.id}`,
    site: scope === 'Site' ? where : null,
    title: `${what}: ${place}`,
    detail: reason === null ? 'No reason was given.' : `Reason: ${reason}`,
    says: { code: 'Emergency', facts: { what, where: scope === 'Everything' ? null : where, reason } },
    at: emergency.started_at,
    dedupeKey: keyOf(emergency.id),
  })
}

/** Ends the alert that told of an emergency. */
export async function tellEmergencyOver(write: Write, id: number, at: number): Promise<void> {
  await clearAlert(write, keyOf(id), at)
}
