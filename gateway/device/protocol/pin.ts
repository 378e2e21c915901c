import { trimField } from './text.ts'

export type PinReading =
  | { readonly kind: 'ok'; readonly pin: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'bad' }
  | { readonly kind: 'nobody' }

/**
 * Reads the key of a person on a terminal. Trimmed, leading zeros and letters kept; control characters, characters
 * lost in decoding and more than 64 characters are bad. A lone `0` is the terminals' way to say nobody.
 * iclock-push 5.1 [ATT58], 10.1 [SEC29]; vector T37 [VN-TS].
 */
export function readPin(text: string): PinReading {
  // Spaces of any script: whoever reads codes takes them off, and a code of nothing else would be none.
  const pin = trimField(trimField(text).trim())
  if (pin === '') return EMPTY
  if (pin.length > PIN_LENGTH_MAX) return BAD
  for (let at = 0; at < pin.length; at += 1) {
    const code = pin.charCodeAt(at)
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || code === REPLACEMENT) return BAD
  }
  return pin === '0' ? NOBODY : { kind: 'ok', pin }
}

const PIN_LENGTH_MAX = 64
// Two different undecodable names would become the same person if U+FFFD were let through.
const REPLACEMENT = 0xfffd
const EMPTY: PinReading = { kind: 'empty' }
const BAD: PinReading = { kind: 'bad' }
const NOBODY: PinReading = { kind: 'nobody' }
