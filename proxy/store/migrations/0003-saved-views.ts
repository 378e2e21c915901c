import type { MigrationStep } from '#platform/database/migrate.ts'

/** Filters under a name, per account and page. A name is taken once on a page, whatever its letter case. */
export const savedViews: MigrationStep = async db => {
  await db.schema
    .createTable('saved_view')
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('user_id', 'text', column => column.notNull().references('user.id').onDelete('cascade'))
    .addColumn('page', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addColumn('name_key', 'text', column => column.notNull())
    .addColumn('search', 'text', column => column.notNull())
    .addColumn('shared', 'integer', column => column.notNull())
    .addColumn('is_default', 'integer', column => column.notNull())
    .addColumn('saved_at', 'bigint', column => column.notNull())
    .execute()
  await db.schema
    .createIndex('saved_view_name')
    .unique()
    .on('saved_view')
    .columns(['user_id', 'page', 'name_key'])
    .execute()
  await db.schema.createIndex('saved_view_page').on('saved_view').columns(['page', 'shared']).execute()
}
