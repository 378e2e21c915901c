import { type Selectable, sql } from 'kysely'
import { type Page, readPosition, toPage } from '../store/cursor.ts'
import type { Reader } from '../store/index.ts'
import type { PageRequest } from '../store/punches.ts'
import type { AlertTable } from '../store/schema-health.ts'

export interface AlertFilter {
  /** null means every terminal, and what is about none. */
  readonly sns: readonly string[] | null
  readonly open: boolean | undefined
}

export type AlertRow = Selectable<AlertTable> & {
  readonly label: string | null
  readonly sent: number
  readonly pending: number
  readonly failed: number
}

/** A page of alerts by when they began, with how many messages went out, and how many alerts are open. */
export async function findAlerts(
  reader: Reader,
  filter: AlertFilter,
  page: PageRequest,
): Promise<{ readonly rows: AlertRow[]; readonly paging: Page<AlertRow>['paging']; readonly open: number }> {
  const position = readPosition(page.offSet)
  const visible = reader
    .selectFrom('alert')
    .$if(filter.sns !== null, query =>
      query.where('alert.sn', 'in', filter.sns && filter.sns.length > 0 ? [...filter.sns] : ['']),
    )
  const base = visible
    .$if(filter.open === true, query => query.where('cleared_at', 'is', null))
    .$if(filter.open === false, query => query.where('cleared_at', 'is not', null))
  const count = async (query: typeof base) =>
    Number((await query.select(sql<number>`count(*)`.as('n')).executeTakeFirst())?.n ?? 0)
  const total = position.kind === 'after' ? position.total : await count(base)
  const found = await base
    .$if(position.kind === 'after', query =>
      query.where('alert.id', page.order === 'asc' ? '>' : '<', (position as { id: number }).id),
    )
    .leftJoin('device', 'device.sn', 'alert.sn')
    .selectAll('alert')
    .select('device.label')
    .orderBy('alert.id', page.order)
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  const shown = toPage(found, page.limit, total, row => ({ key: '', id: row.id }))
  const ids = shown.rows.map(({ id }) => id)
  const notices = await reader
    .selectFrom('alert_notice')
    .select(({ fn }) => ['alert_id', 'state', fn.countAll<number>().as('n')])
    .where('alert_id', 'in', ids.length > 0 ? ids : [0])
    .groupBy(['alert_id', 'state'])
    .execute()
  const of = (id: number, state: string) =>
    Number(notices.find(one => one.alert_id === id && one.state === state)?.n ?? 0)
  return {
    rows: shown.rows.map(row => ({
      ...row,
      sent: of(row.id, 'sent'),
      pending: of(row.id, 'pending'),
      failed: of(row.id, 'failed'),
    })),
    paging: shown.paging,
    open: await count(visible.where('cleared_at', 'is', null)),
  }
}
