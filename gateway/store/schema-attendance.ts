import type { CorrectionTables } from './schema-corrections.ts'

/** Plans, corrections, closures and day results. */
export interface AttendanceTables extends CorrectionTables {}
