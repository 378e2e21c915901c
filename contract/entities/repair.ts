import { z } from 'zod'
import { EmployeeCode, Instant, LocalTime } from '../primitives.ts'
import { DayCell } from './attendance-day.ts'
import { AwayCause } from './incident.ts'

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
  Estimated: z.boolean().describe('An estimate of it counts already, or waits for a second person'),
  Affected: z
    .boolean()
    .describe('By somebody who usually punches there at that time, as the incident counts'),
})

/** Somebody who usually punches at a terminal at the time of an incident. */
export const AffectedPerson = z.object({
  EmployeeCode: EmployeeCode,
  EmployeeName: z.string().nullable(),
  Proposed: z.int().describe('Punches that were probably made'),
  Came: z.boolean().describe('A punch of that time is here'),
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

/** A time a terminal was away, as far as repairing it goes. */
export const RepairableOutage = z.object({
  IncidentID: z.string(),
  DeviceSN: z.string(),
  LabelName: z.string(),
  Site: z.string(),
  TimeZone: z.string(),
  FromTime: z.string().describe('Its last sign, on its wall clock'),
  ToTime: z.string().describe('Its next sign; now while it lasts'),
  Lasting: z.boolean(),
  Cause: AwayCause,
  Devices: z.int().describe('Terminals of the incident'),
  People: z.int().nullable().describe('Of the whole incident: people who usually punch there at that time'),
  PunchesMissing: z.int().nullable().describe('Of the whole incident: fewer than the usual band'),
  Repairs: z.array(Repair).describe('What was estimated for this terminal; newest first'),
})
