import type { Selectable } from 'kysely'
import { insertNew, storable } from '#platform/database/dialect.ts'
import { type Page, readPosition, toPage } from './cursor.ts'
import type { Reader, Write } from './index.ts'
import type { PageRequest } from './punches.ts'
import type { TerminalLogTable } from './schema.ts'

export type LogRow = Selectable<TerminalLogTable> & { readonly label: string | null }

/** One entry as a terminal sent it. */
export interface LogEntry {
  readonly kind: 'operation' | 'error'
  readonly code: string
  readonly operator: string | null
  readonly about: string
  readonly local_time: string | null
  readonly identity: string
}

const into = {
  table: 'terminal_log',
  columns: {
    sn: 'text',
    kind: 'text',
    code: 'text',
    operator: 'text',
    about: 'text',
    local_time: 'text',
    received_at: 'integer',
    identity: 'text',
  },
  key: ['sn', 'identity'],
} as const

/** Keeps entries that are not known yet: terminals send them again like anything else. */
export async function saveLog(
  write: Write,
  sn: string,
  receivedAt: number,
  entries: readonly LogEntry[],
): Promise<void> {
  await insertNew(
    write,
    into,
    entries.map(entry => ({
      ...entry,
      sn,
      code: storable(entry.code.slice(0, 32)),
      operator: entry.operator === null ? null : storable(entry.operator.slice(0, 64)),
      about: storable(entry.about.slice(0, 500)),
      identity: storable(entry.identity.slice(0, 700)),
      received_at: receivedAt,
    })),
  )
}

/** A page of entries in the order they came in; `sns` null means every terminal. */
export async function findLog(
  reader: Reader,
  sns: readonly string[] | null,
  page: PageRequest,
): Promise<Page<LogRow>> {
  const position = readPosition(page.offSet)
  const base = reader
    .selectFrom('terminal_log')
    .$if(sns !== null, query =>
      query.where('terminal_log.sn', 'in', sns !== null && sns.length > 0 ? [...sns] : ['']),
    )
  const total =
    position.kind === 'after'
      ? position.total
      : ((await base.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirst())?.total ?? 0)
  const rows = await base
    .$if(position.kind === 'after', query =>
      query.where('terminal_log.id', page.order === 'asc' ? '>' : '<', (position as { id: number }).id),
    )
    .leftJoin('device', 'device.sn', 'terminal_log.sn')
    .selectAll('terminal_log')
    .select('device.label')
    .orderBy('terminal_log.id', page.order)
    .limit(page.limit + 1)
    .$if(position.kind === 'row', query => query.offset((position as { row: number }).row))
    .execute()
  return toPage(rows, page.limit, Number(total), row => ({ key: '', id: row.id }))
}

/** How long what terminals log of themselves is kept. */
export const logKeptMs = 400 * 86_400_000

/** Forgets entries received before then. */
export async function pruneLog(write: Write, before: number): Promise<void> {
  await write.deleteFrom('terminal_log').where('received_at', '<', before).execute()
}
