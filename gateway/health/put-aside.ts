import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { OperationError } from '#contract/errors.ts'
import type { GatewayDeps } from '../deps.ts'
import type { DeviceOverview } from '../store/devices.ts'

const rowsAtOnce = 500

/**
 * Puts everything we have of a terminal into a file of its own (gzip of JSON lines, for its owner only) before the
 * terminal is told to forget: punches as sent, people, windows, its sealed templates. Answers the file's name. Throws
 * STORE_UNAVAILABLE where there is no folder for it.
 */
export async function putAside(
  { store, clock, config }: Pick<GatewayDeps, 'store' | 'clock' | 'config'>,
  device: DeviceOverview,
): Promise<string> {
  if (config.dataDir === undefined)
    throw new OperationError('STORE_UNAVAILABLE', { detail: 'There is no folder to put its data aside' })
  const folder = join(config.dataDir, 'set-aside')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const at = new Date(clock.now()).toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')
  const name = `${device.sn}_${at}.jsonl.gz`
  const file = join(folder, name)
  try {
    await pipeline(
      Readable.from(lines(store, device)),
      createGzip(),
      createWriteStream(`${file}.part`, { mode: 0o600 }),
    )
    await rename(`${file}.part`, file)
  } catch (error) {
    await rm(`${file}.part`, { force: true })
    throw error
  }
  return name
}

async function* lines(store: GatewayDeps['store'], device: DeviceOverview): AsyncGenerator<string> {
  const line = (table: string, row: object) => `${JSON.stringify({ table, ...row }, bytesAsText)}\n`
  yield line('device', device)
  for (const table of ['person_device', 'access_schedule', 'access_right'] as const)
    for (const row of await store.read.selectFrom(table).selectAll().where('sn', '=', device.sn).execute())
      yield line(table, row)
  for (const table of ['punch', 'quarantine'] as const) {
    let after = 0
    for (;;) {
      const rows = await store.read
        .selectFrom(table)
        .selectAll()
        .where('sn', '=', device.sn)
        .where('id', '>', after)
        .orderBy('id')
        .limit(rowsAtOnce)
        .execute()
      for (const row of rows) yield line(table, row)
      const last = rows.at(-1)
      if (last === undefined) break
      after = last.id
    }
  }
}

function bytesAsText(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value
}
