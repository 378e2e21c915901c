import { z } from 'zod'
import { EmployeeCode, Instant, text } from '../primitives.ts'

/** What a column of a payroll file may hold, of one person over the range. */
export const PayrollField = z.enum([
  'EmployeeCode',
  'EmployeeName',
  'Department',
  'Site',
  'FromDate',
  'ToDate',
  'Year',
  'Month',
  'Worked',
  'Regular',
  'Overtime',
  'OvertimeWeighted',
  'Expected',
  'Balance',
  'Carried',
  'CarriedOvertime',
  'Late',
  'LateTimes',
  'EarlyLeave',
  'EarlyLeaveTimes',
  'DaysPresent',
  'HalfDays',
  'DaysAbsent',
  'DaysLeave',
  'DaysHoliday',
  'DaysNotKnownYet',
  'DaysNotFinal',
  'MissingPunches',
  'RowNumber',
  'Text',
])

/** One column, in its place. */
export const PayrollColumn = z.object({
  Field: PayrollField,
  Header: text(60).default(''),
  Text: text(60).default('').describe('Of Field Text: the same in every row, such as a wage type'),
  Form: z
    .enum(['decimal', 'minutes', 'clock'])
    .default('decimal')
    .describe('Of times: hours with decimals, whole minutes, or H:MM'),
  Decimals: z.coerce.number<number>().int().min(0).max(4).default(2),
  Width: z.coerce
    .number<number>()
    .int()
    .min(1)
    .max(200)
    .default(10)
    .describe('Of fixed width, in characters'),
  Align: z.enum(['left', 'right']).default('left'),
  Pad: z.enum(['space', 'zero']).default('space'),
})

/** How a payroll file is written. */
export const PayrollLayout = z.object({
  Name: text(80).pipe(z.string().min(1)),
  Kind: z.enum(['separated', 'fixed']).default('separated'),
  Separator: z.enum(['semicolon', 'comma', 'tab', 'pipe']).default('semicolon'),
  Decimal: z.enum(['comma', 'point']).default('comma'),
  Quotes: z.enum(['needed', 'always']).default('needed'),
  HasHeader: z.stringbool().or(z.boolean()).default(true),
  LineEnd: z.enum(['crlf', 'lf']).default('crlf'),
  Encoding: z.enum(['utf-8', 'utf-8-bom', 'windows-1252']).default('utf-8'),
  DateForm: z.enum(['YYYY-MM-DD', 'DD.MM.YYYY', 'MM/DD/YYYY', 'YYYYMMDD']).default('DD.MM.YYYY'),
  Columns: z.array(PayrollColumn).min(1).max(60),
})

/** A layout somebody has saved, or one to start from. */
export const PayrollTemplate = PayrollLayout.extend({
  TemplateID: z.string(),
  Starter: z.boolean().describe('Comes with Gatehouse; save it under a name of your own to change it'),
  SavedAt: Instant.nullable(),
  SavedBy: z.string().nullable(),
})

/** What does not fit or is not final, before anybody is paid by it. */
export const PayrollWarning = z.object({
  Kind: z.enum(['cut', 'not_final', 'unencodable', 'difference', 'carried']),
  Row: z.int().describe('Row of the person, from 1; 0: of the whole file'),
  Column: z.int().describe('Column from 1; 0: of the whole row'),
  Count: z
    .int()
    .describe(
      'Characters cut or not to be written, days, or minutes carried that no column of the form holds',
    ),
})

/** Minutes that a closed day was not given, and that this range gets instead. May be negative. */
export const PayrollCarried = z.object({
  DifferenceID: z.string(),
  PeriodID: z.string().describe('The closed period the day lies in'),
  EmployeeCode: EmployeeCode,
  EmployeeName: z.string().nullable(),
  Date: z.string().describe('The closed day'),
  CarryDate: z.string().describe('The day that gets them'),
  Worked: z.int(),
  Overtime: z.int(),
  Reason: z.string().nullable(),
  By: z.string().nullable(),
  At: Instant.nullable(),
})
