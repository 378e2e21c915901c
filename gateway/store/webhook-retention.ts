import { sql } from 'kysely'
import { z } from 'zod'
import type { Reader, Write } from './index.ts'

const settingName = 'webhook-retention'
const dayMs = 86_400_000

/** How long deliveries are kept, in milliseconds. */
const Retention = z.object({
  deliveredMs: z.number().default(7 * dayMs),
  parkedMs: z.number().default(30 * dayMs),
})

export type Retention = z.output<typeof Retention>

export async function readRetention(reader: Reader): Promise<Retention> {
  const row = await reader
    .selectFrom('setting')
    .select('value')
    .where('name', '=', settingName)
    .executeTakeFirst()
  return Retention.parse(row ? JSON.parse(row.value) : {})
}

export async function writeRetention(write: Write, retention: Retention): Promise<void> {
  const value = JSON.stringify(retention)
  await write
    .insertInto('setting')
    .values({ name: settingName, value })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

/** The oldest delivery there is (epoch ms), and how many; of one token's receivers, or of all. */
export async function keptSince(
  reader: Reader,
  tokenId: number | null,
): Promise<{ oldest: number | null; kept: number }> {
  const own =
    tokenId === null
      ? sql`1 = 1`
      : sql`subscription_id in (select id from subscription where token_id = ${tokenId})`
  const { rows } = await sql<{ oldest: number | null; kept: number }>`
    select (select created_at from delivery where id = (select min(id) from delivery where ${own})) as oldest,
      (select count(*) from delivery where ${own}) as kept`.execute(reader)
  return rows[0] ?? { oldest: null, kept: 0 }
}
