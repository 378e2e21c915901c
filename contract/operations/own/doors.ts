import { z } from 'zod'
import { Command } from '../../entities/command.ts'
import { DoorHold, DoorNo, DoorTick } from '../../entities/door.ts'
import { defineOperations } from '../../operation.ts'
import { common, DeviceSN, text } from '../../primitives.ts'
import { ownDoorAccess } from './doors-access.ts'
import { ownDoorAlarms } from './doors-alarms.ts'
import { ownDoorEmergency } from './doors-emergency.ts'
import { ownDoorPlans } from './doors-plans.ts'

const id = z.union([z.string(), z.int().transform(String)]).pipe(z.string().trim().min(1).max(20))
const own = { aliases: [], known: false, origin: 'own' } as const

export const ownDoors = {
  ...defineOperations('doors', {
    cancel: {
      ...own,
      name: 'CancelDoorOrder',
      method: 'POST',
      summary: 'Take back a door order no terminal has fetched yet',
      permission: 'doors:operate',
      input: z.object({ ...common, CommandID: id }),
      answers: { 200: Command },
      errors: ['COMMAND_NOT_FOUND', 'ORDER_TOO_LATE'],
      changes: ['doors', 'devices'],
      audit: { subject: 'CommandID' },
    },
    approve: {
      ...own,
      name: 'ApproveDoorHold',
      method: 'POST',
      summary: 'Agree, as a second person, to hold a door without an end',
      permission: 'doors:operate',
      once: true,
      input: z.object({ ...common, HoldID: id }),
      answers: { 200: Command, 409: Command },
      errors: ['HOLD_NOT_FOUND', 'SECOND_PERSON_NEEDED', 'ORDER_TOO_LATE'],
      changes: ['doors', 'devices'],
      audit: { subject: 'HoldID' },
    },
    holds: {
      ...own,
      name: 'ListDoorHolds',
      method: 'GET',
      summary: 'Doors that are locked, held or kept closed by order, and the orders of late',
      permission: 'doors:read',
      input: z.object({
        ...common,
        DeviceSN: DeviceSN.optional(),
        Open: z.stringbool().or(z.boolean()).optional().describe('Only those that have not ended'),
      }),
      answers: { 200: z.object({ Holds: z.array(DoorHold) }) },
      errors: ['DEVICE_NOT_FOUND'],
      changes: [],
    },
    proof: {
      ...own,
      name: 'GetDoorProof',
      method: 'GET',
      summary: 'What is known of a door order: handed over, acknowledged, moved, and what is not known',
      permission: 'doors:read',
      input: z.object({ ...common, CommandID: id }),
      answers: { 200: z.object({ Command, Ticks: z.array(DoorTick) }) },
      errors: ['COMMAND_NOT_FOUND'],
      changes: [],
    },
    setDoor: {
      ...own,
      name: 'SetDoor',
      method: 'POST',
      summary: 'Name a door, and say what opening or holding it takes',
      permission: 'doors:schedule',
      input: z.object({
        ...common,
        DeviceSN,
        DoorNo,
        DoorName: text(64).optional(),
        ReasonRequired: z.stringbool().or(z.boolean()).optional(),
        SecondPerson: z.stringbool().or(z.boolean()).optional(),
      }),
      answers: { 200: z.object({ DeviceSN: z.string(), DoorNo: z.int() }) },
      errors: ['DEVICE_NOT_FOUND', 'DOOR_NOT_FOUND'],
      changes: ['doors'],
      audit: { subject: 'DeviceSN' },
    },
  }),
  ...ownDoorEmergency,
  ...ownDoorAccess,
  ...ownDoorAlarms,
  ...ownDoorPlans,
}
