import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { OperationError } from '#contract/errors.ts'

export const passwordMin = 12
export const passwordMax = 256

/** OWASP's second Argon2id setting: 19 MiB, two passes; about 10 ms here. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Argon2id in PHC form, parameters and salt included. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/** True if the password is the one behind the hash; a broken hash is false, never an error that lets anyone in. */
export function verifyPassword(given: { hash: string; password: string }): Promise<boolean> {
  return verify(given.hash, given.password).catch(() => false)
}

/**
 * The most used passwords that are long enough to pass otherwise. Compared without case and without what people put
 * between and behind the words, so that `Password-1234!` is one of them.
 */
const common = new Set(
  (
    'password passwort motdepasse contrasena contraseña passwordpassword adminadmin administrator adminpassword ' +
    'welcome welcometo changeme changemenow letmein letmeinnow letmeinplease trustno iloveyou iloveyouforever ' +
    'qwerty qwertyuiop qwertyuiopasdf qwertyqwerty qazwsxedc qazwsxedcrfv qweasdzxc asdfghjkl asdfghjklqwe ' +
    'zxcvbnm zxcvbnmasdfgh abcdefghijkl abcdefghijklm abcdefgh abcabcabc testtesttest ' +
    'test tester secret topsecret supersecret football baseball basketball superman batman starwars princess ' +
    'sunshine monkey dragon master mustang shadow michael jennifer computer internet samsung google facebook ' +
    'gatehouse gatehousegatehouse attendance fingerprint security securitysecurity biometric turnstile'
  ).split(/\s+/),
)

/**
 * Refuses a new password that is too short, too long, the account's own name, or among the ones everybody tries.
 * No rules of composition: they make passwords worse (ASVS 5.0, 6.2.5).
 */
export function refuseWeakPassword(password: string, accountName: string): void {
  const reason = weakness(password, accountName.toLowerCase())
  if (reason !== null) throw new OperationError('PASSWORD_REFUSED', { detail: reason, field: 'New' })
}

function weakness(password: string, name: string): string | null {
  const length = [...password].length
  if (length < passwordMin) return `The password has ${length} characters; ${passwordMin} are the minimum`
  if (password.length > passwordMax) return `The password may have ${passwordMax} characters at most`
  const plain = password.toLowerCase()
  if (plain.replaceAll(name, '').length < 4) return 'The password is little more than the account name'
  if (new Set(plain).size < 4) return 'The password repeats a few characters'
  const isCommon = common.has(plain.replace(/[^\p{L}]/gu, ''))
  return isCommon || isRun(plain) ? 'The password is among those tried first' : null
}

/** 0123456789…, abcdef…, and the same backwards or started anew: steps of one all along. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((char, at) => (char.codePointAt(0) ?? 0) - (text.codePointAt(at) ?? 0))
  return steps.length > 0 && steps.filter(step => Math.abs(step) === 1).length >= steps.length * 0.8
}

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789'

/** Four groups of four characters nobody mixes up: 92 bits, readable over a telephone. */
export function createOneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return Array.from({ length: 4 }, group).join('-')
}
