import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keptMax, redactReply } from './redact.ts'

describe('redacted reply', () => {
  it('hides what we sent and what looks like a secret of theirs', () => {
    const reply =
      '{"AuthToken":"tok-12345","echo":"tok-12345","db_password": "hunter2","note":"Bearer abcdefgh12345","key":"whsec_QUJD"}'
    const text = redactReply(reply, ['tok-12345'])
    for (const secret of ['tok-12345', 'hunter2', 'abcdefgh12345', 'QUJD']) expect(text).not.toContain(secret)
    expect(text).toContain('"db_password": "[hidden]"')
  })

  it('leaves an ordinary answer as it is', () => {
    for (const reply of ['{"status":"done"}', '<h1>502 Bad Gateway</h1>', 'Unknown user 2001'])
      expect(redactReply(reply, ['tok'])).toBe(reply)
  })

  it('cuts at the limit and keeps nothing a database refuses', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 50 }),
        fc.integer({ min: 1, max: 500 }),
        (part, times) => {
          const text = redactReply(`${part}\0\ud83d`.repeat(times), [])
          expect(text.length).toBeLessThanOrEqual(keptMax)
          expect(text).not.toContain('\0')
          expect(text.isWellFormed()).toBe(true)
        },
      ),
    )
  })
})
