import { type InputReading, type InputType, inputTypeOf } from '../codes.ts'
import { trimField } from '../text.ts'
import { readWholeNumber } from '../whole-number.ts'

/** A number of the old table, or the 16 digits of the new one as text; never mixed up (A10). */
export type VerifyCode = number | string

export type VerifyBits = {
  /** true: all of the methods together; false: any one of them. */
  readonly all: boolean
  /** Names in the order of their bits; `method n` for a bit no document names. */
  readonly methods: readonly string[]
}

/**
 * Reads `verifytype` or `verified`: sixteen 0 and 1 stay text, because they are bits and no decimal number; other
 * whole numbers are codes; anything else is null. iclock-push 10.1, 11.2 [SEC29]; vector A10.
 */
export function readVerify(text: string | undefined): VerifyCode | null {
  if (text === undefined) return null
  const code = trimField(text)
  return isVerifyBits(code) ? code : readWholeNumber(code)
}

/**
 * Decodes the verify bits of newer firmware: the right-most digit is bit 0 and says whether the methods were combined,
 * bits 1 to 12 name them. Also reads `NewVFStyles`, where bit 0 means nothing. Null for other text.
 * iclock-push 9.3, 11.2 [SEC29]; bit 12 [SEC-ZH].
 */
export function decodeVerifyBits(text: string): VerifyBits | null {
  if (!isVerifyBits(text)) return null
  const methods: string[] = []
  for (let bit = 1; bit < BITS; bit += 1) {
    if (text[BITS - 1 - bit] === '1') methods.push(METHODS[bit] ?? `method ${bit}`)
  }
  return { all: text.endsWith('1'), methods }
}

/**
 * Input type and label of a verify code in either form; the numbers mean what they mean in attendance. Of several
 * methods the first biometric one counts, then card, then password. iclock-push 11.2 [SEC29].
 */
export function accessInputTypeOf(verify: VerifyCode | null): InputReading {
  if (typeof verify !== 'string') return inputTypeOf(verify)
  const bits = decodeVerifyBits(verify)
  if (bits === null || bits.methods.length === 0) return { inputType: null, label: null }
  const inputType = INPUT_TYPES.find(([method]) => bits.methods.includes(method))?.[1] ?? 'Others'
  return { inputType, label: bits.methods.join(bits.all ? ' + ' : ' or ') }
}

/**
 * In words what a person was checked by, where one word does not say it: `face + password + card`, `fingerprint or
 * card`. Null for a single method and where the terminal does not say. iclock-push 11.2 [SEC29]; vector A10.
 */
export function combinationOf(verify: VerifyCode | null): string | null {
  const { label } = accessInputTypeOf(verify)
  return label !== null && / (?:\+|or) /.test(label) ? label : null
}

const BITS = 16

const METHODS: readonly string[] = [
  'combination',
  'face',
  'palm print',
  'palm vein',
  'fingerprint',
  'finger vein',
  'voice',
  'iris',
  'retina',
  'password',
  'user ID',
  'card',
  'QR code',
]

const INPUT_TYPES: ReadonlyArray<readonly [method: string, inputType: InputType]> = [
  ['face', 'Face'],
  ['palm print', 'Palm'],
  ['palm vein', 'Palm'],
  ['fingerprint', 'Fingerprint'],
  ['finger vein', 'FingerVein'],
  ['iris', 'Iris'],
  ['retina', 'Retina'],
  ['card', 'Card'],
  ['password', 'Password'],
]

function isVerifyBits(text: string): boolean {
  return text.length === BITS && /^[01]+$/.test(text)
}
