import type { Kysely } from 'kysely'
import type { ProxyStore } from '../store/index.ts'
import type { ProxyTables } from '../store/schema.ts'
import { type AuditHead, auditHeadName, chainHash, parseHead } from './chain.ts'

/** `altered`: this row is not what was written; `missing`: rows before it, or after the last, are gone. */
export type AuditVerdict =
  | { readonly ok: true; readonly rows: number; readonly head: string }
  | {
      readonly ok: false
      readonly rows: number
      readonly brokenAt: number
      readonly why: 'altered' | 'missing' | 'head'
    }

const pageRows = 1000

/**
 * Walks the chain from the start and names the first broken place: a changed byte, a deleted row, rows put in
 * another order, and rows cut off the end. Who can rewrite the whole store can rewrite the chain too; against that
 * only a head noted elsewhere helps, and the verdict carries it for that purpose.
 */
export async function verifyAudit(db: Pick<ProxyStore, 'read'>): Promise<AuditVerdict> {
  let head: AuditHead
  // The newest row first: rows and head move together, so a row beyond a head read later was put there by hand.
  const newest = await db.read
    .selectFrom('audit')
    .select(row => row.fn.max('id').as('id'))
    .executeTakeFirst()
  try {
    head = await readHead(db.read)
  } catch {
    return { ok: false, rows: 0, brokenAt: 0, why: 'head' }
  }
  if (Number(newest?.id ?? 0) > head.id)
    return { ok: false, rows: head.id, brokenAt: head.id + 1, why: 'head' }
  let last: AuditHead = { id: 0, hash: '0'.repeat(64) }
  for (;;) {
    const page = await db.read
      .selectFrom('audit')
      .selectAll()
      .where('id', '>', last.id)
      // Rows that came while we walk are the next walk's business.
      .where('id', '<=', head.id)
      .orderBy('id')
      .limit(pageRows)
      .execute()
    for (const row of page) {
      if (row.id !== last.id + 1) return { ok: false, rows: last.id, brokenAt: last.id + 1, why: 'missing' }
      const { hash, ...rest } = row
      if (chainHash(last.hash, rest) !== hash)
        return { ok: false, rows: last.id, brokenAt: row.id, why: 'altered' }
      last = { id: row.id, hash }
    }
    if (page.length < pageRows) break
  }
  if (last.id !== head.id) return { ok: false, rows: last.id, brokenAt: last.id + 1, why: 'missing' }
  if (last.hash !== head.hash) return { ok: false, rows: last.id, brokenAt: last.id, why: 'head' }
  return { ok: true, rows: last.id, head: last.hash }
}

async function readHead(db: Kysely<ProxyTables>): Promise<AuditHead> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('name', '=', auditHeadName)
    .executeTakeFirst()
  return parseHead(row?.value)
}
