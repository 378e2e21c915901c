import { readerLocale } from '../words/index.ts'
import { lasting } from './time.ts'

/** A length in seconds in one unit, "4s" or "3h", without its sign: which way it points is said in words. */
export function span(seconds: number): string {
  return lasting(Math.abs(seconds) * 1000)
}

/** The same in up to two units, "1 min 20 s", where the minute alone says too little. */
export function spanExact(seconds: number): string {
  return partsOf(seconds).map(span).join(' ')
}

/** The same where there is little room: "1m 20s". */
export function spanNarrow(seconds: number): string {
  return partsOf(seconds).map(narrow).join(' ')
}

const units = [
  { seconds: 86_400, name: 'day' },
  { seconds: 3600, name: 'hour' },
  { seconds: 60, name: 'minute' },
  { seconds: 1, name: 'second' },
] as const

/** A length as one or two lengths of a single unit each, the second never zero. */
function partsOf(seconds: number): number[] {
  const whole = Math.round(Math.abs(seconds))
  const index = units.findIndex(unit => whole >= unit.seconds)
  const [unit, below] = [units[index], units[index + 1]]
  if (unit === undefined || below === undefined) return [whole]
  const rest = Math.floor((whole % unit.seconds) / below.seconds) * below.seconds
  const first = whole - (whole % unit.seconds)
  return rest === 0 ? [first] : [first, rest]
}

function narrow(seconds: number): string {
  const unit = units.find(each => seconds >= each.seconds) ?? { seconds: 1, name: 'second' }
  const options = { style: 'unit', unit: unit.name, unitDisplay: 'narrow' } as const
  return new Intl.NumberFormat(readerLocale(), options).format(seconds / unit.seconds)
}
