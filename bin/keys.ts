import { createECDH, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateToken } from '../gateway/store/tokens.ts'

/** Secrets of this installation, beside the database and never in it; made at the first start. */
export interface Keys {
  /** Seals what the gateway stores encrypted. */
  readonly sealKey: Uint8Array
  /** What people's calls reach the embedded gateway with. */
  readonly gatewayToken: string
  /** What the proxy's own callback is registered with; may reach local addresses. */
  readonly registrationToken: string
  /** Sessions and callback secrets of the proxy are derived from it. */
  readonly proxyKey: Uint8Array
  /** With which browsers are told of alerts (RFC 8292). */
  readonly vapid: { readonly publicKey: string; readonly privateKey: string }
}

/** Reads the keys of a data folder; what is missing is made and kept with access for its owner only. */
export function openKeys(dataDir: string): Keys {
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
  const keepBytes = (name: string) =>
    Buffer.from(
      keep(name, () => randomBytes(32).toString('base64')),
      'base64',
    )
  return {
    sealKey: keepBytes('seal.key'),
    proxyKey: keepBytes('proxy.key'),
    gatewayToken: keep('gateway.token', generateToken),
    registrationToken: keep('registration.token', generateToken),
    vapid: vapidOf(keepBytes('push.key')),
  }
}

/** The pair of a private key on P-256, as browsers and push services take it. */
function vapidOf(privateKey: Buffer): Keys['vapid'] {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(privateKey)
  return { publicKey: curve.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') }
}
