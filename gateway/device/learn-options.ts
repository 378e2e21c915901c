import { storable } from '#platform/database/dialect.ts'
import { plainKey, spelledOptions } from '../store/device-options.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import type { DeviceOption } from './protocol/attendance/options.ts'

const keysMax = 300
const valueMax = 500
/** Never kept in clear: keys that hold a password or a key. */
const secretKey = /pass|pwd|comkey|commkey|authkey|secret/i

/** Merges what a terminal says about itself; model and firmware get their own columns, secrets are left out. Keys stay as spelled. */
export async function learnOptions(
  write: Write,
  device: DeviceRow,
  told: readonly DeviceOption[],
): Promise<void> {
  // As it is now: the row in hand is from before the request, and another one may have told something meanwhile.
  const known = await write
    .selectFrom('device')
    .select('options')
    .where('sn', '=', device.sn)
    .executeTakeFirst()
  if (known === undefined) return
  const values = new Map(told.map(({ key, value }) => [key, value]))
  // The same key may come with `~` and without: the last spelling stays, in the place of the first.
  const kept = new Map(Object.entries(spelledOptions(known)).map(pair => [plainKey(pair[0]), pair]))
  for (const { key, rawKey, value } of told)
    if (!secretKey.test(key)) kept.set(key, [storable(rawKey), storable(value.slice(0, valueMax))])
  const options = Object.fromEntries([...kept.values()].slice(0, keysMax))
  const model = values.get('DeviceName')
  const firmware = values.get('FWVersion') ?? values.get('FirmVer')
  const hasDoor = Number(values.get('LockFunOn') ?? values.get('LockCount') ?? 0) > 0
  await write
    .updateTable('device')
    .set({
      options: JSON.stringify(options),
      ...(model ? { model: storable(model.slice(0, 100)) } : {}),
      ...(firmware ? { firmware: storable(firmware.slice(0, 100)) } : {}),
      ...(hasDoor ? { has_door: 1 } : {}),
    })
    .where('sn', '=', device.sn)
    .execute()
}
