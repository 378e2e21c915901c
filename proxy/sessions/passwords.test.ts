import { describe, expect, it } from 'vitest'
import { OperationError } from '#contract/errors.ts'
import { createOneTimePassword, hashPassword, refuseWeakPassword, verifyPassword } from './passwords.ts'

describe('new passwords', () => {
  it.each([
    ['short', 'elevenchars'],
    ['endless', 'x1y2z3'.repeat(50)],
    ['the account name', 'Margarete.Mueller'],
    ['little more than the account name', 'margarete.mueller1!'],
    ['one that everybody tries', 'Password-1234!'],
    ['a run of digits', '1234567890123'],
    ['a run backwards', 'zyxwvutsrqpon'],
    ['the keyboard from left to right', 'qwertyuiop[]'],
    ['a few characters repeated', 'abababababab'],
  ])('refuses %s', (_what, password) => {
    const refused = () => refuseWeakPassword(password, 'Margarete.Mueller')
    expect(refused).toThrow(OperationError)
    expect(refused).toThrow(expect.objectContaining({ code: 'PASSWORD_REFUSED', field: 'New' }))
  })

  it.each([
    'rain falls on the gate',
    'no digits no symbols',
    '394857203948573',
    'пароль из слов тут',
    '🐎🔋📎🎷🎻🪕🎺🥁🎹🎸🪗🪘',
  ])('accepts %s: length counts, composition does not', password => {
    expect(() => refuseWeakPassword(password, 'admin')).not.toThrow()
  })

  it('one-time passwords are four groups of four characters nobody mixes up, and never the same', () => {
    const made = Array.from({ length: 200 }, createOneTimePassword)
    for (const password of made) {
      expect(password).toMatch(/^([A-HJ-NP-Za-km-z2-9]{4}-){3}[A-HJ-NP-Za-km-z2-9]{4}$/)
      expect(() => refuseWeakPassword(password, 'admin')).not.toThrow()
    }
    expect(new Set(made).size).toBe(200)
  })
})

describe('hashes', () => {
  it('are Argon2id with 19 MiB and two passes, salted', async () => {
    const [one, two] = await Promise.all([hashPassword('rain falls'), hashPassword('rain falls')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(two)
    expect(await verifyPassword({ hash: one, password: 'rain falls' })).toBe(true)
    expect(await verifyPassword({ hash: one, password: 'rain fell' })).toBe(false)
  })

  it('that are broken let nobody in', async () => {
    expect(await verifyPassword({ hash: 'plain', password: 'plain' })).toBe(false)
    expect(await verifyPassword({ hash: '', password: '' })).toBe(false)
  })
})
