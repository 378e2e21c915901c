import type { Kysely } from 'kysely'
import type { MigrationStep } from '#platform/database/migrate.ts'
import type { ProxyTables } from '../schema.ts'

const auditHeadName = 'audit.head'
const genesisHash = '0'.repeat(64)

/** The audit, the ids of callbacks already heard, and named values (the head of the audit chain). */
export const audit: MigrationStep = async db => {
  await db.schema
    .createTable('audit')
    .addColumn('id', 'bigint', column => column.primaryKey())
    .addColumn('intent_id', 'bigint')
    .addColumn('at', 'bigint', column => column.notNull())
    .addColumn('actor', 'text', column => column.notNull())
    .addColumn('roles', 'text', column => column.notNull())
    .addColumn('address', 'text', column => column.notNull())
    .addColumn('action', 'text', column => column.notNull())
    .addColumn('subject', 'text')
    .addColumn('input', 'text', column => column.notNull())
    .addColumn('outcome', 'text')
    .addColumn('code', 'text')
    .addColumn('command_id', 'text')
    .addColumn('hash', 'text', column => column.notNull())
    .execute()
  await db.schema.createIndex('audit_intent').on('audit').columns(['intent_id', 'id']).execute()
  await db.schema.createIndex('audit_command').on('audit').column('command_id').execute()
  await db.schema.createIndex('audit_actor').on('audit').columns(['actor', 'id']).execute()
  await db.schema.createIndex('audit_action').on('audit').columns(['action', 'id']).execute()
  await db.schema
    .createTable('callback_seen')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('seen_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema.createIndex('callback_seen_at').on('callback_seen').column('seen_at').execute()
  await db.schema
    .createTable('setting')
    .addColumn('name', 'text', column => column.primaryKey())
    .addColumn('value', 'text', column => column.notNull())
    .execute()
  // Written once, here: an audit that finds no head later has been tampered with and refuses to go on.
  await (db as Kysely<ProxyTables>)
    .insertInto('setting')
    .values({ name: auditHeadName, value: JSON.stringify({ id: 0, hash: genesisHash }) })
    .execute()
}
