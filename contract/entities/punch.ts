import { z } from 'zod'
import { EmployeeCode, Instant, LocalTime } from '../primitives.ts'

/** Direction as pressed at the terminal; `None` when no key was (cams-gateway 2.2, iclock-push 11.1). */
export const Direction = z.enum([
  'CheckIn',
  'CheckOut',
  'BreakIn',
  'BreakOut',
  'OverTimeIn',
  'OverTimeOut',
  'None',
])

/** Lower-case modality, as the published callback sample has it. */
export const Modality = z.enum([
  'fingerprint',
  'face',
  'card',
  'palm',
  'fingervein',
  'iris',
  'retina',
  'password',
  'others',
])

/** One punch. The first five fields are published (cams-gateway 1.1); the rest is additive. */
export const Punch = z.object({
  DeviceSN: z.string(),
  EmployeeCode: EmployeeCode,
  AttendanceLog: LocalTime,
  Type: Modality,
  Direction: Direction,
  OperationID: z.string().describe('Stable id of this punch'),
  LogTime: z.string().describe('The same local clock with its true offset: YYYY-MM-DD HH:MM:SS GMT +HHMM'),
  TimeZone: z.string(),
  LabelName: z.string(),
  Site: z.string(),
  EmployeeName: z.string().nullable().describe('As last stated by a terminal; null when unknown'),
  Temperature: z.number().nullable().describe('Degrees Celsius, null when not measured'),
  FaceMask: z.boolean().nullable(),
  WorkCode: z.string().nullable(),
  ReceivedAt: Instant.describe('When this gateway kept it'),
  ClockSkewSeconds: z
    .number()
    .nullable()
    .describe('Terminal clock minus ours when the punch arrived live; null when not measured'),
  Flags: z.array(z.enum(['implausible_time', 'late_arrival', 'estimated_instant'])),
})

/** A photo taken at a terminal, without its picture. */
export const PunchPhoto = z.object({
  DeviceSN: z.string(),
  LabelName: z.string(),
  EmployeeCode: EmployeeCode.nullable().describe('null: the verification failed, or nobody was recognised'),
  AttendanceLog: LocalTime,
  Type: z.enum(['jpg', 'png']),
  Size: z.int().describe('Bytes'),
  ReceivedAt: Instant,
})

/** Counts of one slice of the day, by direction. */
export const PunchBucket = z.object({
  Minute: z.int().describe('Minutes since local midnight at which the slice starts'),
  In: z.int(),
  Out: z.int(),
  Other: z.int(),
})
