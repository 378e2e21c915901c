import type { GatewayDeps } from '../deps.ts'
import { createRecorder } from '../punches/group-commit.ts'
import { type DeviceRow, findDevice, insertDevice, newDevice } from '../store/devices.ts'
import { forgetRemoval } from '../store/remove-simulated.ts'
import { unseal } from '../store/seal.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { createPackets } from './access/packets.ts'
import { receiveAccessUpload } from './access/receive.ts'
import { changeZone } from './change-zone.ts'
import { silentClocks } from './clocks.ts'
import type { UploadDeps } from './context.ts'
import { statusEvent } from './presence.ts'
import { parseDeviceRequest } from './protocol/request.ts'
import { receiveUpload } from './receive-upload.ts'
import { noRepeats } from './repeats.ts'

export interface Adoption {
  readonly sn: string
  readonly label?: string | undefined
  readonly zone?: string | undefined
  readonly site?: string | undefined
  readonly hasDoor?: boolean | undefined
  readonly simulated: boolean
  /** Also what is held because it did not show its key. */
  readonly takeHeld?: boolean | undefined
}

/**
 * Trusts a terminal, known or still to come, names and places it, and takes in what it has sent so far with the time
 * it was received. Adopting again changes name and place. Answers how many kept uploads were taken in.
 */
export async function adoptDevice(deps: GatewayDeps, adoption: Adoption): Promise<number> {
  const now = deps.clock.now()
  const device = await deps.store.write(async write => {
    await insertDevice(
      write,
      newDevice(adoption.sn, {
        state: 'waiting',
        zone: deps.config.timeZone,
        site: deps.config.siteName,
        now,
      }),
    )
    await forgetRemoval(write, adoption.sn)
    const before = await findDevice(write, adoption.sn)
    if (adoption.zone !== undefined) {
      const evidence = 'Said when it was adopted'
      await changeZone(write, { sn: adoption.sn, zone: adoption.zone, evidence, actor: null, at: now })
    }
    const after = await write
      .updateTable('device')
      .set({
        state: 'adopted',
        adopted_at: before?.adopted_at ?? now,
        simulated: adoption.simulated ? 1 : (before?.simulated ?? 0),
        ...(adoption.label === undefined ? {} : { label: adoption.label }),
        ...(adoption.site === undefined ? {} : { site: adoption.site }),
        ...(adoption.hasDoor === undefined ? {} : { has_door: adoption.hasDoor ? 1 : 0 }),
      })
      .where('sn', '=', adoption.sn)
      .returningAll()
      .executeTakeFirstOrThrow()
    if (before?.state !== 'adopted')
      await recordEvents(write, [statusEvent(after, 'adopted', null, now)], deps.clock)
    return after
  })
  const taken = await takeInHeld(deps, device, adoption.takeHeld === true ? 'all' : 'unquestioned')
  deps.wakeDelivery()
  return taken
}

/** Takes in what was left when an adoption was cut short; run at start and now and then. */
export async function takeInLeftovers(deps: GatewayDeps): Promise<void> {
  const waiting = await deps.store.read
    .selectFrom('held_upload')
    .innerJoin('device', 'device.sn', 'held_upload.sn')
    .select('device.sn')
    .distinct()
    .where('device.state', '=', 'adopted')
    .where('held_upload.reason', 'is', null)
    .execute()
  for (const { sn } of waiting) {
    const device = await findDevice(deps.store.read, sn)
    // One upload that cannot be taken in must not stop those of other terminals.
    if (device)
      await takeInHeld(deps, device, 'unquestioned').catch(error =>
        deps.log.error({ err: error, sn }, 'taking in what was kept failed; it is tried again'),
      )
  }
}

/**
 * One kept upload at a time, oldest first, each gone only once its content is recorded. Those held for want of a key
 * only when somebody has said so.
 */
async function takeInHeld(
  deps: GatewayDeps,
  device: DeviceRow,
  which: 'all' | 'unquestioned',
): Promise<number> {
  const receiving: UploadDeps = {
    ...deps,
    ...createRecorder(deps),
    clocks: silentClocks,
    repeats: noRepeats,
    packets: createPackets(deps.clock),
  }
  let taken = 0
  for (;;) {
    const held = await deps.store.read
      .selectFrom('held_upload')
      .selectAll()
      .where('sn', '=', device.sn)
      .$if(which === 'unquestioned', query => query.where('reason', 'is', null))
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (!held) return taken
    const request = parseDeviceRequest({ method: 'POST', rawUrl: held.raw_url })
    const body = unseal(deps.config.sealKey, held.body)
    const access = await receiveAccessUpload(receiving, device, request, {
      rawUrl: held.raw_url,
      body,
      receivedAt: held.received_at,
    })
    if (access !== null) {
      await forgetHeld(deps, held.id)
      taken += 1
      continue
    }
    const upload = request.kind === 'ok' && request.cdata?.kind === 'upload' ? request.cdata : null
    const table = upload?.table ?? (request.kind === 'ok' ? request.endpoint : 'unknown')
    await receiveUpload(
      receiving,
      device,
      { table, stamp: upload?.stamp ?? null, rawUrl: held.raw_url },
      body,
      held.received_at,
    )
    await forgetHeld(deps, held.id)
    taken += 1
  }
}

async function forgetHeld(deps: GatewayDeps, id: number): Promise<void> {
  await deps.store.write(write => write.deleteFrom('held_upload').where('id', '=', id).execute())
}
