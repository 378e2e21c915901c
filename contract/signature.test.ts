import { describe, expect, it } from 'vitest'
import { createSigningKeys, signAsymmetric, verifyAsymmetric } from './signature.ts'

describe('signing with a pair of keys', () => {
  it('is checked with the public half alone, and with no other', async () => {
    const { privateKey, publicKey } = await createSigningKeys()
    const headers = {
      id: 'm1',
      timestamp: '1772421000',
      signature: `v1,AAAA ${await signAsymmetric(privateKey, 'm1', 1_772_421_000, '{"a":1}')}`,
    }
    const now = 1_772_421_000_000
    expect(await verifyAsymmetric(`whpk_${publicKey}`, headers, '{"a":1}', now)).toBe('ok')
    expect(await verifyAsymmetric(publicKey, headers, '{"a":1}', now + 301_000)).toBe('too-old')
    expect(await verifyAsymmetric(publicKey, headers, '{"a":2}', now)).toBe('invalid')
    const other = await createSigningKeys()
    expect(await verifyAsymmetric(other.publicKey, headers, '{"a":1}', now)).toBe('invalid')
    expect(await verifyAsymmetric('not base64 !', headers, '{"a":1}', now)).toBe('invalid')
  })
})
