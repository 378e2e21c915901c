import { type Kysely, sql } from 'kysely'
import { compileOnce } from '#platform/database/compile-once.ts'
import { readBeside } from '#platform/database/dialect.ts'
import type { Store, Write } from '../store/index.ts'
import type { GatewayTables } from '../store/schema.ts'

interface Known {
  readonly version: number
  readonly any: boolean
}

const known = new WeakMap<object, Known>()

/**
 * Whether anybody has asked to be told of events, inside a transaction. Where the store counts its changes it is read
 * again only after subscriptions have changed: nobody else can change them while the transaction runs.
 */
export async function listenersKnown(store: Pick<Store, 'changes'>, write: Write): Promise<boolean> {
  const version = store.changes?.('subscription')
  const before = known.get(store)
  if (version !== undefined && before?.version === version) return before.any
  const any = (await activeOne(readBeside(write), [])).rows.length > 0
  if (version !== undefined) known.set(store, { version, any })
  return any
}

const activeOne = compileOnce((db: Kysely<GatewayTables>) =>
  db.selectFrom('subscription').select('id').where('state', '=', sql.lit('Active')).limit(sql.lit(1)),
)
