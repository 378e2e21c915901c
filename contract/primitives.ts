import { z } from 'zod'

/** Control characters could start a new line in a terminal's command stream, so no wire text may hold one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const noControl = /^[^\u0000-\u001f\u007f]*$/

/** Text for people: trimmed, bounded, no control characters. */
export const text = (max: number) =>
  z.string().trim().max(max).regex(noControl, 'must not hold control characters')

const textOrNumber = z.union([z.string(), z.int().transform(String)])

/** Serial number as the terminal states it (iclock-push 16: letters, digits, `_`, `-`, 1 to 64). */
export const DeviceSN = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be a serial number: 1 to 64 letters, digits, "_" or "-"')
  .describe('Serial number of the terminal')

/** A person at the terminals. Always text: leading zeros count (cams-gateway 1.1). */
export const EmployeeCode = textOrNumber
  .pipe(z.string().trim().min(1).max(64).regex(noControl, 'must not hold control characters'))
  .describe('Code of the person at the terminals; text, leading zeros count')

/** One or many: an array in JSON, repeated or comma-separated in a query or form. */
export const listOf = <T extends z.ZodType<string, string | number>>(item: T) =>
  z.union([
    z.array(item).min(1).max(1000),
    z
      .string()
      .transform(splitList)
      .pipe(
        z
          .array(z.string())
          .min(1)
          .max(1000)
          .pipe(z.array(item as z.ZodType<string, string>)),
      ),
  ])

function splitList(value: string): string[] {
  return value
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}

const dateTimePattern = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/

/**
 * A day or a moment on the terminal's own wall clock: `YYYY-MM-DD` or `YYYY-MM-DD HH:MM[:SS]`, never with a zone,
 * because "from Monday" means Monday at each terminal.
 */
export const LocalDate = z
  .string()
  .trim()
  .refine(isRealDateTime, 'must be a real date as YYYY-MM-DD or YYYY-MM-DD HH:MM:SS, without a time zone')
  .describe('Date or time on the wall clock of the terminal')

/** Local wall clock to the second, as punches carry it. */
export const LocalTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
  .describe('YYYY-MM-DD HH:MM:SS, wall clock of the terminal')

/** A moment everywhere: ISO 8601 in UTC. */
export const Instant = z.iso.datetime().describe('ISO 8601, UTC')

/** IANA zone name the running platform knows. */
export const TimeZone = z
  .string()
  .trim()
  .max(64)
  .refine(isTimeZone, 'must be a time zone such as Asia/Kolkata')
  .describe('IANA time zone')

/** Rows a reply may hold. 50 is the published page size; ours goes to 1000. */
export const Limit = z.coerce
  .number<number>()
  .int()
  .min(1)
  .max(1000)
  .default(50)
  .describe('Rows a page, 1 to 1000')

/** Either a row number (as older clients count) or the `OffSet` of the page before. */
export const OffSet = textOrNumber
  .pipe(z.string().max(200))
  .optional()
  .describe('OffSet of the previous reply, or a row number')

export const Order = z.enum(['asc', 'desc']).default('asc').describe('asc: oldest first')

/** The caller's own name for a call; echoed, and repeats are not refused (cams-gateway 1.1). */
export const CallerOperationID = textOrNumber.pipe(text(64)).optional()

/** What every operation accepts beside its own fields. AuthToken is read by the edge and never reaches a handler. */
export const common = { OperationID: CallerOperationID }

/** Paging of every list: the next page's OffSet is empty on the last one. */
export const pageAnswer = {
  ReturnRowCount: z.int(),
  ActualRowCount: z.int(),
  OffSet: z.string(),
}

/** True for a calendar date (and time) that exists; leap years respected, 24:00 refused. */
export function isRealDateTime(value: string): boolean {
  const match = dateTimePattern.exec(value)
  if (!match) return false
  const [year, month, day, hour, minute, second] = match.slice(1).map(part => Number(part ?? 0))
  if (year === undefined || month === undefined || day === undefined) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  const sameDay =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return sameDay && (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) < 60
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Of lists in which the newest matters most. */
export const newestFirst = Order.unwrap().default('desc').describe('desc: newest first')
