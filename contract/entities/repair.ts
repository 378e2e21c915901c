import { z } from 'zod'
import { EmployeeCode, Instant, LocalTime } from '../primitives.ts'
import { DayCell } from './attendance-day.ts'

/** A day of somebody that a person has to look at. */
export const ExceptionRow = z.object({
  EmployeeCode: EmployeeCode,
  EmployeeName: z.string().nullable(),
  TimeZone: z.string(),
  Kinds: z.array(z.string()).describe('What was found and not settled'),
  Pending: z.int().describe('Corrections of this day that wait for a second person'),
  Cell: DayCell,
})

const RepairDirection = z.enum(['CheckIn', 'CheckOut'])

/** A punch that was probably made while its terminal could not tell. */
export const LikelyPunch = z.object({
  EmployeeCode: EmployeeCode,
  EmployeeName: z.string().nullable(),
  Date: z.string(),
  LocalTime,
  Direction: RepairDirection,
  Basis: z.enum(['plan', 'usual']).describe('By the shift, or by how they came and went on such days'),
  Share: z.number().nullable().describe('Of the last four such weekdays, the share on which they came'),
  SeenAt: z.string().nullable().describe('Another terminal or door that has seen them that day'),
  SeenTime: z.string().nullable(),
  HalfHere: z.boolean().describe('The other half of the day is here'),
  Strong: z.boolean().describe('Enough speaks for it to be taken without a second thought'),
})

export const RepairPunch = z.object({
  EmployeeCode: EmployeeCode,
  LocalTime,
  Direction: RepairDirection,
})

export const Repair = z.object({
  RepairID: z.string(),
  DeviceSN: z.string(),
  LabelName: z.string(),
  FromTime: z.string(),
  ToTime: z.string(),
  IncidentID: z.string().nullable(),
  Reason: z.string(),
  By: z.string(),
  At: Instant,
  Punches: z.int(),
  Pending: z.int().describe('Wait for a second person'),
  Replaced: z.int().describe('Taken back by themselves, since the real punches have arrived'),
})
