import { z } from 'zod'
import { PayrollCarried, PayrollLayout, PayrollTemplate, PayrollWarning } from '../../entities/payroll.ts'
import { defineOperations } from '../../operation.ts'
import { common, EmployeeCode, LocalDate, text } from '../../primitives.ts'

const TemplateID = text(64).pipe(z.string().min(1))

const whose = {
  FromDate: LocalDate,
  ToDate: LocalDate.describe('At most 62 days after FromDate'),
  EmployeeCode: EmployeeCode.optional(),
  Department: z.string().max(100).optional(),
  Site: z.string().max(100).optional(),
}

export const ownAttendancePayroll = defineOperations('attendance', {
  payrollTemplates: {
    name: 'ListPayrollTemplates',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'Forms of payroll files: those saved here, and some to start from',
    permission: 'attendance:export',
    input: z.object({ ...common }),
    answers: { 200: z.object({ Templates: z.array(PayrollTemplate) }) },
    errors: [],
    changes: [],
  },
  savePayrollTemplate: {
    name: 'SavePayrollTemplate',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'POST',
    summary: 'Keep the form of a payroll file under a name',
    permission: 'attendance:export',
    input: z.object({
      ...common,
      TemplateID: TemplateID.optional().describe('The one to replace; absent: a new one'),
      Template: PayrollLayout,
    }),
    answers: { 200: z.object({ Template: PayrollTemplate }) },
    errors: ['PAYROLL_TEMPLATE_NOT_FOUND'],
    changes: ['attendance'],
    audit: { subject: 'TemplateID' },
  },
  removePayrollTemplate: {
    name: 'RemovePayrollTemplate',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'POST',
    summary: 'Forget a form of a payroll file',
    permission: 'attendance:export',
    input: z.object({ ...common, TemplateID }),
    answers: { 200: z.object({ TemplateID: z.string() }) },
    errors: ['PAYROLL_TEMPLATE_NOT_FOUND'],
    changes: ['attendance'],
    audit: { subject: 'TemplateID' },
  },
  previewPayroll: {
    name: 'PreviewPayroll',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'The first lines of a payroll file as they would be written, and what speaks against writing it',
    permission: 'attendance:export',
    input: z.object({
      ...common,
      ...whose,
      TemplateID: TemplateID.optional(),
      Draft: z.string().max(20_000).optional().describe('A form that is not saved yet, as JSON'),
    }),
    answers: {
      200: z.object({
        Lines: z.array(z.string()).describe('Header and the first twenty people'),
        People: z.int(),
        NotFinalPeople: z.int(),
        NotFinalDays: z.int(),
        Differences: z.int().describe('Closed days of which a recalculation says otherwise'),
        Carried: z
          .array(PayrollCarried)
          .describe('Differences carried from closed days to days of this range; the first hundred'),
        CarriedCount: z.int(),
        Warnings: z.array(PayrollWarning).describe('The first hundred'),
      }),
    },
    errors: ['PAYROLL_TEMPLATE_NOT_FOUND', 'USER_NOT_FOUND', 'INVALID_DATE'],
    changes: [],
    sensitive: {
      Lines: 'attendance:identify',
      EmployeeCode: 'attendance:identify',
      EmployeeName: 'attendance:identify',
    },
    actors: ['By'],
  },
  exportPayroll: {
    name: 'ExportPayroll',
    aliases: [],
    known: false,
    origin: 'own',
    method: 'GET',
    summary:
      'One row per person in the form of a template; refused while days are not final, unless that is accepted',
    permission: 'attendance:export',
    input: z.object({
      ...common,
      ...whose,
      TemplateID,
      AllowNotFinal: z
        .stringbool()
        .or(z.boolean())
        .default(false)
        .describe('Write it although numbers may still change'),
      Format: z.enum(['csv', 'txt', 'csv-1252', 'txt-1252']).optional().describe('Decided by the template'),
    }),
    answers: {
      200: z.object({
        Rows: z.array(z.looseObject({ EmployeeCode, EmployeeName: z.string().nullable() })),
        ReturnRowCount: z.int(),
      }),
    },
    file: {
      csv: 'text/csv; charset=utf-8',
      txt: 'text/plain; charset=utf-8',
      'csv-1252': 'text/csv; charset=windows-1252',
      'txt-1252': 'text/plain; charset=windows-1252',
    },
    errors: [
      'PAYROLL_TEMPLATE_NOT_FOUND',
      'PAYROLL_NOT_FINAL',
      'PAYROLL_DOES_NOT_FIT',
      'USER_NOT_FOUND',
      'INVALID_DATE',
    ],
    changes: [],
    audit: { subject: 'TemplateID' },
    sensitive: { EmployeeCode: 'attendance:identify', EmployeeName: 'attendance:identify' },
  },
})
