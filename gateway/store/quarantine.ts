import { type Selectable, sql } from 'kysely'
import { type Page, readPosition, toPage } from './cursor.ts'
import type { Reader } from './index.ts'
import type { PageRequest } from './punches.ts'
import type { QuarantineTable } from './schema.ts'

/** A quarantined line as a list shows it. */
export type QuarantineRow = Omit<Selectable<QuarantineTable>, 'raw'> & {
  readonly label: string | null
  readonly sealedBytes: number
  /** Sealed; null for what nobody is shown anyway: kept records and bodies too long for a list. */
  readonly raw: Uint8Array | null
}

/** A line is shorter; a page of whole bodies must not fill the memory. */
const shownBytesMax = 66_000
const keptPattern = 'kept:%'

export interface QuarantineFilter {
  /** null means every terminal. */
  readonly sns: readonly string[] | null
  /** True: what is kept on purpose; false: rejects; undefined: both. */
  readonly kept: boolean | undefined
}

/** A page of what is in quarantine, by arrival. */
export async function findQuarantined(
  reader: Reader,
  { sns, kept }: QuarantineFilter,
  page: PageRequest,
): Promise<Page<QuarantineRow>> {
  const position = readPosition(page.offSet)
  const base = reader
    .selectFrom('quarantine')
    .$if(sns !== null, query => query.where('quarantine.sn', 'in', sns && sns.length > 0 ? [...sns] : ['']))
    .$if(kept === true, query => query.where('reason', 'like', keptPattern))
    .$if(kept === false, query => query.where('reason', 'not like', keptPattern))
  const total =
    position.kind === 'after'
      ? position.total
      : ((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
  const rows = await base
    .$if(position.kind === 'after', query =>
      query.where('quarantine.id', page.order === 'asc' ? '>' : '<', (position as { id: number }).id),
    )
    .leftJoin('device', 'device.sn', 'quarantine.sn')
    .select(['quarantine.id', 'quarantine.sn', 'received_at', 'table_name', 'line', 'reason', 'device.label'])
    .select(sql<number>`length(raw)`.as('sealedBytes'))
    .select(
      sql<Uint8Array | null>`case when reason like ${sql.lit(keptPattern)} or length(raw) > ${sql.lit(shownBytesMax)} then null else raw end`.as(
        'raw',
      ),
    )
    .orderBy('quarantine.id', page.order)
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  return toPage(rows, page.limit, total, row => ({ key: '', id: row.id }))
}

/** The highest id in the quarantine of a terminal, 0 when it is empty. */
export async function newestQuarantined(reader: Reader, sn: string): Promise<number> {
  const row = await reader
    .selectFrom('quarantine')
    .select(sql<number | null>`max(id)`.as('newest'))
    .where('sn', '=', sn)
    .executeTakeFirst()
  return row?.newest ?? 0
}

/** Ids of the rejects of one terminal in a range, oldest first; what is kept on purpose is left out, but photos: an earlier release kept all of them there. */
export async function rejectsBetween(
  reader: Reader,
  sn: string,
  ids: { readonly after: number; readonly to: number },
  limit: number,
): Promise<number[]> {
  const rows = await reader
    .selectFrom('quarantine')
    .select('id')
    .where('sn', '=', sn)
    .where(expression =>
      expression.or([expression('reason', 'not like', keptPattern), expression('reason', '=', 'kept:photo')]),
    )
    .where('id', '>', ids.after)
    .where('id', '<=', ids.to)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** One quarantined line or body, sealed; a body can be large, so they are fetched one at a time. */
export function findReject(reader: Reader, id: number): Promise<Selectable<QuarantineTable> | undefined> {
  return reader.selectFrom('quarantine').selectAll().where('id', '=', id).executeTakeFirst()
}
