import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Reader, Store, Write } from './index.ts'
import type { DeviceKeyTable } from './schema.ts'

export type DeviceKeyRow = Selectable<DeviceKeyTable>

/** A key as it is kept: under the sealing key, because terminals' keys are often eight digits. */
function hashKey(sealKey: Uint8Array, sn: string, key: string): string {
  return createHmac('sha256', sealKey).update(`device-key\n${sn}\n${key}`).digest('hex')
}

/** Whether this is the key, found in the same time wherever it differs. */
export function isKey(sealKey: Uint8Array, row: DeviceKeyRow, key: string): boolean {
  const given = Buffer.from(hashKey(sealKey, row.sn, key), 'hex')
  const kept = Buffer.from(row.hash, 'hex')
  return given.length === kept.length && timingSafeEqual(given, kept)
}

/** Sets or changes the key a terminal has to show; null takes it away. */
export async function setDeviceKey(
  write: Write,
  sealKey: Uint8Array,
  { sn, key, at }: { readonly sn: string; readonly key: string | null; readonly at: number },
): Promise<void> {
  await write.deleteFrom('device_key').where('sn', '=', sn).execute()
  if (key === null) return
  await write
    .insertInto('device_key')
    .values({ sn, hash: hashKey(sealKey, sn, key), address: null, at })
    .execute()
}

/** Remembers where the right key was shown last. */
export async function trustAddress(write: Write, sn: string, address: string | null): Promise<void> {
  await write.updateTable('device_key').set({ address }).where('sn', '=', sn).execute()
}

/** The key of a terminal, or undefined. */
export function findDeviceKey(reader: Reader, sn: string): Promise<DeviceKeyRow | undefined> {
  return reader.selectFrom('device_key').selectAll().where('sn', '=', sn).executeTakeFirst()
}

/** Finds keys for the terminals' port: all of them in memory, read anew after one has changed. */
export function createKeyFinder(
  store: Pick<Store, 'read' | 'changes'>,
): (sn: string) => Promise<DeviceKeyRow | undefined> {
  const { changes } = store
  if (!changes) return sn => findDeviceKey(store.read, sn)
  let kept: { version: number; keys: Promise<ReadonlyMap<string, DeviceKeyRow>> } | undefined
  const readAll = async () =>
    new Map((await store.read.selectFrom('device_key').selectAll().execute()).map(row => [row.sn, row]))
  return async sn => {
    const version = changes('device_key')
    if (kept?.version !== version) kept = { version, keys: readAll() }
    const reading = kept
    try {
      return (await reading.keys).get(sn)
    } catch (error) {
      if (kept === reading) kept = undefined
      throw error
    }
  }
}
