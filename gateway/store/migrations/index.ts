import type { MigrationStep } from '#platform/database/migrate.ts'
import { foundation } from './0001-foundation.ts'
import { webhooks } from './0002-webhooks.ts'

/** Every step, in order, by name; a landed step is never edited. */
export const migrations: Readonly<Record<string, MigrationStep>> = {
  '0001-foundation': foundation,
  '0002-webhooks': webhooks,
}
