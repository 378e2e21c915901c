import { createDecipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decryptBody, encryptBody, looksEncrypted } from './body-encryption.ts'

const key = 'Kq3vX9mB2nL7pR4tY8wZ1cD6fG5hJ0sA'
const text = '{"RealTime":{"LabelName":"Nordtür","PunchLog":{}}}'

describe('encrypted bodies', () => {
  it('are AES-256-ECB of the 32 characters, as OpenSSL has it', () => {
    // Made with: printf '{"status":"done"}' | openssl enc -aes-256-ecb -K <hex of the 32 characters> -base64 -A
    expect(encryptBody({ key, padding: 'pkcs7' }, '{"status":"done"}')).toBe(
      '4YRMeDQUVRgsXkRIIaCAtdMUc8R/LgD6ooWkq2G3UqU=',
    )
  })

  it.each(['pkcs7', 'zero'] as const)('are opened again, filled with %s', padding => {
    fc.assert(
      fc.property(fc.json(), value => {
        expect(decryptBody(key, encryptBody({ key, padding }, value))?.text).toBe(value)
      }),
    )
    expect(decryptBody(key, encryptBody({ key, padding }, text))).toEqual({ text, padding })
  })

  it('add no block of zeros where none is missing', () => {
    const whole = 'x'.repeat(32)
    expect(Buffer.from(encryptBody({ key, padding: 'zero' }, whole), 'base64')).toHaveLength(32)
    expect(Buffer.from(encryptBody({ key, padding: 'pkcs7' }, whole), 'base64')).toHaveLength(48)
  })

  it('are read by a receiver with standard padding', () => {
    const decipher = createDecipheriv('aes-256-ecb', Buffer.from(key), null)
    const bytes = Buffer.from(encryptBody({ key, padding: 'pkcs7' }, text), 'base64')
    expect(Buffer.concat([decipher.update(bytes), decipher.final()]).toString()).toBe(text)
  })

  it('may stand in quotes and be broken into lines', () => {
    const body = encryptBody({ key, padding: 'pkcs7' }, text)
    for (const sent of [
      `"${body}"`,
      JSON.stringify(body).replaceAll('/', '\\/'),
      ` ${body}\n`,
      body.replace(/(.{20})/g, '$1\r\n'),
    ])
      expect(decryptBody(key, sent)?.text).toBe(text)
  })

  it('stay shut for another key, and for what is none', () => {
    const body = encryptBody({ key, padding: 'pkcs7' }, text.repeat(10))
    expect(decryptBody(key.toLowerCase(), body)).toBeNull()
    for (const none of ['', '{"a":1}', 'abc=', 'request_data=%7B%7D', '""']) {
      expect(decryptBody(key, none)).toBeNull()
      expect(looksEncrypted(none)).toBe(false)
    }
    expect(looksEncrypted(body)).toBe(true)
  })
})
