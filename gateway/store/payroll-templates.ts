import type { Selectable } from 'kysely'
import type { Reader, Write } from './index.ts'
import type { PayrollTemplateTable } from './schema-payroll.ts'

export type PayrollTemplateRow = Selectable<PayrollTemplateTable>

/** All that are kept, by name. */
export async function payrollTemplates(reader: Reader): Promise<PayrollTemplateRow[]> {
  return reader.selectFrom('payroll_template').selectAll().orderBy('name').orderBy('template_id').execute()
}

/** One of them. */
export async function payrollTemplate(
  reader: Reader,
  templateId: string,
): Promise<PayrollTemplateRow | undefined> {
  return reader
    .selectFrom('payroll_template')
    .selectAll()
    .where('template_id', '=', templateId)
    .executeTakeFirst()
}

/** Keeps one, over the one of the same id. */
export async function savePayrollTemplate(write: Write, row: PayrollTemplateRow): Promise<void> {
  const { name, definition, saved_at, saved_by } = row
  await write
    .insertInto('payroll_template')
    .values(row)
    .onConflict(conflict =>
      conflict.column('template_id').doUpdateSet({ name, definition, saved_at, saved_by }),
    )
    .execute()
}

/** Forgets one; false where there is none. */
export async function removePayrollTemplate(write: Write, templateId: string): Promise<boolean> {
  const { numDeletedRows } = await write
    .deleteFrom('payroll_template')
    .where('template_id', '=', templateId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
