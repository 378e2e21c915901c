import { createHmac, randomBytes } from 'node:crypto'
import type { GatewayDeps } from '../deps.ts'
import type { Reader, Write } from '../store/index.ts'
import { seal, unseal } from '../store/seal.ts'

/** Name of the setting that holds the key, sealed; a rotation of the sealing key seals it anew. */
export const markKeySetting = 'people-mark-key'

const known = new WeakMap<object, Buffer>()

/** Makes things comparable without telling what they are. */
export type Mark = (kind: string, content: string | Uint8Array) => string

/**
 * The keyed digest this store uses. Its key is made once and kept sealed in the store, so it survives a rotation of
 * the sealing key: what terminals hold stays comparable with what is wanted.
 */
export async function marker({ config }: Pick<GatewayDeps, 'config'>, write: Write): Promise<Mark> {
  let key = known.get(config)
  if (key === undefined) {
    await write
      .insertInto('setting')
      .values({ name: markKeySetting, value: seal(config.sealKey, randomBytes(32)).toString('base64') })
      .onConflict(conflict => conflict.column('name').doNothing())
      .execute()
    const { value } = await write
      .selectFrom('setting')
      .select('value')
      .where('name', '=', markKeySetting)
      .executeTakeFirstOrThrow()
    key = unseal(config.sealKey, Buffer.from(value, 'base64'))
  }
  return markWith(key)
}

/** Keeps the key in memory once the transaction that may have made it is committed. */
export async function rememberMarkKey(deps: Pick<GatewayDeps, 'config' | 'store'>): Promise<void> {
  await deps.store.write(write => marker(deps, write))
  const row = await deps.store.read
    .selectFrom('setting')
    .select('value')
    .where('name', '=', markKeySetting)
    .executeTakeFirst()
  if (row) known.set(deps.config, unseal(deps.config.sealKey, Buffer.from(row.value, 'base64')))
}

/** The same for those who only read; before anything was ever marked, nothing is the same as anything. */
export async function readMarker({ config }: Pick<GatewayDeps, 'config'>, reader: Reader): Promise<Mark> {
  const kept = known.get(config)
  const row = kept
    ? undefined
    : await reader.selectFrom('setting').select('value').where('name', '=', markKeySetting).executeTakeFirst()
  const key = kept ?? (row ? unseal(config.sealKey, Buffer.from(row.value, 'base64')) : randomBytes(32))
  return markWith(key)
}

function markWith(key: Uint8Array): Mark {
  return (kind, content) =>
    createHmac('sha256', key).update(`${kind}\n`).update(content).digest('hex').slice(0, 32)
}
