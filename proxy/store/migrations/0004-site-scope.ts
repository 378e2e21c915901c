import type { MigrationStep } from '#platform/database/migrate.ts'

/** Which sites an account is bound to, and how it wants to hear of door alarms. */
export const siteScope: MigrationStep = async db => {
  await db.schema.alterTable('user').addColumn('sites', 'text').execute()
  await db.schema.alterTable('user').addColumn('alarmSignals', 'text').execute()
}
