import { OperationError } from '#contract/errors.ts'
import { enqueueIn } from '../commands/enqueue.ts'
import { changeZone } from '../device/change-zone.ts'
import { findClockChanges, findReadings, recordClockChange } from '../store/clocks.ts'
import { commandEntity } from '../store/commands.ts'
import { setDeviceKey } from '../store/device-keys.ts'
import type { DeviceOverview } from '../store/devices.ts'
import { findDrifted } from '../store/drifted-punches.ts'
import type { Write } from '../store/index.ts'
import { readProfile } from '../store/profiles.ts'
import { formatOffset, localAt, readLocalTime } from '../time/zone.ts'
import type { Call, Handlers } from './handler.ts'
import { readRange, toSeconds } from './range.ts'
import { requireKnown, requireOverview } from './scope.ts'

const readingsMax = 2000
const changesMax = 500
const driftedMax = 100

export const deviceClockHandlers = {
  async 'devices.clock'(input, call) {
    const device = await requireOverview(call, input.DeviceSN)
    const { read } = call.deps.store
    const { from, to } = readRange(input)
    const now = call.deps.clock.now()
    const range = {
      sn: device.sn,
      from: readLocalTime(from, device.zone, now).instant,
      to: readLocalTime(to, device.zone, now).instant + 999,
    }
    const contact = await read
      .selectFrom('device_contact')
      .select(['told_offset_minutes', 'clock_skew_ms'])
      .where('sn', '=', device.sn)
      .executeTakeFirst()
    const told = contact?.told_offset_minutes ?? null
    const skew = contact?.clock_skew_ms ?? null
    return {
      status: 200,
      body: {
        DeviceSN: device.sn,
        TimeZone: device.zone,
        ClockSkewSeconds: skew === null ? null : skew / 1000,
        ToldOffset: told === null ? null : formatOffset(told),
        Readings: await findReadings(read, range, readingsMax),
        Changes: await findClockChanges(read, range, changesMax),
        Drifted: await findDrifted(read, { sn: device.sn, from, to }, driftedMax),
      },
    }
  },

  async 'devices.setKey'(input, call) {
    await requireKnown(call, input.DeviceSN)
    const { store, config, clock } = call.deps
    const key = input.Key === '' ? null : input.Key
    await store.write(write =>
      setDeviceKey(write, config.deviceKeySecret ?? config.sealKey, {
        sn: input.DeviceSN,
        key,
        at: clock.now(),
      }),
    )
    return { status: 200, body: { DeviceSN: input.DeviceSN, KeySet: key !== null } }
  },

  async 'devices.discardHeld'(input, call) {
    await requireKnown(call, input.DeviceSN)
    const discarded = await call.deps.store.write(write =>
      write
        .deleteFrom('held_upload')
        .where('sn', '=', input.DeviceSN)
        .where('reason', 'is not', null)
        .returning('id')
        .execute(),
    )
    return { status: 200, body: { DeviceSN: input.DeviceSN, Discarded: discarded.length } }
  },

  async 'devices.syncTime'(input, call) {
    const device = await requireOverview(call, input.DeviceSN)
    const time = input.Time === undefined ? undefined : toSeconds(input.Time)
    if (time !== undefined && readProfile(device).flavour !== 'access')
      throw new OperationError('NOT_SUPPORTED_BY_DEVICE', {
        field: 'Time',
        detail: 'An attendance terminal takes the time of its zone from us; it cannot be given another one',
      })
    const { command, reachable } = await call.deps.store.write(write =>
      orderSync(call, write, device, { time, zone: input.TimeZone }),
    )
    call.deps.wakeCommands(device.sn)
    call.deps.wakeDelivery()
    const { clock_skew_ms: skew } = device
    return {
      status: reachable ? 200 : 409,
      body: { ...commandEntity(command), ClockSkewSeconds: skew === null ? null : skew / 1000 },
    }
  },
} satisfies Pick<Handlers, 'devices.clock' | 'devices.setKey' | 'devices.discardHeld' | 'devices.syncTime'>

/** Zone, order and the note of what moves the clock, all or nothing. */
export async function orderSync(
  { deps, caller }: Call,
  write: Write,
  { sn, zone }: DeviceOverview,
  asked: { readonly time: string | undefined; readonly zone: string | undefined },
) {
  const at = deps.clock.now()
  const { actor } = caller
  const wanted = asked.zone ?? zone
  if (asked.zone !== undefined) {
    const evidence = actor === null ? 'Said by a program' : `Said by ${actor}`
    await changeZone(write, { sn, zone: asked.zone, evidence, actor, at })
  }
  const enqueued = await enqueueIn(deps, write, {
    sn,
    kind: 'time.sync',
    payload: asked.time === undefined ? {} : { Time: asked.time },
    actor,
    key: null,
  })
  const offset = formatOffset(localAt(at, wanted).offsetMinutes)
  const detail =
    asked.time === undefined ? `To the time of ${wanted}, ${offset}` : `To ${asked.time}, as asked for`
  await recordClockChange(write, {
    sn,
    at,
    kind: 'SyncTime',
    detail,
    actor,
    commandId: enqueued.command.id,
  })
  return enqueued
}
