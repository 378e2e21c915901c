import type { z } from 'zod'
import { PayrollLayout, type PayrollTemplate } from '#contract/entities/payroll.ts'

type Starter = z.output<typeof PayrollTemplate>

const starter = (id: string, layout: z.input<typeof PayrollLayout>): Starter => ({
  ...PayrollLayout.parse(layout),
  TemplateID: id,
  Starter: true,
  SavedAt: null,
  SavedBy: null,
})

/**
 * Forms to start from. Payroll programs are set up differently at every site, so these have the usual order and signs of
 * each family and no claim to be the interface of any program.
 */
export const starterTemplates: readonly Starter[] = [
  starter('starter-datev', {
    Name: 'DATEV-like',
    Kind: 'separated',
    Separator: 'semicolon',
    Decimal: 'comma',
    Encoding: 'windows-1252',
    DateForm: 'DD.MM.YYYY',
    Columns: [
      { Field: 'EmployeeCode', Header: 'Personalnummer' },
      { Field: 'EmployeeName', Header: 'Name' },
      { Field: 'Year', Header: 'Jahr' },
      { Field: 'Month', Header: 'Monat' },
      { Field: 'Text', Header: 'Lohnart', Text: '1000' },
      { Field: 'Regular', Header: 'Stunden' },
      { Field: 'Text', Header: 'Lohnart', Text: '1100' },
      { Field: 'Overtime', Header: 'Überstunden' },
      { Field: 'Carried', Header: 'Nachberechnung' },
      { Field: 'DaysAbsent', Header: 'Fehltage' },
    ],
  }),
  starter('starter-adp', {
    Name: 'ADP-like',
    Kind: 'separated',
    Separator: 'comma',
    Decimal: 'point',
    Encoding: 'utf-8',
    DateForm: 'MM/DD/YYYY',
    Columns: [
      { Field: 'Text', Header: 'Co Code', Text: 'XXX' },
      { Field: 'Text', Header: 'Batch ID', Text: '1' },
      { Field: 'EmployeeCode', Header: 'File #' },
      { Field: 'EmployeeName', Header: 'Employee Name' },
      { Field: 'FromDate', Header: 'Pay Begin' },
      { Field: 'ToDate', Header: 'Pay End' },
      { Field: 'Regular', Header: 'Reg Hours' },
      { Field: 'Overtime', Header: 'O/T Hours' },
      { Field: 'Carried', Header: 'Adj Hours' },
      { Field: 'DaysLeave', Header: 'Leave Days' },
    ],
  }),
  starter('starter-sap', {
    Name: 'SAP-like, fixed width',
    Kind: 'fixed',
    Decimal: 'point',
    HasHeader: false,
    Encoding: 'utf-8',
    DateForm: 'YYYYMMDD',
    Columns: [
      { Field: 'EmployeeCode', Header: 'PERNR', Width: 8, Align: 'right' },
      { Field: 'FromDate', Header: 'BEGDA', Width: 8 },
      { Field: 'ToDate', Header: 'ENDDA', Width: 8 },
      { Field: 'Text', Header: 'LGART', Text: '1000', Width: 4 },
      { Field: 'Regular', Header: 'ANZHL', Width: 9, Align: 'right', Pad: 'zero' },
      { Field: 'Text', Header: 'LGART', Text: '1100', Width: 4 },
      { Field: 'Overtime', Header: 'ANZHL', Width: 9, Align: 'right', Pad: 'zero' },
      { Field: 'Text', Header: 'LGART', Text: '1900', Width: 4 },
      { Field: 'Carried', Header: 'ANZHL', Width: 9, Align: 'right', Pad: 'zero' },
      { Field: 'DaysAbsent', Header: 'ABSNC', Width: 3, Align: 'right', Pad: 'zero' },
    ],
  }),
]
