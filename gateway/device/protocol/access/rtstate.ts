import { readFields } from '../attendance/operlog-rows.ts'
import { parseLocalTime } from '../device-time.ts'
import { type RejectedLine, splitLines, type TextLine, type TextOptions } from '../text.ts'

export type DoorAlarm =
  | 'forced'
  | 'tamper'
  | 'duress-password'
  | 'duress-finger'
  | 'held-open'
  | 'mains'
  | 'battery'
  | 'reader-removed'

export type DoorStatus = {
  /** From 1. */
  readonly door: number
  /** 'none': no sensor is set up; 'unknown': the terminal did not say, or said 11. */
  readonly sensor: 'none' | 'closed' | 'open' | 'unknown'
  readonly relayBit: 0 | 1 | null
  /** 'unknown' unless the profile says what a set bit means: the document contradicts its own examples. */
  readonly relay: 'energised' | 'released' | 'unknown'
  /** null: the terminal said nothing about alarms of this door. */
  readonly alarms: readonly DoorAlarm[] | null
}

export type DoorStates = {
  readonly line: number
  readonly raw: string
  readonly time: { readonly local: string }
  readonly doors: readonly DoorStatus[]
  /** Fields no document explains, `key=value` parted by a space; null where there are none. Their bits are not guessed at. */
  readonly extra: string | null
}

export type ParsedRtstate = {
  readonly states: DoorStates[]
  readonly rejects: RejectedLine<'bad-time'>[]
  readonly lineCount: number
}

export type RtstateOptions = TextOptions & {
  /** Doors the terminal has (LockCount); bits beyond are not reported. At most 64 are. */
  readonly doorCount: number
  /** What a set relay bit means on this terminal, once somebody has seen it happen. */
  readonly relaySetMeans?: 'energised' | 'released' | undefined
}

/**
 * Reads an rtstate upload: two sensor bits, one relay bit and one alarm byte per door, door 1 in the lowest bits of
 * the first byte. Hex digits are read byte by byte, never as one number, which would turn doors 5 to 8 and 1 to 4
 * around. Never throws. iclock-push 10.2 [SEC29][BIOFACE], 17; vectors A15, A16.
 */
export function parseRtstate(body: Uint8Array, options: RtstateOptions): ParsedRtstate {
  const states: DoorStates[] = []
  const rejects: RejectedLine<'bad-time'>[] = []
  const lines = splitLines(body, options)
  for (const line of lines) {
    const state = readState(line, options)
    if (state !== null) states.push(state)
    else rejects.push({ line: line.line, reason: 'bad-time', raw: line.text, bytes: line.bytes })
  }
  return { states, rejects, lineCount: lines.length }
}

const DOORS_MAX = 64
const SENSORS = ['none', 'closed', 'open', 'unknown'] as const
/** From the lowest bit. */
const ALARMS: readonly DoorAlarm[] = [
  'forced',
  'tamper',
  'duress-password',
  'duress-finger',
  'held-open',
  'mains',
  'battery',
  'reader-removed',
]

function readState(line: TextLine, options: RtstateOptions): DoorStates | null {
  const fields = readFields(line.text)
  const local = parseLocalTime(fields.get('time') ?? '')
  if (local === null) return null
  const sensor = readHex(fields.get('sensor'))
  const relay = readHex(fields.get('relay'))
  const alarm = readHex(fields.get('alarm'))
  const doors: DoorStatus[] = []
  for (let door = 1; door <= Math.min(options.doorCount, DOORS_MAX); door += 1) {
    const relayBit = readBit(relay, door - 1)
    const alarmByte = alarm[door - 1]
    doors.push({
      door,
      sensor: readSensor(sensor, door),
      relayBit,
      relay: readRelay(relayBit, options.relaySetMeans),
      alarms: alarmByte === undefined ? null : ALARMS.filter((_, bit) => (alarmByte >> bit) & 1),
    })
  }
  return { line: line.line, raw: line.text, time: { local }, doors, extra: readExtra(fields) }
}

const EXPLAINED: ReadonlySet<string> = new Set(['time', 'sensor', 'relay', 'alarm'])
const EXTRA_MAX = 200

function readExtra(fields: ReadonlyMap<string, string>): string | null {
  const rest = [...fields].filter(([key]) => !EXPLAINED.has(key)).map(([key, value]) => `${key}=${value}`)
  return rest.join(' ').slice(0, EXTRA_MAX) || null
}

/** Bytes in the order written; a digit left over at the end is half a byte of nothing. No hex, no bytes. */
function readHex(text: string | undefined): number[] {
  if (text === undefined || !/^[0-9A-Fa-f]*$/.test(text)) return []
  return (text.match(/../g) ?? []).map(pair => Number.parseInt(pair, 16))
}

function readSensor(bytes: readonly number[], door: number): DoorStatus['sensor'] {
  const byte = bytes[Math.floor((door - 1) / 4)]
  if (byte === undefined) return 'unknown'
  return SENSORS[(byte >> (((door - 1) % 4) * 2)) & 3] ?? 'unknown'
}

function readBit(bytes: readonly number[], bit: number): 0 | 1 | null {
  const byte = bytes[Math.floor(bit / 8)]
  if (byte === undefined) return null
  return (byte >> (bit % 8)) & 1 ? 1 : 0
}

function readRelay(bit: 0 | 1 | null, setMeans: RtstateOptions['relaySetMeans']): DoorStatus['relay'] {
  if (bit === null || setMeans === undefined) return 'unknown'
  return (bit === 1) === (setMeans === 'energised') ? 'energised' : 'released'
}
