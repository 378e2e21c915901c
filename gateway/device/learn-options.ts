import { z } from 'zod'
import { storable } from '#platform/database/dialect.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'

const keysMax = 300
const valueMax = 500
/** Never kept in clear: keys that hold a password or a key. */
const secretKey = /pass|pwd|comkey|commkey|authkey|secret/i

const Options = z.record(z.string(), z.string())

/** Everything a terminal has told about itself, by key without `~`. */
export function readOptions(device: DeviceRow): Record<string, string> {
  return Options.parse(JSON.parse(device.options))
}

/** Merges what a terminal says about itself; model and firmware get their own columns, secrets are left out. */
export async function learnOptions(
  write: Write,
  device: DeviceRow,
  values: ReadonlyMap<string, string>,
): Promise<void> {
  const told = [...values]
    .filter(([key]) => !secretKey.test(key))
    .map(([key, value]) => [storable(key), storable(value.slice(0, valueMax))] as const)
  const options = Object.fromEntries(
    Object.entries({ ...readOptions(device), ...Object.fromEntries(told) }).slice(0, keysMax),
  )
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
