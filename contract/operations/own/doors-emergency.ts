import { z } from 'zod'
import { DoorRef } from '../../entities/door.ts'
import { Emergency, EmergencyDoor, MusterPerson, MusterTick } from '../../entities/emergency.ts'
import { defineOperations } from '../../operation.ts'
import { common, EmployeeCode, Instant, listOf, text } from '../../primitives.ts'

const id = z.union([z.string(), z.int().transform(String)]).pipe(z.string().trim().min(1).max(20))
const flag = z.stringbool().or(z.boolean())
const own = { aliases: [], known: false, origin: 'own' } as const

export const ownDoorEmergency = defineOperations('doors', {
  startEmergency: {
    ...own,
    name: 'StartEmergency',
    method: 'POST',
    summary: 'Lock down, or open for evacuation: one door, a zone, a site or everything',
    permission: 'doors:emergency',
    once: true,
    input: z.object({
      ...common,
      Kind: z.enum(['Lockdown', 'Evacuation']),
      Door: DoorRef.optional(),
      Zone: text(64).optional(),
      Site: text(64).optional().describe('Neither Door, Zone nor Site: every door there is'),
      Drill: flag.default(false).describe('An exercise: marked in every record, and no relay moves'),
      MoveRelays: flag.default(false).describe('In a drill: move the relays all the same'),
      Reason: text(200).optional(),
    }),
    answers: { 200: z.object({ Emergency, Doors: z.array(EmergencyDoor) }) },
    errors: [
      'DEVICE_NOT_FOUND',
      'DOOR_NOT_FOUND',
      'ZONE_NOT_FOUND',
      'IDEMPOTENCY_KEY_REUSED',
      'STEP_UP_REQUIRED',
    ],
    changes: ['doors', 'devices'],
    audit: { subject: 'Kind' },
    stepUpUnless: ['Door', 'Zone'],
  },
  endEmergency: {
    ...own,
    name: 'EndEmergency',
    method: 'POST',
    summary: 'End an emergency and return its doors, by somebody named',
    permission: 'doors:emergency',
    once: true,
    input: z.object({ ...common, EmergencyID: id, Note: text(500).optional() }),
    answers: { 200: z.object({ Emergency, Doors: z.array(EmergencyDoor) }) },
    errors: ['EMERGENCY_NOT_FOUND', 'EMERGENCY_OVER', 'STEP_UP_REQUIRED'],
    changes: ['doors', 'devices'],
    audit: { subject: 'EmergencyID' },
    stepUpUnless: [],
  },
  emergencies: {
    ...own,
    name: 'ListEmergencies',
    method: 'GET',
    summary: 'Emergencies and drills, those under way first, then the newest',
    permission: 'doors:read',
    input: z.object({ ...common, Active: flag.optional() }),
    answers: { 200: z.object({ Emergencies: z.array(Emergency) }) },
    errors: [],
    changes: [],
  },
  emergency: {
    ...own,
    name: 'GetEmergency',
    method: 'GET',
    summary: 'How far an emergency is, door by door, those out of reach first; afterwards its report',
    permission: 'doors:read',
    input: z.object({ ...common, EmergencyID: id }),
    answers: { 200: z.object({ Emergency, Doors: z.array(EmergencyDoor) }) },
    errors: ['EMERGENCY_NOT_FOUND'],
    changes: [],
  },
  rollCall: {
    ...own,
    name: 'GetRollCall',
    method: 'GET',
    summary: 'Who is probably inside by the last known direction, and who has been seen safe',
    permission: 'doors:emergency',
    input: z.object({
      ...common,
      Site: text(64).optional(),
      EmergencyID: id.optional().describe('Ticks belong to it; without it to the roll call of the day'),
    }),
    answers: {
      200: z.object({
        RollCallID: z.string(),
        At: Instant,
        Sites: z.array(z.string()),
        People: z.array(MusterPerson),
        Ticks: z.array(MusterTick),
        Sureness: z
          .array(z.enum(['no_exit_reader', 'terminal_away', 'no_direction']))
          .describe('Why the count may be wrong'),
      }),
    },
    errors: ['EMERGENCY_NOT_FOUND'],
    changes: [],
    sensitive: { EmployeeCode: 'attendance:identify', Name: 'attendance:identify' },
  },
  saveMuster: {
    ...own,
    name: 'SaveMusterTicks',
    method: 'POST',
    summary:
      'Add what was ticked off, here or on a phone without a network; merged by their ids, nothing is lost',
    permission: 'doors:emergency',
    input: z.object({
      ...common,
      RollCallID: text(40).min(1),
      Ticks: z
        .array(
          z.object({
            TickID: text(64).min(8),
            EmployeeCode,
            State: z.enum(['Safe', 'Missing', 'Unmarked']),
            At: Instant,
            By: text(64).optional().describe('Name as the phone knew it while it had no network'),
            Note: text(200).optional(),
          }),
        )
        .min(1)
        .max(1000),
    }),
    answers: { 200: z.object({ Ticks: z.array(MusterTick), Added: z.int() }) },
    errors: [],
    changes: ['doors'],
    audit: { subject: 'RollCallID' },
    sensitive: { EmployeeCode: 'attendance:identify' },
  },
  zones: {
    ...own,
    name: 'ListDoorZones',
    method: 'GET',
    summary: 'Named groups of doors',
    permission: 'doors:read',
    input: z.object({ ...common }),
    answers: {
      200: z.object({ Zones: z.array(z.object({ Zone: z.string(), Doors: z.array(z.string()) })) }),
    },
    errors: [],
    changes: [],
  },
  saveZone: {
    ...own,
    name: 'SaveDoorZone',
    method: 'POST',
    summary: 'Name a group of doors, or change which doors are in it',
    permission: 'doors:schedule',
    input: z.object({ ...common, Zone: text(64).min(1), Doors: listOf(DoorRef) }),
    answers: { 200: z.object({ Zone: z.string(), Doors: z.array(z.string()) }) },
    errors: ['DEVICE_NOT_FOUND', 'DOOR_NOT_FOUND'],
    changes: ['doors'],
    audit: { subject: 'Zone' },
  },
  removeZone: {
    ...own,
    name: 'RemoveDoorZone',
    method: 'POST',
    summary: 'Forget a group of doors; the doors stay',
    permission: 'doors:schedule',
    input: z.object({ ...common, Zone: text(64).min(1) }),
    answers: { 200: z.object({ Zone: z.string() }) },
    errors: ['ZONE_NOT_FOUND'],
    changes: ['doors'],
    audit: { subject: 'Zone' },
  },
})
