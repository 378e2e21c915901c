import { sql } from 'kysely'
import type { MigrationStep } from '#platform/database/migrate.ts'

/**
 * The tables better-auth works on, written by hand so that a new release of it cannot change an old step;
 * store.test.ts asks better-auth itself whether anything is missing.
 */
export const accounts: MigrationStep = async (db, dialect) => {
  const date = dialect === 'postgres' ? sql`timestamptz` : sql`date`
  const yesNo = dialect === 'postgres' ? sql`boolean` : sql`integer`
  await db.schema
    .createTable('user')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('email', 'text', column => column.notNull().unique())
    .addColumn('emailVerified', yesNo, column => column.notNull())
    .addColumn('image', 'text')
    .addColumn('createdAt', date, column => column.notNull())
    .addColumn('updatedAt', date, column => column.notNull())
    .addColumn('username', 'text', column => column.unique())
    .addColumn('displayUsername', 'text')
    .addColumn('roles', 'text', column => column.notNull())
    .addColumn('disabledAt', 'bigint')
    .addColumn('passwordIsInitial', 'integer', column => column.notNull())
    .execute()
  await db.schema
    .createTable('session')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('expiresAt', date, column => column.notNull())
    .addColumn('token', 'text', column => column.notNull().unique())
    .addColumn('createdAt', date, column => column.notNull())
    .addColumn('updatedAt', date, column => column.notNull())
    .addColumn('ipAddress', 'text')
    .addColumn('userAgent', 'text')
    .addColumn('userId', 'text', column => column.notNull().references('user.id').onDelete('cascade'))
    .execute()
  await db.schema.createIndex('session_userId_idx').on('session').column('userId').execute()
  await db.schema
    .createTable('account')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('accountId', 'text', column => column.notNull())
    .addColumn('providerId', 'text', column => column.notNull())
    .addColumn('userId', 'text', column => column.notNull().references('user.id').onDelete('cascade'))
    .addColumn('accessToken', 'text')
    .addColumn('refreshToken', 'text')
    .addColumn('idToken', 'text')
    .addColumn('accessTokenExpiresAt', date)
    .addColumn('refreshTokenExpiresAt', date)
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('createdAt', date, column => column.notNull())
    .addColumn('updatedAt', date, column => column.notNull())
    .execute()
  await db.schema.createIndex('account_userId_idx').on('account').column('userId').execute()
  await db.schema
    .createTable('verification')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('identifier', 'text', column => column.notNull())
    .addColumn('value', 'text', column => column.notNull())
    .addColumn('expiresAt', date, column => column.notNull())
    .addColumn('createdAt', date, column => column.notNull())
    .addColumn('updatedAt', date, column => column.notNull())
    .execute()
  await db.schema.createIndex('verification_identifier_idx').on('verification').column('identifier').execute()
}
