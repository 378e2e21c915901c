export type PinFault = 'digits' | 'same' | 'row' | 'code' | 'differs'

/** What is wrong with a keypad code, the first fault only; null where nothing is. The server has the last word. */
export function judgePin(
  pin: string,
  again: string,
  { digitsMin, code }: { readonly digitsMin: number; readonly code: string },
): PinFault | null {
  if (!/^\d+$/.test(pin) || pin.length < digitsMin || pin.length > 8) return 'digits'
  const digits = [...pin].map(Number)
  const steps = digits.slice(1).map((digit, at) => digit - (digits[at] ?? 0))
  if (pin.length > 1 && steps.every(step => step === 0)) return 'same'
  if (pin.length > 2 && (steps.every(step => step === 1) || steps.every(step => step === -1))) return 'row'
  if (pin === code) return 'code'
  return pin === again ? null : 'differs'
}
