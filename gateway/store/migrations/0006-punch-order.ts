import { type Kysely, sql } from 'kysely'

/**
 * One index instead of two: the identity holds the local time, so the pair is as unique with the time in front, and
 * the punches of a terminal then lie in the order they come in. New ones go to one warm page per terminal instead of
 * a random one, which is what recording costs in a store of millions (dependencies.md 3c).
 */
export async function punchOrder(db: Kysely<unknown>): Promise<void> {
  await sql`create unique index punch_order on punch (sn, local_time, identity)`.execute(db)
  await sql`drop index punch_identity`.execute(db)
  await sql`drop index punch_device`.execute(db)
}
