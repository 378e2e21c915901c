import { readerLocale } from '../words/index.ts'

/** Minutes as hours and minutes where there is little room: "8:05", "-0:12". */
export function hoursShort(minutes: number): string {
  const whole = Math.abs(Math.round(minutes))
  const sign = minutes < 0 && whole > 0 ? '−' : ''
  return `${sign}${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

const formats = new Map<string, Intl.NumberFormat>()

/** The same in words: "8 hr 5 min", "12 min". */
export function hoursLong(minutes: number): string {
  const whole = Math.abs(Math.round(minutes))
  const [hours, rest] = [Math.floor(whole / 60), whole % 60]
  return [hours > 0 ? unit(hours, 'hour') : '', rest > 0 || hours === 0 ? unit(rest, 'minute') : '']
    .filter(Boolean)
    .join(' ')
}

function unit(value: number, name: 'hour' | 'minute'): string {
  const key = `${readerLocale()} ${name}`
  let format = formats.get(key)
  if (!format) {
    format = new Intl.NumberFormat(readerLocale(), { style: 'unit', unit: name, unitDisplay: 'short' })
    formats.set(key, format)
  }
  return format.format(value)
}
