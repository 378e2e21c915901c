import type { Write } from '../store/index.ts'
import { editSetting } from '../store/profiles.ts'

/** What belongs to a place and not to the hardware there: tables by serial number whose rows go over as they are. */
const placeTables = [
  'device_tag',
  'access_schedule',
  'access_right',
  'access_holiday',
  'door_setting',
  'door_zone_member',
  'floor_place',
] as const

/** Lists of serial numbers that mean the place: whoever was told of the old terminal is told of the new one. */
const placeLists = ['subscription', 'alert_rule', 'maintenance'] as const

/** Copies what is said of a terminal's place to the one that takes it, in the caller's transaction. */
export async function copyPlace(write: Write, from: string, to: string, at: number): Promise<void> {
  await copySettings(write, from, to, at)
  for (const table of placeTables)
    for (const row of await write.selectFrom(table).selectAll().where('sn', '=', from).execute())
      await write
        .insertInto(table)
        .values({ ...row, sn: to })
        .onConflict(conflict => conflict.doNothing())
        .execute()
  // A door is in its groups and on its plan once; the old terminal drives none any more.
  for (const table of ['door_zone_member', 'floor_place'] as const)
    await write.deleteFrom(table).where('sn', '=', from).execute()
  for (const table of placeLists) await addToLists(write, table, from, to)
}

async function addToLists(
  write: Write,
  table: (typeof placeLists)[number],
  from: string,
  to: string,
): Promise<void> {
  const rows = await write
    .selectFrom(table)
    .select(['id', 'devices'])
    .where('devices', 'is not', null)
    .execute()
  for (const { id, devices } of rows) {
    const sns: unknown = JSON.parse(devices ?? '[]')
    if (!Array.isArray(sns) || !sns.includes(from) || sns.includes(to)) continue
    await write
      .updateTable(table)
      .set({ devices: JSON.stringify([...sns, to]) })
      .where('id', '=', id)
      .execute()
  }
}

/** Only what somebody said: what was learned of the old hardware may not hold for the new. */
async function copySettings(write: Write, from: string, to: string, at: number): Promise<void> {
  const rows = await write
    .selectFrom('device_profile')
    .selectAll()
    .where('sn', '=', from)
    .where('source', '=', 'edited')
    .where('name', '!=', 'TimeZone')
    .execute()
  for (const { name, value, evidence } of rows) {
    const [setting, table] = name.split(':')
    const fact = {
      // Only editSetting wrote it there.
      name: setting as Parameters<typeof editSetting>[2]['name'],
      table,
      value,
      evidence: `${evidence}; taken over from ${from}`,
    }
    await editSetting(write, to, fact, at)
  }
}
