import { z } from 'zod'
import { DaySums } from '../../entities/attendance-day.ts'
import { defineOperations } from '../../operation.ts'
import { common, EmployeeCode, Limit, LocalDate, OffSet, pageAnswer } from '../../primitives.ts'

export const ownAttendanceTotals = defineOperations('attendance', {
  totals: {
    name: 'ListAttendanceTotals',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary:
      'One row per person for a range, as payroll wants it: days, hours, overtime, lateness, what is missing',
    permission: 'attendance:read',
    input: z.object({
      ...common,
      FromDate: LocalDate,
      ToDate: LocalDate.describe('At most 366 days after FromDate'),
      OffSet,
      Limit,
    }),
    answers: {
      200: z.object({
        Totals: z.array(
          z.object({
            EmployeeCode: EmployeeCode,
            EmployeeName: z.string().nullable(),
            Sums: DaySums,
          }),
        ),
        ...pageAnswer,
        ActualRowCount: z.int().describe('People with a day in the range'),
      }),
    },
    errors: ['INVALID_DATE', 'INVALID_CURSOR'],
    changes: [],
    sensitive: { EmployeeCode: 'attendance:identify', EmployeeName: 'attendance:identify' },
  },
})
