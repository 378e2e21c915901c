/**
 * Signing of callbacks after Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, header `v1,<base64>`, several
 * signatures separated by a space while a secret is rotated. Sign and verify live together so they cannot drift.
 * WebCrypto only, so the file runs in the browser, in Node and in tests.
 */
export const signatureHeaders = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const

export type Verdict = 'ok' | 'invalid' | 'too-old'

const encoder = new TextEncoder()

/** Makes a secret of 32 random bytes in the form receivers' libraries expect. */
export function createSecret(): string {
  return `whsec_${toBase64(crypto.getRandomValues(new Uint8Array(32)))}`
}

/** The `webhook-signature` header for one secret. `timestampSeconds` is Unix time of the attempt. */
export async function sign(
  secret: string,
  id: string,
  timestampSeconds: number,
  body: string,
): Promise<string> {
  const key = await importKey(secret)
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`${id}.${timestampSeconds}.${body}`))
  return `v1,${toBase64(new Uint8Array(mac))}`
}

export interface SigningKeyPair {
  /** PKCS #8, base64. */
  readonly privateKey: string
  /** Raw, 32 bytes, base64, as receivers' libraries read it after `whpk_`. */
  readonly publicKey: string
}

/** Makes a pair of Ed25519 keys. */
export async function createSigningKeys(): Promise<SigningKeyPair> {
  // Ed25519 makes a pair; the type of generateKey covers single keys as well.
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair
  return {
    privateKey: toBase64(new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))),
    publicKey: toBase64(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))),
  }
}

/** The asymmetric part of the `webhook-signature` header, `v1a,<base64>`, over the same content. */
export async function signAsymmetric(
  privateKey: string,
  id: string,
  timestampSeconds: number,
  body: string,
): Promise<string> {
  const key = await importPrivate(privateKey)
  const made = await crypto.subtle.sign('Ed25519', key, encoder.encode(`${id}.${timestampSeconds}.${body}`))
  return `v1a,${toBase64(new Uint8Array(made))}`
}

/** Checks a callback against the public key; default tolerance five minutes. */
export async function verifyAsymmetric(
  publicKey: string,
  headers: { readonly id: string; readonly timestamp: string; readonly signature: string },
  body: string,
  nowMs: number,
  toleranceSeconds = 300,
): Promise<Verdict> {
  const seconds = Number(headers.timestamp)
  const bytes = fromBase64(publicKey.replace(/^whpk_/, ''))
  if (!Number.isInteger(seconds) || bytes === null) return 'invalid'
  const key = await crypto.subtle.importKey('raw', bytes, 'Ed25519', false, ['verify'])
  const signed = encoder.encode(`${headers.id}.${headers.timestamp}.${body}`)
  for (const part of headers.signature.split(' ')) {
    const made = part.startsWith('v1a,') ? fromBase64(part.slice(4)) : null
    if (made && (await crypto.subtle.verify('Ed25519', key, made, signed))) {
      return Math.abs(nowMs / 1000 - seconds) <= toleranceSeconds ? 'ok' : 'too-old'
    }
  }
  return 'invalid'
}

/** Checks a callback; the comparison is WebCrypto's own, in constant time. Default tolerance five minutes. */
export async function verify(
  secret: string,
  headers: { readonly id: string; readonly timestamp: string; readonly signature: string },
  body: string,
  nowMs: number,
  toleranceSeconds = 300,
): Promise<Verdict> {
  const seconds = Number(headers.timestamp)
  if (!Number.isInteger(seconds)) return 'invalid'
  const key = await importKey(secret)
  const signed = encoder.encode(`${headers.id}.${headers.timestamp}.${body}`)
  for (const part of headers.signature.split(' ')) {
    const mac = part.startsWith('v1,') ? fromBase64(part.slice(3)) : null
    if (mac && (await crypto.subtle.verify('HMAC', key, mac, signed))) {
      return Math.abs(nowMs / 1000 - seconds) <= toleranceSeconds ? 'ok' : 'too-old'
    }
  }
  return 'invalid'
}

/** The key inside a secret: base64 after `whsec_`, or the letters themselves where it is none. */
export function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  return fromBase64(secret.replace(/^whsec_/, '')) ?? encoder.encode(secret)
}

const keysKept = 200
const keys = new Map<string, Promise<CryptoKey>>()

/** Keys by secret; importing one anew for each callback would cost more than signing it. */
function importKey(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret)
  if (known !== undefined) return known
  const key = crypto.subtle.importKey('raw', secretBytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])
  if (keys.size >= keysKept) keys.clear()
  keys.set(secret, key)
  return key
}

const privateKeys = new Map<string, Promise<CryptoKey>>()

function importPrivate(privateKey: string): Promise<CryptoKey> {
  const known = privateKeys.get(privateKey)
  if (known !== undefined) return known
  const bytes = fromBase64(privateKey) ?? new Uint8Array()
  const key = crypto.subtle.importKey('pkcs8', bytes, 'Ed25519', false, ['sign'])
  if (privateKeys.size >= keysKept) privateKeys.clear()
  privateKeys.set(privateKey, key)
  return key
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function fromBase64(value: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(value), char => char.charCodeAt(0))
  } catch {
    return null
  }
}
