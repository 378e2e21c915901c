import { enqueueIn } from '../commands/enqueue.ts'
import type { GatewayDeps } from '../deps.ts'
import { recordClockChange } from '../store/clocks.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { formatOffset, localAt } from '../time/zone.ts'

/** A terminal that does not follow is asked again, but not all day long. */
const askEveryMs = 6 * 3_600_000
const askedBy = 'daylight-saving'
const askMax = 200

/**
 * Notes the offset a terminal is about to be told with its handshake or on asking: together with the Date of our
 * replies it is what sets its clock (iclock-push 4.4). Only a change writes.
 */
export async function noteToldOffset(
  { store, clock }: Pick<GatewayDeps, 'store' | 'clock'>,
  device: DeviceRow,
): Promise<void> {
  const at = clock.now()
  const { offsetMinutes } = localAt(at, device.zone)
  const contact = await store.read
    .selectFrom('device_contact')
    .select('told_offset_minutes')
    .where('sn', '=', device.sn)
    .executeTakeFirst()
  if (contact === undefined || contact.told_offset_minutes === offsetMinutes) return
  const before = contact.told_offset_minutes
  await store.write(async write => {
    await saveToldOffset(write, device.sn, offsetMinutes)
    const was = before === null ? 'for the first time' : `before ${formatOffset(before)}`
    const detail = `Told ${formatOffset(offsetMinutes)} (${device.zone}), ${was}`
    await recordClockChange(write, { sn: device.sn, at, kind: 'Offset', detail, actor: null })
  })
}

/** Which offset a terminal knows now, in the caller's transaction. */
export async function saveToldOffset(write: Write, sn: string, offsetMinutes: number): Promise<void> {
  await write
    .updateTable('device_contact')
    .set({ told_offset_minutes: offsetMinutes })
    .where('sn', '=', sn)
    .execute()
}

/**
 * Orders those to ask anew whose zone has gone over to another offset since they were told: most firmware hears of it
 * at a handshake only, and would run an hour off until somebody restarts it [QUANTO]. Answers how many.
 */
export async function followOffsets(
  deps: Pick<GatewayDeps, 'store' | 'clock' | 'wakeDelivery'>,
): Promise<number> {
  const at = deps.clock.now()
  const told = await deps.store.read
    .selectFrom('device')
    .innerJoin('device_contact', 'device_contact.sn', 'device.sn')
    .select(['device.sn', 'device.zone', 'told_offset_minutes'])
    .where('device.state', '=', 'adopted')
    .where('online', '=', 1)
    .where('told_offset_minutes', 'is not', null)
    .execute()
  const behind = told.filter(
    ({ zone, told_offset_minutes }) => localAt(at, zone).offsetMinutes !== told_offset_minutes,
  )
  let ordered = 0
  for (const { sn, zone } of behind.slice(0, askMax))
    ordered += (await deps.store.write(write => order(deps, write, sn, zone, at))) ? 1 : 0
  if (ordered > 0) deps.wakeDelivery()
  return ordered
}

async function order(
  deps: Pick<GatewayDeps, 'clock'>,
  write: Write,
  sn: string,
  zone: string,
  at: number,
): Promise<boolean> {
  const asked = await write
    .selectFrom('clock_change')
    .select('id')
    .where('sn', '=', sn)
    .where('kind', '=', 'Offset')
    .where('command_id', 'is not', null)
    .where('at', '>', at - askEveryMs)
    .limit(1)
    .executeTakeFirst()
  if (asked !== undefined) return false
  const { command } = await enqueueIn(deps, write, {
    sn,
    kind: 'time.sync',
    payload: {},
    actor: askedBy,
    key: null,
  })
  await recordClockChange(write, {
    sn,
    at,
    kind: 'Offset',
    detail: `${zone} is ${formatOffset(localAt(at, zone).offsetMinutes)} now; the terminal was told another offset`,
    actor: null,
    commandId: command.id,
  })
  return true
}
