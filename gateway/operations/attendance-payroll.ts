import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { PayrollLayout } from '#contract/entities/payroll.ts'
import { OperationError } from '#contract/errors.ts'
import { operations } from '#contract/operations/index.ts'
import type { ParsedInput } from '#contract/types.ts'
import { type PayrollPeople, readPayroll } from '../attendance/payroll/payroll-people.ts'
import type { Layout, PayrollRange } from '../attendance/payroll/payroll-row.ts'
import { encodePayroll, renderPayroll } from '../attendance/payroll/render.ts'
import { starterTemplates } from '../attendance/payroll/starters.ts'
import { coverPerson } from '../exports/export-punches.ts'
import { actorOf } from '../http/caller.ts'
import {
  type PayrollTemplateRow,
  payrollTemplate,
  payrollTemplates,
  removePayrollTemplate,
  savePayrollTemplate,
} from '../store/payroll-templates.ts'
import { dayRequest, judgeDaysMax } from './attendance-people.ts'
import type { Call, Handlers } from './handler.ts'

const shownPeople = 20
const warningsMax = 100
const carriedShown = 100

type PayrollId =
  | 'attendance.payrollTemplates'
  | 'attendance.savePayrollTemplate'
  | 'attendance.removePayrollTemplate'
  | 'attendance.previewPayroll'
  | 'attendance.exportPayroll'

export const attendancePayrollHandlers = {
  async 'attendance.payrollTemplates'(_input, call) {
    const rows = await payrollTemplates(call.deps.store.read)
    return { status: 200, body: { Templates: [...rows.map(templateEntity), ...starterTemplates] } }
  },

  async 'attendance.savePayrollTemplate'({ TemplateID, Template }, call) {
    const { store, clock } = call.deps
    if (TemplateID !== undefined && !(await payrollTemplate(store.read, TemplateID)))
      throw templateNotFound(TemplateID)
    const row: PayrollTemplateRow = {
      template_id: TemplateID ?? randomUUID(),
      name: Template.Name,
      definition: JSON.stringify(Template),
      saved_at: clock.now(),
      saved_by: actorOf(call.caller),
    }
    await store.write(write => savePayrollTemplate(write, row))
    return { status: 200, body: { Template: templateEntity(row) } }
  },

  async 'attendance.removePayrollTemplate'({ TemplateID }, call) {
    const isRemoved = await call.deps.store.write(write => removePayrollTemplate(write, TemplateID))
    if (!isRemoved) throw templateNotFound(TemplateID)
    return { status: 200, body: { TemplateID } }
  },

  async 'attendance.previewPayroll'(input, call) {
    const layout = input.Draft === undefined ? await layoutOf(call, input.TemplateID) : readDraft(input.Draft)
    const { rows, range, carried } = await payrollRows(call, input)
    const { lines, warnings } = renderPayroll(layout, rows, range)
    const notFinal = rows.map(({ Sums }) => Sums.Provisional).filter(days => days > 0)
    return {
      status: 200,
      body: {
        Lines: lines.slice(0, shownPeople + (layout.HasHeader ? 1 : 0)),
        People: rows.length,
        NotFinalPeople: notFinal.length,
        NotFinalDays: notFinal.reduce((sum, days) => sum + days, 0),
        Differences: rows.reduce((sum, { Sums }) => sum + Sums.Differences, 0),
        Carried: carried.slice(0, carriedShown),
        CarriedCount: carried.length,
        Warnings: warnings.slice(0, warningsMax),
      },
    }
  },

  async 'attendance.exportPayroll'(input, call) {
    const layout = await layoutOf(call, input.TemplateID)
    const { rows, range } = await payrollRows(call, input)
    const open = rows.filter(({ Sums }) => Sums.Provisional > 0)
    if (open.length > 0 && !input.AllowNotFinal)
      throw new OperationError('PAYROLL_NOT_FINAL', {
        field: 'AllowNotFinal',
        detail: `${open.length} people have days that may still change`,
      })
    const { lines, misfits } = renderPayroll(layout, rows, range)
    const [misfit] = misfits
    if (misfit)
      throw new OperationError('PAYROLL_DOES_NOT_FIT', {
        field: 'TemplateID',
        detail: `${misfit.value} in row ${misfit.row} does not fit the ${misfit.width} characters of ${misfit.header}`,
      })
    const form = formOf(layout)
    const mark = open.length > 0 ? '_not-final' : ''
    return {
      status: 200,
      file: {
        name: `payroll_${range.fromDate}_${range.toDate}${mark}.${form.slice(0, 3)}`,
        type: operations['attendance.exportPayroll'].file[form],
        content: Readable.from([encodePayroll(layout, lines)]),
        rowCount: () => rows.length,
      },
    }
  },
} satisfies Pick<Handlers, PayrollId>

function formOf({ Kind, Encoding }: Layout): 'csv' | 'txt' | 'csv-1252' | 'txt-1252' {
  const kind = Kind === 'fixed' ? 'txt' : 'csv'
  return Encoding === 'windows-1252' ? `${kind}-1252` : kind
}

/**
 * Everybody of the range, one row each; whole, since nothing may be written of a file that cannot be written whole. Whose
 * days wait to be judged again is not final.
 */
async function payrollRows(
  call: Call,
  input: Pick<
    ParsedInput<'attendance.previewPayroll'>,
    'FromDate' | 'ToDate' | 'EmployeeCode' | 'Department' | 'Site'
  >,
): Promise<PayrollPeople & { readonly range: PayrollRange }> {
  const { FromDate, ToDate, EmployeeCode, Department, Site } = input
  const { request, filter } = await dayRequest(call, { FromDate, ToDate, EmployeeCode, Department, Site })
  const asked = { ...request, fromCode: '', judgeDaysMax }
  const { rows, carried } = await readPayroll(call.deps, asked, filter)
  const hidden = call.hiddenFields ?? new Set<string>()
  return { rows: rows.map(row => coverPerson(row, hidden)), carried, range: request.range }
}

async function layoutOf(call: Call, templateId: string | undefined): Promise<Layout> {
  const starter = starterTemplates.find(({ TemplateID }) => TemplateID === templateId)
  if (starter) return starter
  const row = templateId === undefined ? undefined : await payrollTemplate(call.deps.store.read, templateId)
  if (!row) throw templateNotFound(templateId ?? '')
  return PayrollLayout.parse(JSON.parse(row.definition))
}

function readDraft(draft: string): Layout {
  let value: unknown
  try {
    value = JSON.parse(draft)
  } catch {
    throw new OperationError('INVALID_INPUT', { field: 'Draft', detail: 'Draft must be JSON' })
  }
  const parsed = PayrollLayout.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new OperationError('INVALID_INPUT', {
    field: 'Draft',
    detail: `${issue?.path.join('.') ?? 'Draft'} ${issue?.message ?? 'cannot be read'}`,
  })
}

function templateEntity(row: PayrollTemplateRow) {
  return {
    ...PayrollLayout.parse(JSON.parse(row.definition)),
    TemplateID: row.template_id,
    Starter: false,
    SavedAt: new Date(row.saved_at).toISOString(),
    SavedBy: row.saved_by,
  }
}

function templateNotFound(templateId: string): OperationError {
  return new OperationError('PAYROLL_TEMPLATE_NOT_FOUND', {
    field: 'TemplateID',
    detail: `There is no payroll template ${templateId}`,
  })
}
