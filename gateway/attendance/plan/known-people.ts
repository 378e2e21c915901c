import type { Reader } from '../../store/index.ts'
import type { ImportTable } from './import-table.ts'
import { boundedText, type ImportRow, RowFault } from './import-table.ts'

/**
 * Finds the people that the rows of a text name. A code that nobody has is most often one whose leading zeros a
 * spreadsheet has eaten, so the fault names the code it may have been.
 */
export async function openPeople(
  reader: Reader,
  table: ImportTable,
  column: string,
): Promise<(row: ImportRow) => string | null> {
  const named = [...new Set(table.rows.map(row => row.text(column)).filter(code => code !== ''))]
  if (named.length === 0) return () => null
  const rows = await reader.selectFrom('person').select('employee_code').execute()
  const known = new Set(rows.map(row => row.employee_code))
  const withoutZeros = new Map(rows.map(row => [row.employee_code.replace(/^0+/, ''), row.employee_code]))
  return row => {
    const code = boundedText(column, row.text(column), 64)
    if (code === '') return null
    if (known.has(code)) return code
    const other = withoutZeros.get(code.replace(/^0+/, ''))
    const hint = other === undefined ? '' : `; ${other} is known, leading zeros count`
    throw new RowFault(column, `No person ${code} is known${hint}`)
  }
}
