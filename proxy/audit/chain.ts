import { createHash } from 'node:crypto'
import type { AuditTable } from '../store/schema.ts'

/** Name of the setting that holds the newest id and hash; without it, cutting off the end would go unnoticed. */
export const auditHeadName = 'audit.head'

export interface AuditHead {
  readonly id: number
  readonly hash: string
}

/** The hash of a row: SHA-256 over the hash before it and every other column, in this order for ever. */
export function chainHash(previous: string, row: Omit<AuditTable, 'hash'>): string {
  const canonical = JSON.stringify([
    row.id,
    row.intent_id,
    row.at,
    row.actor,
    row.roles,
    row.address,
    row.action,
    row.subject,
    row.input,
    row.outcome,
    row.code,
    row.command_id,
  ])
  return createHash('sha256').update(`${previous}\n${canonical}`).digest('hex')
}

/** Reads the head; throws on anything but a head, so that nobody appends to a chain with no end. */
export function parseHead(value: string | undefined): AuditHead {
  const head: unknown = JSON.parse(value ?? 'null')
  if (typeof head === 'object' && head !== null && 'id' in head && 'hash' in head) {
    if (typeof head.id === 'number' && typeof head.hash === 'string') return { id: head.id, hash: head.hash }
  }
  throw new Error('The head of the audit is missing or unreadable')
}
