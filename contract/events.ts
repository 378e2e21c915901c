import { z } from 'zod'
import { CommandState } from './entities/command.ts'
import { DoorEvent, DoorState } from './entities/door.ts'
import { UserType } from './entities/person.ts'
import { Punch } from './entities/punch.ts'
import { eventNames } from './entities/subscription.ts'
import type { Permission } from './permissions.ts'
import { EmployeeCode, Instant } from './primitives.ts'
import type { Resource } from './resources.ts'

export type EventId = (typeof eventNames)[number]

/** An event as told to receivers and to browsers: one union for both (house 3.8, principle 11). */
export interface EventRecord {
  readonly summary: string
  /** One of the four CAMS publishes, or ours. */
  readonly published: boolean
  readonly permission: Permission
  readonly changes: readonly Resource[]
  readonly body: z.ZodObject
  readonly sensitive?: Readonly<Record<string, Permission>>
}

/** In every body: what kind, and an id that is the same on every attempt. */
const head = <const E extends EventId>(event: E) => ({
  Event: z.literal(event),
  OperationID: z.string().max(64),
  OccurredAt: Instant.describe('When the gateway recorded it; fixed, a retry is the same message'),
})

/** Whom somebody changed at which terminal. Templates and cards are left out: an event is kept for weeks. */
const atTerminal = {
  DeviceSN: z.string(),
  LabelName: z.string(),
  Site: z.string(),
  EmployeeCode: EmployeeCode,
  OperationTime: z.string().describe('Local clock of the terminal with its offset'),
}

export const events = {
  OnAttendance: {
    summary: 'A punch was recorded',
    published: true,
    permission: 'attendance:read',
    changes: ['attendance'],
    body: Punch.extend(head('OnAttendance')),
    sensitive: { EmployeeCode: 'attendance:identify', EmployeeName: 'attendance:identify' },
  },
  OnDeviceStatus: {
    summary: 'A terminal came, went, or waits to be adopted',
    published: true,
    permission: 'devices:read',
    changes: ['devices', 'doors'],
    body: z.object({
      ...head('OnDeviceStatus'),
      DeviceSN: z.string(),
      LabelName: z.string(),
      Site: z.string(),
      Status: z.enum(['online', 'offline', 'waiting', 'adopted', 'restarted']),
      LastSeen: z.string().nullable().describe('Local clock with offset, or null'),
      QueueDepth: z.int(),
    }),
  },
  OnUserSync: {
    summary: 'A person or template landed on a terminal',
    published: true,
    permission: 'people:read',
    changes: ['users'],
    body: z.object({
      ...head('OnUserSync'),
      DeviceSN: z.string(),
      EmployeeCode: EmployeeCode,
      TemplateType: z.string().nullable(),
      Index: z.string().nullable(),
      Status: z.string(),
      CommandID: z.string().nullable(),
    }),
    sensitive: { EmployeeCode: 'people:read' },
  },
  OnMigration: {
    summary: 'Progress of a bulk copy',
    published: true,
    permission: 'webhooks:read',
    changes: ['webhooks'],
    body: z.object({
      ...head('OnMigration'),
      JobID: z.string(),
      DeviceSN: z.string().nullable(),
      Status: z.enum(['Not Started', 'In Progress', 'Completed', 'Failed']),
      Progress: z.number(),
    }),
  },
  OnCommand: {
    summary: 'A command changed its state',
    published: false,
    permission: 'devices:read',
    changes: ['devices'],
    body: z.object({
      ...head('OnCommand'),
      CommandID: z.string(),
      Operation: z.string(),
      DeviceSN: z.string(),
      Site: z.string().nullable().default(null).describe('Where the terminal is'),
      State: CommandState,
      ReturnCode: z.int().nullable(),
      Error: z.string().nullable(),
      DoorNo: z.int().nullable(),
    }),
  },
  OnDoor: {
    summary: 'Something happened at a door',
    published: false,
    permission: 'doors:read',
    changes: ['doors'],
    body: DoorEvent.omit({ Event: true }).extend({
      ...head('OnDoor'),
      DoorEvent: DoorEvent.shape.Event,
      Site: z.string(),
      State: DoorState.shape.State,
    }),
    sensitive: { EmployeeCode: 'attendance:identify' },
  },
  OnUserUpdated: {
    summary: 'A person was added or changed at a terminal',
    published: false,
    permission: 'people:read',
    changes: ['users'],
    body: z.object({
      ...head('OnUserUpdated'),
      ...atTerminal,
      FirstName: z.string().nullable().describe('null here and below: the terminal did not speak of it'),
      LastName: z.string().nullable(),
      UserType: UserType.nullable(),
    }),
  },
  OnUserDeleted: {
    summary: 'A person was deleted at a terminal',
    published: false,
    permission: 'people:read',
    changes: ['users'],
    body: z.object({ ...head('OnUserDeleted'), ...atTerminal }),
  },
} as const satisfies Record<EventId, EventRecord>

export type EventBody<Id extends EventId = EventId> = { [K in Id]: z.output<(typeof events)[K]['body']> }[Id]

/**
 * Reads a callback body. Unknown events and wrong shapes answer null; the caller says what to do with them.
 * Extra keys (AuthToken) are dropped here, so that a token never travels on.
 */
export function parseEvent(body: unknown): EventBody | null {
  const name = z.object({ Event: z.enum(eventNames) }).safeParse(body)
  if (!name.success) return null
  const parsed = events[name.data.Event].body.safeParse(body)
  return parsed.success ? (parsed.data as EventBody) : null
}
