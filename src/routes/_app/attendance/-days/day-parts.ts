import { readerLocale } from '../../../../words/index.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** A day as the head of a column: "Mon", "2" and, where it is alone, "2 Nov". */
export function dayParts(day: string): { weekday: string; date: string } {
  const date = new Date(`${day}T00:00:00Z`)
  const isFirst = day.endsWith('-01')
  return {
    weekday: format({ weekday: 'short' }).format(date),
    date: format(isFirst ? { day: 'numeric', month: 'short' } : { day: 'numeric' }).format(date),
  }
}

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${readerLocale()} ${Object.keys(options).join()}`
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(readerLocale(), { ...options, timeZone: 'UTC' })
    formats.set(key, made)
  }
  return made
}
