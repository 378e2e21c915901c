import { OperationError } from '#contract/errors.ts'
import type { Reader, Store, Write } from '../../store/index.ts'
import type { Change } from './change-versions.ts'
import { assignmentImporter } from './import-assignments.ts'
import { holidayImporter, leaveImporter } from './import-calendar-days.ts'
import { departmentImporter } from './import-departments.ts'
import { type ImportRow, type ImportTable, RowFault, readImport } from './import-table.ts'

export type ImportKind = 'assignments' | 'departments' | 'leave' | 'holidays'

/** What a row would do: in words, and how. */
export interface ImportStep {
  readonly outcome: 'add' | 'change' | 'same'
  readonly about: string
  /** What makes two rows of one text contradict each other. */
  readonly key: string
  apply(write: Write): Promise<void>
}

/** Reads rows of one kind against what is known. A row that cannot be done is a thrown RowFault. */
export interface Importer {
  readonly columns: readonly string[]
  /** Loads once what all rows are compared with. */
  open(reader: Reader, table: ImportTable, change: Change): Promise<(row: ImportRow) => ImportStep>
}

export interface ImportedRow {
  readonly line: number
  readonly outcome: ImportStep['outcome'] | 'fault'
  readonly about: string
  readonly field: string | null
  readonly fault: string | null
}

const importers: Readonly<Record<ImportKind, Importer>> = {
  assignments: assignmentImporter,
  departments: departmentImporter,
  leave: leaveImporter,
  holidays: holidayImporter,
}

/**
 * Says of each row what it would do, and does it where that is asked for and every row is good: all in one transaction,
 * or nothing.
 */
export async function importPlan(
  store: Store,
  request: {
    readonly kind: ImportKind
    readonly text: string
    readonly dryRun: boolean
    readonly change: Change
  },
): Promise<{ rows: ImportedRow[]; columns: readonly string[]; written: boolean }> {
  const importer = importers[request.kind]
  const table = readImport(request.text, importer.columns)
  if (table.fault !== null) throw new OperationError('INVALID_INPUT', { field: 'Text', detail: table.fault })
  if (request.dryRun) {
    const { rows } = await plan(store.read, importer, table, request.change)
    return { rows, columns: table.columns, written: false }
  }
  return store.write(async write => {
    const { rows, steps } = await plan(write, importer, table, request.change)
    const written = rows.every(row => row.outcome !== 'fault')
    if (written) for (const step of steps) if (step.outcome !== 'same') await step.apply(write)
    return { rows, columns: table.columns, written }
  })
}

async function plan(reader: Reader, importer: Importer, table: ImportTable, change: Change) {
  const read = await importer.open(reader, table, change)
  const lineOf = new Map<string, number>()
  const steps: ImportStep[] = []
  const rows = table.rows.map((row): ImportedRow => {
    try {
      const step = read(row)
      const before = lineOf.get(step.key)
      if (before !== undefined) throw new RowFault(null, `Line ${before} already says this of the same`)
      lineOf.set(step.key, row.line)
      steps.push(step)
      return { line: row.line, outcome: step.outcome, about: step.about, field: null, fault: null }
    } catch (error) {
      const fault = faultOf(error)
      const about = table.columns
        .map(column => row.text(column))
        .join(' · ')
        .slice(0, 200)
      return { line: row.line, outcome: 'fault', about, field: fault.field, fault: fault.message }
    }
  })
  return { rows, steps }
}

function faultOf(error: unknown): RowFault {
  if (error instanceof RowFault) return error
  if (error instanceof OperationError) return new RowFault(error.field ?? null, error.message)
  throw error
}
