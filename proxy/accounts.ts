import { randomBytes } from 'node:crypto'
import { createAudit } from './audit/audit.ts'
import type { ProxyDeps } from './deps.ts'
import { type Accounts, createAccounts } from './sessions/accounts.ts'
import { createAuth } from './sessions/auth.ts'

/**
 * Accounts without a server, for the command line. It makes no cookies, so it needs no key; a running proxy on the
 * same store notices within a second.
 */
export function openAccounts({ db, clock, log }: Omit<ProxyDeps, 'config'>): Accounts {
  const auth = createAuth({ db, log, secret: randomBytes(32).toString('base64url'), publicUrl: undefined })
  return createAccounts({ db, auth, audit: createAudit({ db, clock, log }), clock })
}
