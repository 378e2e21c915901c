import { readerLocale } from '../words/index.ts'

let made: { locale: string; format: Intl.NumberFormat } | undefined

/** A whole number in the reader's digits and grouping. */
export function count(value: number): string {
  const locale = readerLocale()
  if (made?.locale !== locale) made = { locale, format: new Intl.NumberFormat(locale) }
  return made.format.format(value)
}

/** Seconds with one decimal and the unit: "1.2 s". */
export function seconds(value: number): string {
  return new Intl.NumberFormat(readerLocale(), {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'narrow',
    maximumFractionDigits: 1,
    minimumFractionDigits: 1,
  }).format(value)
}

/** A share as percent: "40 %" in the reader's way. */
export function percent(share: number): string {
  return new Intl.NumberFormat(readerLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(share)
}
