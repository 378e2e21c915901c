import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import { secretBytes } from '#contract/signature.ts'

const keysKept = 200
const keys = new Map<string, KeyObject>()

/**
 * The same header value as `sign` of contract/signature.ts, made on the spot: WebCrypto hands every signature to
 * another thread and back, which costs a sender of thousands a second more than the signature itself.
 */
export function signCallback(secret: string, id: string, timestampSeconds: number, body: string): string {
  const mac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestampSeconds}.${body}`)
  return `v1,${mac.digest('base64')}`
}

function keyOf(secret: string): KeyObject {
  const known = keys.get(secret)
  if (known !== undefined) return known
  const key = createSecretKey(secretBytes(secret))
  if (keys.size >= keysKept) keys.clear()
  keys.set(secret, key)
  return key
}
