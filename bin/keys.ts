import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Secrets of this installation, beside the database and never in it; made at the first start. */
export interface Keys {
  /** Seals what is stored encrypted. */
  readonly sealKey: Uint8Array
  /** The proxy's own AuthToken at the embedded gateway. */
  readonly gatewayToken: string
  /** Signs the gateway's callbacks to the proxy. */
  readonly callbackSecret: string
  /** Signs sessions. */
  readonly sessionSecret: string
}

/** Reads the keys of a data folder; what is missing is made and kept with access for its owner only. */
export function openKeys(dataDir: string, makeToken: () => string): Keys {
  const folder = join(dataDir, 'keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  const keep = (name: string, make: () => string) => {
    const file = join(folder, name)
    if (!existsSync(file)) {
      writeFileSync(`${file}.new`, make(), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    }
    return readFileSync(file, 'utf8').trim()
  }
  return {
    sealKey: Buffer.from(keep('seal.key', () => randomBytes(32).toString('base64')), 'base64'),
    gatewayToken: keep('gateway.token', makeToken),
    callbackSecret: keep('callback.secret', () => `whsec_${randomBytes(32).toString('base64')}`),
    sessionSecret: keep('session.secret', () => randomBytes(32).toString('base64url')),
  }
}
