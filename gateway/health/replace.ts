import { z } from 'zod'
import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import { clearAlert } from '../alerts/raise.ts'
import { enqueueIn } from '../commands/enqueue.ts'
import type { GatewayDeps } from '../deps.ts'
import { adoptDevice } from '../device/adopt.ts'
import { type DeviceRow, findDevice, insertDevice, newDevice } from '../store/devices.ts'
import type { Reader, Write } from '../store/index.ts'
import { editSetting } from '../store/profiles.ts'
import { alertKeyOf } from './outages.ts'

type Check = OperationAnswer<'devices.replacement'>['Checks'][number]

const Before = z.object({
  label: z.string(),
  site: z.string(),
  zone: z.string(),
  hasDoor: z.boolean(),
  settings: z.array(z.string()),
  people: z.number(),
  schedules: z.number(),
  rights: z.number(),
  tags: z.array(z.string()),
})

/**
 * Puts a new terminal in the place of a broken one: name, site, zone, what somebody set about how it speaks, tags,
 * windows and whom they let in. The old one keeps its history and is not trusted any more: should it call again, what
 * it says is held. Throws INVALID_INPUT where the new one is in use already.
 */
export async function replaceDevice(
  deps: GatewayDeps,
  given: { readonly old: DeviceRow; readonly newSn: string; readonly actor: string | null },
): Promise<void> {
  const { old, newSn } = given
  const now = deps.clock.now()
  const known = await findDevice(deps.store.read, newSn)
  if (newSn === old.sn || (known?.state === 'adopted' && (await hasSpoken(deps.store.read, newSn))))
    throw new OperationError('INVALID_INPUT', {
      field: 'TargetDeviceSN',
      detail:
        newSn === old.sn
          ? 'A terminal cannot replace itself'
          : `${newSn} is in use already and has punches of its own`,
    })
  await deps.store.write(async write => {
    await insertDevice(write, newDevice(newSn, { state: 'waiting', zone: old.zone, site: old.site, now }))
    const before = await describe(write, old)
    await write
      .insertInto('device_replacement')
      .values({ old_sn: old.sn, new_sn: newSn, at: now, actor: given.actor, before: JSON.stringify(before) })
      .onConflict(conflict =>
        conflict.column('old_sn').doUpdateSet({ new_sn: newSn, at: now, actor: given.actor }),
      )
      .execute()
    await copySettings(write, old.sn, newSn, now)
    for (const tag of before.tags)
      await write
        .insertInto('device_tag')
        .values({ sn: newSn, tag })
        .onConflict(conflict => conflict.doNothing())
        .execute()
    await copyWindows(write, old.sn, newSn)
    await fence(write, old, now)
  })
  await adoptDevice(deps, {
    sn: newSn,
    label: old.label,
    site: old.site,
    zone: old.zone,
    hasDoor: old.has_door === 1,
    simulated: old.simulated === 1,
  })
  await deps.store.write(write => orderWindows(deps, write, newSn, given.actor))
  deps.wakeCommands(newSn)
  deps.wakeDelivery()
}

/** What the old terminal was against what the new one is, by count. */
export async function compareReplacement(
  reader: Reader,
  row: { readonly old_sn: string; readonly new_sn: string; readonly before: string },
): Promise<Check[]> {
  const before = Before.parse(JSON.parse(row.before))
  const [old, fresh] = [await findDevice(reader, row.old_sn), await findDevice(reader, row.new_sn)]
  if (!old || !fresh) return []
  const now = await describe(reader, fresh)
  const check = (What: Check['What'], Old: string | number, New: string | number): Check => ({
    What,
    Old: String(Old),
    New: String(New),
    Equal: String(Old) === String(New),
  })
  return [
    check('Name', before.label, now.label),
    check('Site', before.site, now.site),
    check('TimeZone', before.zone, now.zone),
    check('Doors', before.hasDoor ? 1 : 0, now.hasDoor ? 1 : 0),
    check('Profile', before.settings.join(', '), now.settings.join(', ')),
    check('Tags', before.tags.join(', '), now.tags.join(', ')),
    check('Schedules', before.schedules, now.schedules),
    check('Rights', before.rights, now.rights),
    check('People', before.people, now.people),
    { ...check('Fenced', 'waiting', old.state) },
  ]
}

