import type { CorrectionTables } from './schema-corrections.ts'
import type { PayrollTables } from './schema-payroll.ts'

/** Plans, corrections, closures and day results. */
export interface AttendanceTables extends CorrectionTables, PayrollTables {}
