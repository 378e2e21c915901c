/**
 * Reads a whole number of up to nine digits with an optional sign; null for anything else, '' included. Callers
 * depend on null and 0 being different: a status of 0 is a check-in. Vector T13.
 */
export function readWholeNumber(text: string | undefined): number | null {
  if (text === undefined) return null
  const first = text.charCodeAt(0)
  const from = first === MINUS || first === PLUS ? 1 : 0
  const digits = text.length - from
  if (digits < 1 || digits > DIGITS_MAX) return null
  let value = 0
  for (let at = from; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return null
    value = value * 10 + digit
  }
  return first === MINUS && value !== 0 ? -value : value
}

/**
 * Reads a counter of a terminal: digits only, up to 4294967295, for which nine digits are one too few. Null for
 * anything else.
 */
export function readCounter(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return null
  const value = Number(text)
  return value <= UINT32_MAX ? value : null
}

const UINT32_MAX = 0xffffffff
const MINUS = 45
const PLUS = 43
const DIGITS_MAX = 9
