import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openSecret, sealSecret } from './secrets.ts'

describe('secrets', () => {
  const key = randomBytes(32)

  it('opens what it sealed, and seals the same secret differently each time', () => {
    const sealed = sealSecret(key, 'whsec_ünlock')
    expect(openSecret(key, sealed)).toBe('whsec_ünlock')
    expect(sealed).not.toContain('whsec')
    expect(sealSecret(key, 'whsec_ünlock')).not.toBe(sealed)
  })

  it('opens nothing with another key, a changed byte, or plain text', () => {
    const sealed = sealSecret(key, 'whsec_abc')
    const changed = Buffer.from(sealed, 'base64')
    changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1
    expect(openSecret(randomBytes(32), sealed)).toBeNull()
    expect(openSecret(key, changed.toString('base64'))).toBeNull()
    expect(openSecret(key, 'whsec_plain')).toBeNull()
    expect(openSecret(key, '')).toBeNull()
  })
})
