import type { Clock } from '#platform/clock.ts'
import type { Logger } from '#platform/logger.ts'
import { createAudit } from '../audit/audit.ts'
import { deriveKeys } from '../keys.ts'
import type { ProxyStore } from '../store/index.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { createAuth } from './auth.ts'

export type { Accounts }

/** Accounts without a server around them, for the command line. Changes are audited like any other. */
export function openAccounts({
  db,
  secretKey,
  clock,
  log,
}: {
  db: ProxyStore
  secretKey: Uint8Array
  clock: Clock
  log: Logger
}): Accounts {
  const auth = createAuth({ db, log, secret: deriveKeys(secretKey).sessionSecret, publicUrl: undefined })
  return createAccounts({ db, auth, audit: createAudit({ db, clock, log }), clock })
}
