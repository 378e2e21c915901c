import type { EventBody, EventId } from '#contract/events.ts'

/** Events that are kept in order with each other; another family never waits for them (ADR 40). */
export type EventFamily = 'attendance' | 'doors' | 'people' | 'devices'

const families: Readonly<Record<EventId, EventFamily>> = {
  OnAttendance: 'attendance',
  OnDoor: 'doors',
  OnUserSync: 'people',
  OnUserUpdated: 'people',
  OnUserDeleted: 'people',
  OnDeviceStatus: 'devices',
  OnCommand: 'devices',
  OnMigration: 'devices',
}

export function familyOf(event: EventId): EventFamily {
  return families[event]
}

/** The lane of an event: its terminal and its family; a serial number holds no space. Punches have the bare serial. */
export function laneOf(event: Pick<EventBody, 'Event' | 'DeviceSN'>): string {
  const family = familyOf(event.Event)
  return family === 'attendance' ? (event.DeviceSN ?? '') : `${event.DeviceSN ?? ''} ${family}`
}

/** The lane of what is sent again or copied: in order among itself, and nobody live waits for it. */
export function sideLane(lane: string, jobId: number | null): string {
  return `${lane.split('~')[0]}~${jobId ?? 'replay'}`
}

/** The lane of one event that is set aside, because the receiver takes what is behind it. */
export function asideLane(lane: string, deliveryId: number): string {
  return `${lane.split('~')[0]}~${deliveryId}!`
}
