import { createECDH, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateToken } from '../gateway/store/tokens.ts'

/** Secrets of this installation, beside the database and never in it; made at the first start. */
export interface Keys {
  /** Seals what the gateway stores encrypted. */
  readonly sealKey: Uint8Array
  /** What terminals' communication keys are hashed under; a rotation leaves it, for nobody has those in clear. */
  readonly deviceKeySecret: Uint8Array
  /** What people's calls reach the embedded gateway with. */
  readonly gatewayToken: string
  /** What the proxy's own callback is registered with; may reach local addresses. */
  readonly registrationToken: string
  /** Sessions and callback secrets of the proxy are derived from it. */
  readonly proxyKey: Uint8Array
  /** With which browsers are told of alerts (RFC 8292). */
  readonly vapid: { readonly publicKey: string; readonly privateKey: string }
}

const sealKeyFile = 'seal.key'
const nextSealKey = 'seal.key.next'
const deviceKeyFile = 'device.key'

function readBytes(file: string): Buffer | null {
  return existsSync(file) ? Buffer.from(readFileSync(file, 'utf8').trim(), 'base64') : null
}

function writeKey(file: string, key: Uint8Array): void {
  writeFileSync(`${file}.new`, Buffer.from(key).toString('base64'), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The present sealing key and the next one, kept in a file until everything is sealed with it. */
export interface Rotation {
  readonly from: Uint8Array
  readonly to: Uint8Array
  /** From now on the next key is the key. */
  finish(): void
}

/** Begins to replace the sealing key of a data folder, or goes on with what was cut short. */
export function beginRotation(dataDir: string): Rotation {
  const folder = join(dataDir, 'keys')
  const from = readBytes(join(folder, sealKeyFile))
  if (from === null) throw new Error(`There is no sealing key in ${folder}; nothing was ever sealed`)
  if (readBytes(join(folder, deviceKeyFile)) === null) writeKey(join(folder, deviceKeyFile), from)
  const next = join(folder, nextSealKey)
  const to = readBytes(next) ?? randomBytes(32)
  if (!existsSync(next)) writeKey(next, to)
  return { from, to, finish: () => renameSync(next, join(folder, sealKeyFile)) }
}

/** Reads the keys of a data folder; what is missing is made and kept with access for its owner only. */
export function openKeys(dataDir: string): Keys {
  const folder = join(dataDir, 'keys')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  if (existsSync(join(folder, nextSealKey)))
    throw new Error(
      'A rotation of the sealing key was cut short; finish it with "gatehouse keys rotate" before anything else',
    )
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
  const sealKey = keepBytes(sealKeyFile)
  return {
    sealKey,
    deviceKeySecret: readBytes(join(folder, deviceKeyFile)) ?? sealKey,
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
