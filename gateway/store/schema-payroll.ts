/** Forms of payroll files. */
export interface PayrollTables {
  payroll_template: PayrollTemplateTable
}

export interface PayrollTemplateTable {
  template_id: string
  name: string
  /** JSON as in the contract (contract/entities/payroll.ts). */
  definition: string
  saved_at: number
  /** Opaque name of who saved it. */
  saved_by: string | null
}
