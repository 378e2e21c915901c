import type { MigrationStep } from '#platform/database/migrate.ts'
import { accounts } from './0001-accounts.ts'
import { audit } from './0002-audit.ts'
import { savedViews } from './0003-saved-views.ts'
import { siteScope } from './0004-site-scope.ts'

/** Every step, oldest first; names are kept in the store, so they never change. */
export const migrations: Readonly<Record<string, MigrationStep>> = {
  '0001-accounts': accounts,
  '0002-audit': audit,
  '0003-saved-views': savedViews,
  '0004-site-scope': siteScope,
}
