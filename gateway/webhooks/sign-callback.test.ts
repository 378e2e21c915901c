import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSecret, sign, verify } from '#contract/signature.ts'
import { signCallback } from './sign-callback.ts'

it('a callback carries the signature the contract describes, whatever the secret and the body', async () => {
  const secrets = fc.oneof(fc.constant(null), fc.string({ minLength: 1, maxLength: 80 }))
  await fc.assert(
    fc.asyncProperty(secrets, fc.string(), fc.nat(), fc.string(), async (given, id, seconds, body) => {
      const secret = given ?? createSecret()
      fc.pre(secret.replace(/^whsec_/, '').trim() !== '')
      const made = signCallback(secret, id, seconds, body)
      expect(made).toBe(await sign(secret, id, seconds, body))
    }),
  )
  const secret = createSecret()
  const headers = {
    id: 'p1',
    timestamp: '1700000000',
    signature: signCallback(secret, 'p1', 1_700_000_000, '{}'),
  }
  expect(await verify(secret, headers, '{}', 1_700_000_000_000)).toBe('ok')
})
