import type { Reader, Write } from '../../store/index.ts'
import { newestPunch } from '../../store/punches.ts'

const settingName = 'closed-check-cursor'

/** The last punch that was looked at for closed days; null while nothing is closed. */
export async function readCursor(reader: Reader): Promise<number | null> {
  const row = await reader
    .selectFrom('setting')
    .select('value')
    .where('name', '=', settingName)
    .executeTakeFirst()
  return row ? Number(row.value) : null
}

/** Remembers how far punches were looked at. */
export async function saveCursor(write: Write, punchId: number): Promise<void> {
  const value = String(punchId)
  await write
    .insertInto('setting')
    .values({ name: settingName, value })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

/** From the first closing on punches are looked at: those kept from now on. */
export async function startChecking(write: Write): Promise<void> {
  if ((await readCursor(write)) === null) await saveCursor(write, await newestPunch(write))
}
