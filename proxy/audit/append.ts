import type { ProxyStore } from '../store/index.ts'
import type { AuditTable } from '../store/schema.ts'
import { auditHeadName, chainHash, parseHead } from './chain.ts'

/** A row before it has its place in the chain. */
export type AuditRow = Omit<AuditTable, 'id' | 'hash'>

/**
 * Appends rows in one transaction and answers the id of the first. Touching the head first locks it in PostgreSQL,
 * so several processes form one chain; SQLite has one writer anyway.
 */
export async function appendRows(db: ProxyStore, rows: readonly AuditRow[]): Promise<number> {
  return db.write(async trx => {
    const locked = await trx
      .updateTable('setting')
      .set(row => ({ value: row.ref('value') }))
      .where('name', '=', auditHeadName)
      .returning('value')
      .executeTakeFirst()
    let head = parseHead(locked?.value)
    const first = head.id + 1
    for (const row of rows) {
      const placed = { ...row, id: head.id + 1 }
      const hash = chainHash(head.hash, placed)
      await trx
        .insertInto('audit')
        .values({ ...placed, hash })
        .execute()
      head = { id: placed.id, hash }
    }
    await trx
      .updateTable('setting')
      .set({ value: JSON.stringify(head) })
      .where('name', '=', auditHeadName)
      .execute()
    return first
  })
}
