import { readMask, readTemperature } from '../attendance/attlog.ts'
import { readCard } from '../attendance/card.ts'
import { readFields } from '../attendance/operlog-rows.ts'
import { decodeEncodedTime, parseLocalTime } from '../device-time.ts'
import { readPin } from '../pin.ts'
import type { TextLine } from '../text.ts'
import { readCounter, readWholeNumber } from '../whole-number.ts'
import { readVerify, type VerifyCode } from './verify-styles.ts'

/** One event as the terminal wrote it; nothing is guessed, absent is null and never 0. */
export type AccessEvent = {
  readonly line: number
  /** The whole line, keys nobody knows included. */
  readonly raw: string
  /** The terminal's wall clock; fits `DeviceTime`. */
  readonly time: { readonly local: string }
  /** null: the event has no person (`pin=0`). */
  readonly pin: string | null
  readonly card: string | null
  /** Door from 1, or 0 for the terminal itself; of auxiliary events the number of the input or output. */
  readonly door: number | null
  /** iclock-push 11.4; any number may come, 4000 to 6999 are the extended ones. */
  readonly event: number
  readonly direction: 'in' | 'out' | null
  /** null also for linkage events, which put the event that triggered them here. */
  readonly verify: VerifyCode | null
  /** Of linkage events (6 and 231): the event that triggered them. */
  readonly triggeredBy: number | null
  /** The terminal's own number of this record; null where absent or 0, which some firmware always sends (A09). */
  readonly index: number | null
  readonly siteCode: string | null
  readonly linkId: number | null
  readonly mask: boolean | null
  /** In the unit set on the terminal; 0 and unbelievable values are null. */
  readonly temperature: number | null
  /** Serial number of the sub-controller that it happened at, if it says so. */
  readonly sn: string | null
}

export type EventRejectReason = 'bad-time' | 'bad-pin' | 'bad-event' | 'line-too-long'

/**
 * Reads one event from the fields behind a line's keyword: the names of rtlog (`time`, `event`, `eventaddr`, ...) and
 * those of transaction rows (`time_second` in packed seconds, `eventtype`, `doorid`, ...), in any order and letter
 * case. iclock-push 10.1, 10.3 [SEC29][BIOFACE].
 */
export function readEventRow(line: TextLine, rest: string): AccessEvent | EventRejectReason {
  if (line.bytes.length > LINE_BYTES_MAX) return 'line-too-long'
  const fields = readFields(rest)
  const local = readTime(fields.get('time'), fields.get('time_second'))
  if (local === null) return 'bad-time'
  const event = readWholeNumber(fields.get('event') ?? fields.get('eventtype'))
  if (event === null || event < 0) return 'bad-event'
  const pin = readPin(fields.get('pin') ?? '')
  if (pin.kind === 'bad') return 'bad-pin'
  const verifyText = fields.get('verifytype') ?? fields.get('verified')
  const isLinkage = LINKAGE_EVENTS.has(event)
  return {
    line: line.line,
    raw: line.text,
    time: { local },
    pin: pin.kind === 'ok' ? pin.pin : null,
    card: readCard(fields.get('cardno')),
    door: readWholeNumber(fields.get('eventaddr') ?? fields.get('doorid')),
    event,
    direction: DIRECTIONS.get(fields.get('inoutstatus') ?? fields.get('inoutstate') ?? '') ?? null,
    verify: isLinkage ? null : readVerify(verifyText),
    triggeredBy: isLinkage ? readWholeNumber(verifyText) : null,
    index: readCounter(fields.get('index')) || null,
    siteCode: readText(fields.get('sitecode')),
    linkId: readWholeNumber(fields.get('linkid')) || null,
    mask: readMask(fields.get('maskflag')),
    temperature: readTemperature(fields.get('temperature')) ?? readTemperature(fields.get('convtemperature')),
    sn: fields.get('sn') || null,
  }
}

const LINE_BYTES_MAX = 65_536
const LINKAGE_EVENTS: ReadonlySet<number> = new Set([6, 231])
/** 2 says that neither applies. */
const DIRECTIONS: ReadonlyMap<string, 'in' | 'out'> = new Map([
  ['0', 'in'],
  ['1', 'out'],
])

/** Terminals fill fields without a value with 0. */
function readText(text: string | undefined): string | null {
  return text === undefined || text === '' || text === '0' ? null : text
}

function readTime(time: string | undefined, packed: string | undefined): string | null {
  if (time !== undefined) return parseLocalTime(time)
  const encoded = readCounter(packed)
  return encoded === null ? null : decodeEncodedTime(encoded)
}
