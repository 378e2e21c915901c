import { OperationError } from '#contract/errors.ts'
import { clearAlert } from '../alerts/raise.ts'
import { enqueueIn } from '../commands/enqueue.ts'
import type { GatewayDeps } from '../deps.ts'
import { adoptDevice } from '../device/adopt.ts'
import { takeOverPeople } from '../people/takeover.ts'
import { type DeviceRow, findDevice, insertDevice, newDevice } from '../store/devices.ts'
import type { Reader, Write } from '../store/index.ts'
import { holidaysOf } from '../store/schedules.ts'
import { copyPlace } from './copy-place.ts'
import { alertKeyOf } from './outages.ts'
import { describePlace } from './replacement-checks.ts'

/**
 * Puts a new terminal in the place of a broken one: name, site, zone, what somebody set about how it speaks, tags,
 * windows, groups of doors, and the people wanted there. The old one keeps its history and is not trusted any more:
 * should it call again, what it says is held. Throws INVALID_INPUT where the new one is in use already.
 */
export async function replaceDevice(
  deps: GatewayDeps,
  given: { readonly old: DeviceRow; readonly newSn: string; readonly actor: string | null },
): Promise<void> {
  const { old, newSn, actor } = given
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
    const place = await describePlace(write, old)
    await copyPlace(write, old.sn, newSn, now)
    const codes = await takeOverPeople(deps, write, { from: old.sn, to: newSn, actor })
    const before = JSON.stringify({ ...place, people: codes.length, codes })
    await write
      .insertInto('device_replacement')
      .values({ old_sn: old.sn, new_sn: newSn, at: now, actor, before })
      .onConflict(conflict =>
        conflict.column('old_sn').doUpdateSet({ new_sn: newSn, at: now, actor, before }),
      )
      .execute()
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
  await deps.store.write(write => orderWindows(deps, write, newSn, actor))
  deps.wakeCommands(newSn)
  deps.wakeDelivery()
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
  const order = (
    kind: 'schedule.write' | 'right.write' | 'holiday.write',
    payload: Record<string, unknown>,
  ) => enqueueIn(deps, write, { sn, kind, payload, actor, key: null })
  for (const row of await write.selectFrom('access_schedule').selectAll().where('sn', '=', sn).execute())
    await order('schedule.write', { ScheduleID: row.schedule_id, Windows: JSON.parse(row.windows) })
  for (const row of await write.selectFrom('access_right').selectAll().where('sn', '=', sn).execute())
    await order('right.write', { EmployeeCode: row.employee_code, ScheduleID: row.schedule_id })
  for (const { id, name, day, yearly, kind, scheduleId } of await holidaysOf(write, sn))
    await order('holiday.write', {
      HolidayID: id,
      Name: name,
      Day: day,
      Yearly: yearly,
      Kind: kind,
      ScheduleID: scheduleId,
    })
}

async function hasSpoken(reader: Reader, sn: string): Promise<boolean> {
  const punch = await reader.selectFrom('punch').select('id').where('sn', '=', sn).limit(1).executeTakeFirst()
  return punch !== undefined
}
