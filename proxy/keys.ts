import { hkdfSync } from 'node:crypto'

export interface ProxyKeys {
  /** Signs session cookies. */
  readonly sessionSecret: string
  /** Signs callbacks, in the form receivers' libraries expect. */
  readonly callbackSecret: string
  /** Presented as AuthToken by gateways that cannot sign. */
  readonly callbackToken: string
}

/**
 * Everything secret comes from the one key outside the database: a copied database signs nobody in, and processes
 * that share the key share the secrets.
 */
export function deriveKeys(secretKey: Uint8Array): ProxyKeys {
  if (secretKey.byteLength < 32) throw new Error('The secret key must have 32 bytes or more')
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync('sha256', secretKey, 'gatehouse-proxy', purpose, 32))
  return {
    sessionSecret: derive('session').toString('base64url'),
    callbackSecret: `whsec_${derive('callback').toString('base64')}`,
    callbackToken: derive('callback-token').toString('hex').slice(0, 32),
  }
}