async function describe(reader: Reader, device: DeviceRow): Promise<z.output<typeof Before>> {
  const count = async (table: 'person_device' | 'access_schedule' | 'access_right') =>
    Number(
      (
        await reader
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .where('sn', '=', device.sn)
          .executeTakeFirst()
      )?.n ?? 0,
    )
  const settings = await reader
    .selectFrom('device_profile')
    .select(['name', 'value'])
    .where('sn', '=', device.sn)
    .where('source', '=', 'edited')
    // Compared by itself.
    .where('name', '!=', 'TimeZone')
    .orderBy('name')
    .execute()
  const tags = await reader
    .selectFrom('device_tag')
    .select('tag')
    .where('sn', '=', device.sn)
    .orderBy('tag')
    .execute()
  return {
    label: device.label,
    site: device.site,
    zone: device.zone,
    hasDoor: device.has_door === 1,
    settings: settings.map(({ name, value }) => `${name} ${value}`),
    people: await count('person_device'),
    schedules: await count('access_schedule'),
    rights: await count('access_right'),
    tags: tags.map(({ tag }) => tag),
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

async function copyWindows(write: Write, from: string, to: string): Promise<void> {
  for (const row of await write.selectFrom('access_schedule').selectAll().where('sn', '=', from).execute())
    await write
      .insertInto('access_schedule')
      .values({ ...row, sn: to })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  for (const row of await write.selectFrom('access_right').selectAll().where('sn', '=', from).execute())
    await write
      .insertInto('access_right')
      .values({ ...row, sn: to })
      .onConflict(conflict => conflict.doNothing())
      .execute()
}

/** It keeps what it was and is not believed any more; its troubles are over with it. */
async function fence(write: Write, old: DeviceRow, at: number): Promise<void> {
  await write
    .updateTable('device')
    .set({ state: 'waiting', label: `${old.label} (replaced)` })
    .where('sn', '=', old.sn)
    .execute()
  await write.deleteFrom('device_tag').where('sn', '=', old.sn).execute()
  const outage = await write
    .updateTable('outage')
    .set({ ended_at: at })
    .where('sn', '=', old.sn)
    .where('ended_at', 'is', null)
    .returning('incident_id')
    .executeTakeFirst()
  await write
    .updateTable('incident')
    .set({ ended_at: at })
    .where('sn', '=', old.sn)
    .where('devices', '=', 1)
    .where('ended_at', 'is', null)
    .execute()
  if (outage?.incident_id != null) await clearAlert(write, alertKeyOf(outage.incident_id), at)
}

async function orderWindows(
  deps: Pick<GatewayDeps, 'clock'>,
  write: Write,
  sn: string,
  actor: string | null,
): Promise<void> {
  const order = (kind: 'schedule.write' | 'right.write', payload: Record<string, unknown>) =>
    enqueueIn(deps, write, { sn, kind, payload, actor, key: null })
  for (const row of await write.selectFrom('access_schedule').selectAll().where('sn', '=', sn).execute())
    await order('schedule.write', { ScheduleID: row.schedule_id, Windows: JSON.parse(row.windows) })
  for (const row of await write.selectFrom('access_right').selectAll().where('sn', '=', sn).execute())
    await order('right.write', { EmployeeCode: row.employee_code, ScheduleID: row.schedule_id })
}

async function hasSpoken(reader: Reader, sn: string): Promise<boolean> {
  const punch = await reader.selectFrom('punch').select('id').where('sn', '=', sn).limit(1).executeTakeFirst()
  return punch !== undefined
}
