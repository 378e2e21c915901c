import type { Reader, Write } from './index.ts'

/** The last stamp per table, in lower case, as the terminal posted it. */
export async function findStamps(reader: Reader, sn: string): Promise<Record<string, string>> {
  const rows = await reader
    .selectFrom('device_stamp')
    .select(['table_name', 'stamp'])
    .where('sn', '=', sn)
    .execute()
  return Object.fromEntries(rows.map(({ table_name, stamp }) => [table_name, stamp]))
}

/** Keeps a stamp in the transaction that keeps what it stands for; one table never overwrites another's. */
export async function saveStamp(
  write: Write,
  sn: string,
  table: string,
  stamp: string,
  at: number,
): Promise<void> {
  await write
    .insertInto('device_stamp')
    .values({ sn, table_name: table, stamp, at })
    .onConflict(conflict => conflict.columns(['sn', 'table_name']).doUpdateSet({ stamp, at }))
    .execute()
}
