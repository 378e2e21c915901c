import type { OperationAnswer } from '#contract/types.ts'
import { present, readDay, readText } from '../../../../api/search.ts'
import type { DayRange } from '../../../../format/day.ts'

export type PayrollTemplate = OperationAnswer<'attendance.payrollTemplates'>['Templates'][number]
/** What is saved of a form. */
export type PayrollLayout = Omit<PayrollTemplate, 'TemplateID' | 'Starter' | 'SavedAt' | 'SavedBy'>
export type PayrollColumn = PayrollTemplate['Columns'][number]

/** `/attendance/payroll?from=&to=&template=`; without days it is last month. */
export function readPayrollSearch(search: Record<string, unknown>) {
  return present({
    from: readDay(search, 'from'),
    to: readDay(search, 'to'),
    template: readText(search, 'template', 64),
  })
}

export type PayrollSearch = ReturnType<typeof readPayrollSearch>

/** The month before, or after, the one a day is in, whole. */
export function monthFrom(day: string, months: number): DayRange {
  const [year = 2000, month = 1] = day.split('-').map(Number)
  const at = (offset: number, date: number) =>
    new Date(Date.UTC(year, month - 1 + offset, date)).toISOString().slice(0, 10)
  return { from: at(months, 1), to: at(months + 1, 0) }
}

/** What is saved of a form, without who saved it. */
export function layoutOf(template: PayrollTemplate): PayrollLayout {
  const { TemplateID: _, Starter: __, SavedAt: ___, SavedBy: ____, ...layout } = template
  return layout
}
