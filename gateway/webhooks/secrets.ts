import { seal, unseal } from '../store/seal.ts'

/** Seals a subscription's secret for its row: AES-256-GCM with a key kept outside the database, as base64. */
export function sealSecret(key: Uint8Array, secret: string): string {
  return seal(key, Buffer.from(secret, 'utf8')).toString('base64')
}

/** The secret again, or null when it was sealed with another key or a byte was changed. */
export function openSecret(key: Uint8Array, sealed: string): string | null {
  try {
    return unseal(key, Buffer.from(sealed, 'base64')).toString('utf8')
  } catch {
    return null
  }
}
