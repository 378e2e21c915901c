import { type DeviceRow, findDevice } from './devices.ts'
import type { Store } from './index.ts'

const keptMax = 20_000

/** Finds terminals by serial number, reading anew only after something about any of them was written. */
export function createDeviceCache(
  store: Pick<Store, 'read' | 'changes'>,
): (sn: string) => Promise<DeviceRow | undefined> {
  const { changes } = store
  if (!changes) return sn => findDevice(store.read, sn)
  const kept = new Map<string, DeviceRow>()
  let version = changes('device')
  return async sn => {
    const now = changes('device')
    if (now !== version || kept.size >= keptMax) kept.clear()
    version = now
    const known = kept.get(sn)
    if (known) return known
    const row = await findDevice(store.read, sn)
    // Somebody may have written while it was read.
    if (row && changes('device') === now) kept.set(sn, row)
    return row
  }
}
