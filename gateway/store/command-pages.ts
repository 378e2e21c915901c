import { sql } from 'kysely'
import type { CommandRow } from './commands.ts'
import { type Page, readPosition, toPage } from './cursor.ts'
import type { Reader } from './index.ts'
import type { PageRequest } from './punches.ts'

export interface CommandFilter {
  /** null means every terminal. */
  readonly sns: readonly string[] | null
  /** Only these; undefined means every one. */
  readonly ids?: readonly number[] | undefined
  readonly state: 'open' | 'failed' | 'done' | undefined
}

const states = {
  open: ['queued', 'sent'],
  failed: ['failed', 'expired', 'unconfirmed', 'cancelled'],
  done: ['done'],
} as const

/** A page of orders by when they were given, with the name of their terminal. */
export async function findCommands(
  reader: Reader,
  filter: CommandFilter,
  page: PageRequest,
): Promise<Page<CommandRow & { readonly label: string | null }>> {
  const position = readPosition(page.offSet)
  const base = reader
    .selectFrom('command')
    .$if(filter.sns !== null, query =>
      query.where('command.sn', 'in', filter.sns && filter.sns.length > 0 ? [...filter.sns] : ['']),
    )
    .$if(filter.ids !== undefined, query => query.where('command.id', 'in', [...(filter.ids ?? [])]))
    .$if(filter.state !== undefined, query =>
      query.where('command.state', 'in', [...states[filter.state ?? 'open']]),
    )
  const total =
    position.kind === 'after'
      ? position.total
      : Number((await base.select(sql<number>`count(*)`.as('total')).executeTakeFirst())?.total ?? 0)
  const rows = await base
    .$if(position.kind === 'after', query =>
      query.where('command.id', page.order === 'asc' ? '>' : '<', (position as { id: number }).id),
    )
    .leftJoin('device', 'device.sn', 'command.sn')
    .selectAll('command')
    .select('device.label')
    .orderBy('command.id', page.order)
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  return toPage(rows, page.limit, total, row => ({ key: '', id: row.id }))
}
