import { type Kysely, sql } from 'kysely'
import { compileOnce } from '#platform/database/compile-once.ts'
import { readBeside } from '#platform/database/dialect.ts'
import type { Store, Write } from '../store/index.ts'
import type { GatewayTables } from '../store/schema.ts'

/** Whether anybody has asked to be told of events. */
export interface Listeners {
  /** True when it is certain that nobody has, as of the last commit. */
  none(): boolean
  /** The same asked inside a transaction. */
  any(write: Write): Promise<boolean>
}

/** Reads subscriptions again only after they have changed, where the store counts its changes. */
export function createListeners({ changes }: Pick<Store, 'changes'>): Listeners {
  let known = { version: -1, any: true }
  const isFresh = () => changes !== undefined && known.version === changes('subscription')
  return {
    none: () => isFresh() && !known.any,
    async any(write) {
      if (isFresh()) return known.any
      const version = changes?.('subscription') ?? -1
      const any = (await activeOne(readBeside(write), [])).rows.length > 0
      known = { version, any }
      return any
    },
  }
}

const activeOne = compileOnce((db: Kysely<GatewayTables>) =>
  db
    .selectFrom('subscription')
    .select('id')
    .where(({ or, eb }) =>
      or([
        eb('state', '=', sql.lit('Active')),
        eb('pause_reason', 'in', [sql.lit('asked'), sql.lit('failing')]),
      ]),
    )
    .limit(sql.lit(1)),
)
