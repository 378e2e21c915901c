import { z } from 'zod'
import {
  AttendancePolicy,
  PlanDate,
  PlanID,
  PlanVersion,
  Rotation,
  RotationDefinition,
  Shift,
  ShiftDefinition,
} from '../../entities/plan.ts'
import { defineOperations } from '../../operation.ts'
import { common, text } from '../../primitives.ts'
import { shiftFaults } from '../../shift-faults.ts'

const own = { aliases: [], known: false, origin: 'own' } as const
const Name = text(80).min(1, 'must not be empty')
const atDate = PlanDate.optional().describe('As it holds on this date; without it today')
const fromDate = PlanDate.optional().describe(
  'A new version from this date on; without it the version in force is changed itself',
)
const removeFrom = PlanDate.optional().describe('From this date on; without it from today')

export const ownAttendanceShifts = defineOperations('attendance', {
  shifts: {
    ...own,
    name: 'ListShifts',
    method: 'GET',
    summary: 'Shifts as they hold on a date, those that begin later, and every earlier version by name',
    permission: 'attendance:read',
    input: z.object({ ...common, Date: atDate }),
    answers: { 200: z.object({ Shifts: z.array(Shift) }) },
    errors: [],
    changes: [],
  },
  saveShift: {
    ...own,
    name: 'SaveShift',
    method: 'POST',
    summary: 'Make a shift, change it, or give it a new version from a date on',
    permission: 'attendance:plan',
    input: z
      .object({
        ...common,
        ShiftID: PlanID.optional().describe('Without it a new one, called after its name'),
        Name,
        FromDate: fromDate,
        ...ShiftDefinition.shape,
      })
      .superRefine((shift, context) => {
        for (const { path, message } of shiftFaults(shift))
          context.addIssue({ code: 'custom', path, message })
      }),
    answers: { 200: z.object({ Shift }) },
    errors: ['INVALID_DATE'],
    changes: ['attendance'],
    audit: { subject: 'Name' },
  },
  removeShift: {
    ...own,
    name: 'RemoveShift',
    method: 'POST',
    summary: 'Nobody works a shift any more from a date on; what was planned before stays',
    permission: 'attendance:plan',
    input: z.object({ ...common, ShiftID: PlanID, FromDate: removeFrom }),
    answers: { 200: z.object({ ShiftID: z.string(), FromDate: z.string() }) },
    errors: ['PLAN_NOT_FOUND', 'PLAN_IN_USE', 'INVALID_DATE'],
    changes: ['attendance'],
    audit: { subject: 'ShiftID' },
  },
  rotations: {
    ...own,
    name: 'ListRotations',
    method: 'GET',
    summary: 'Cycles of shifts as they hold on a date, and those that begin later',
    permission: 'attendance:read',
    input: z.object({ ...common, Date: atDate }),
    answers: { 200: z.object({ Rotations: z.array(Rotation) }) },
    errors: [],
    changes: [],
  },
  saveRotation: {
    ...own,
    name: 'SaveRotation',
    method: 'POST',
    summary: 'Make a rotation, change it, or give it a new version from a date on',
    permission: 'attendance:plan',
    input: z.object({
      ...common,
      RotationID: PlanID.optional(),
      Name,
      FromDate: fromDate,
      ...RotationDefinition.shape,
    }),
    answers: { 200: z.object({ Rotation }) },
    errors: ['PLAN_NOT_FOUND', 'INVALID_DATE'],
    changes: ['attendance'],
    audit: { subject: 'Name' },
  },
  removeRotation: {
    ...own,
    name: 'RemoveRotation',
    method: 'POST',
    summary: 'Nobody works by a rotation any more from a date on',
    permission: 'attendance:plan',
    input: z.object({ ...common, RotationID: PlanID, FromDate: removeFrom }),
    answers: { 200: z.object({ RotationID: z.string(), FromDate: z.string() }) },
    errors: ['PLAN_NOT_FOUND', 'PLAN_IN_USE', 'INVALID_DATE'],
    changes: ['attendance'],
    audit: { subject: 'RotationID' },
  },
  policy: {
    ...own,
    name: 'GetAttendancePolicy',
    method: 'GET',
    summary: 'Grace, rounding, breaks, thresholds and overtime as they hold on a date',
    permission: 'attendance:read',
    input: z.object({ ...common, Date: atDate }),
    answers: {
      200: z.object({
        Policy: AttendancePolicy,
        FromDate: z.string().nullable().describe('null: nobody has decided anything yet'),
        Defaults: AttendancePolicy,
        History: z.array(PlanVersion),
      }),
    },
    errors: [],
    changes: [],
  },
  savePolicy: {
    ...own,
    name: 'SaveAttendancePolicy',
    method: 'POST',
    summary: 'Decide grace, rounding, breaks, thresholds and overtime; what is not given stays',
    permission: 'attendance:plan',
    input: z.object({
      ...common,
      FromDate: fromDate,
      ...AttendancePolicy.partial().shape,
    }),
    answers: { 200: z.object({ Policy: AttendancePolicy, FromDate: z.string() }) },
    errors: ['INVALID_DATE'],
    changes: ['attendance'],
    audit: { subject: 'FromDate' },
  },
})
