import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { z } from 'zod'
import type { BodyPadding } from '#contract/entities/subscription.ts'

type Padding = z.output<typeof BodyPadding>

/** How a body is encrypted: the 32 characters are the key, byte for byte. */
export interface BodyKey {
  readonly key: string
  readonly padding: Padding
}

const cipherName = 'aes-256-ecb'
const blockBytes = 16
const base64Pattern = /^[A-Za-z0-9+/\s]+={0,2}\s*$/

/**
 * A body encrypted as the Security Key of CAMS does it (cams-gateway 2.5): AES-256-ECB without an initial value, the
 * characters of the key as its bytes, written as Base64. What CAMS fills the last block with is unknown; PKCS#7 is
 * what a Node receiver insists on and PHP receivers try first, zeros are for those that know nothing else.
 */
export function encryptBody({ key, padding }: BodyKey, text: string): string {
  const plain = Buffer.from(text, 'utf8')
  const cipher = createCipheriv(cipherName, Buffer.from(key, 'latin1'), null)
  cipher.setAutoPadding(padding === 'pkcs7')
  const filled = padding === 'pkcs7' ? plain : fillWithZeros(plain)
  return Buffer.concat([cipher.update(filled), cipher.final()]).toString('base64')
}

/** The text again and how its last block was filled, or null when the key is another one or it is no such body. */
export function decryptBody(key: string, encrypted: string): { text: string; padding: Padding } | null {
  const bytes = encryptedBytes(encrypted)
  if (bytes === null) return null
  const decipher = createDecipheriv(cipherName, Buffer.from(key, 'latin1'), null)
  decipher.setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()])
  const { end, padding } = endOf(plain)
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(plain.subarray(0, end)), padding }
  } catch {
    return null
  }
}

/** True for what could be an encrypted body: Base64 of whole blocks, with or without quotes around it. */
export function looksEncrypted(text: string): boolean {
  return encryptedBytes(text) !== null
}

function encryptedBytes(text: string): Buffer | null {
  // Some HTTP stacks send the Base64 as a JSON string (cams-gateway 2.5), where a slash may be written `\/`.
  const bare = text
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .replaceAll('\\/', '/')
  if (!base64Pattern.test(bare)) return null
  const bytes = Buffer.from(bare, 'base64')
  return bytes.length > 0 && bytes.length % blockBytes === 0 ? bytes : null
}

function fillWithZeros(plain: Buffer): Buffer {
  const missing = (blockBytes - (plain.length % blockBytes)) % blockBytes
  return Buffer.concat([plain, Buffer.alloc(missing)])
}

function endOf(plain: Buffer): { end: number; padding: Padding } {
  const count = plain.at(-1) ?? 0
  const tail = plain.subarray(-count)
  if (count >= 1 && count <= blockBytes && tail.every(byte => byte === count))
    return { end: plain.length - count, padding: 'pkcs7' }
  let end = plain.length
  while (end > 0 && plain[end - 1] === 0) end--
  return { end, padding: 'zero' }
}
