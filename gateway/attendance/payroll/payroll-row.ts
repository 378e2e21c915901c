import type { z } from 'zod'
import type { PayrollColumn, PayrollLayout } from '#contract/entities/payroll.ts'
import type { PersonSumsRow } from '../days/readings.ts'

export type Layout = z.output<typeof PayrollLayout>
export type LayoutColumn = z.output<typeof PayrollColumn>

/** One person as payroll needs it; times in minutes. */
export interface PayrollRow extends PersonSumsRow {
  /** From closed days that were not given them; negative where they were given too many. */
  readonly Carried: { readonly Worked: number; readonly Overtime: number }
}

/** Range of the file, `YYYY-MM-DD`. */
export interface PayrollRange {
  readonly fromDate: string
  readonly toDate: string
}

/** Text, a number that is counted, or a time in minutes. */
export type PayrollValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'count'; readonly value: number }
  | { readonly kind: 'time'; readonly minutes: number }
  | { readonly kind: 'date'; readonly day: string }

/** What a column holds of a person; `rowNumber` counts from 1. */
export function payrollValue(
  column: LayoutColumn,
  row: PayrollRow,
  range: PayrollRange,
  rowNumber: number,
): PayrollValue {
  const { Sums } = row
  switch (column.Field) {
    case 'EmployeeCode':
      return text(row.EmployeeCode)
    case 'EmployeeName':
      return text(row.EmployeeName)
    case 'Department':
      return text(row.Department)
    case 'Site':
      return text(row.Site)
    case 'Text':
      return text(column.Text)
    case 'FromDate':
      return { kind: 'date', day: range.fromDate }
    case 'ToDate':
      return { kind: 'date', day: range.toDate }
    case 'Year':
      return text(range.fromDate.slice(0, 4))
    case 'Month':
      return text(range.fromDate.slice(5, 7))
    case 'Worked':
      return time(Sums.Worked)
    case 'Regular':
      return time(Sums.Worked - Sums.Overtime)
    case 'Overtime':
      return time(Sums.Overtime)
    case 'OvertimeWeighted':
      return time(Sums.OvertimeWeighted)
    case 'Expected':
      return time(Sums.Expected)
    case 'Balance':
      return time(Sums.Worked - Sums.Expected)
    case 'Carried':
      return time(row.Carried.Worked)
    case 'CarriedOvertime':
      return time(row.Carried.Overtime)
    case 'Late':
      return time(Sums.Late)
    case 'EarlyLeave':
      return time(Sums.EarlyLeave)
    case 'LateTimes':
      return count(Sums.LateTimes)
    case 'EarlyLeaveTimes':
      return count(Sums.EarlyLeaveTimes)
    case 'DaysPresent':
      return count(Sums.Present)
    case 'HalfDays':
      return count(Sums.HalfDays)
    case 'DaysAbsent':
      return count(Sums.Absent)
    case 'DaysLeave':
      return count(Sums.Leave)
    case 'DaysHoliday':
      return count(Sums.Holidays)
    case 'DaysNotKnownYet':
      return count(Sums.NotKnownYet)
    case 'DaysNotFinal':
      return count(Sums.Provisional)
    case 'MissingPunches':
      return count(Sums.MissingPunches)
    case 'RowNumber':
      return count(rowNumber)
  }
}

const text = (value: string | null): PayrollValue => ({ kind: 'text', text: value ?? '' })
const time = (minutes: number): PayrollValue => ({ kind: 'time', minutes })
const count = (value: number): PayrollValue => ({ kind: 'count', value })
