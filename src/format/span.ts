import { readerLocale } from '../words/index.ts'

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
] as const

/** A length of time in one unit, "4s" or "3h", without its sign: which way it points is said in words. */
export function span(seconds: number): string {
  const length = Math.abs(seconds)
  const fits = units.find(each => length >= each.seconds)
  const value = Math.floor(length / (fits?.seconds ?? 1))
  return new Intl.NumberFormat(readerLocale(), {
    style: 'unit',
    unit: fits?.unit ?? 'second',
    unitDisplay: 'narrow',
  }).format(value)
}
