import { nameAt } from './names.ts'
import { randomFor } from './random.ts'

export type Shift = 'day' | 'early' | 'late' | 'night' | 'office'

export type SimulatedTerminal = {
  serial: string
  label: string
  model: string
  firmware: string
  hasDoor: boolean
  doorLabel?: string
  /** Drops off now and then and comes back with what it kept (see flaky.ts). */
  flaky: boolean
  /** `entrance` is where people clock in and out, `room` is passed during the shift. */
  role: 'entrance' | 'canteen' | 'room'
  /** False on the model without function keys: its punches say status 255. */
  keys: boolean
  /** Verify codes it can report, the usual one first (iclock-push 11.2). */
  verify: readonly [number, ...number[]]
  /** How far its clock is ahead of the truth. */
  clockOffsetSeconds: number
  mac: string
  address: string
}

export type SimulatedPerson = {
  code: string
  firstName: string
  lastName: string
  /** Name of the site. */
  site: string
  department: string
  shift: Shift
  card: string
}

export type SimulatedPlace = {
  name: string
  zone: string
  terminals: readonly SimulatedTerminal[]
  /** Days the place is closed, as MM-DD. */
  holidays: readonly string[]
}

export type SimulatedSite = { sites: readonly SimulatedPlace[]; people: readonly SimulatedPerson[] }

const models = {
  gate: { model: 'SpeedFace-V5L', firmware: 'ZAM180-NF-Ver1.1.17', keys: true, verify: [15, 1, 4, 3] },
  keypad: { model: 'F22', firmware: 'Ver 8.0.4.2-20230711', keys: true, verify: [1, 4, 3] },
  reader: { model: 'SenseFace 3A', firmware: 'ZAM70-NF28VA-3.3.12', keys: false, verify: [15, 4, 3] },
} as const

type Row = {
  label: string
  kind: keyof typeof models
  role: SimulatedTerminal['role']
  door?: string
  flaky?: boolean
  ahead?: number
}

const puneTerminals: readonly Row[] = [
  { label: 'Main gate A', kind: 'gate', role: 'entrance', door: 'Main gate turnstile' },
  { label: 'Main gate B', kind: 'gate', role: 'entrance', ahead: 2 },
  { label: 'East gate', kind: 'keypad', role: 'entrance', flaky: true, ahead: -4 },
  { label: 'Canteen', kind: 'reader', role: 'canteen', ahead: 1 },
  { label: 'Warehouse', kind: 'reader', role: 'room', door: 'Warehouse door' },
  { label: 'Assembly hall', kind: 'gate', role: 'entrance', ahead: -2 },
  { label: 'Tool room', kind: 'reader', role: 'room', door: 'Tool room door', ahead: 3 },
  { label: 'Administration', kind: 'reader', role: 'room', door: 'Administration door' },
]

const lisbonTerminals: readonly Row[] = [
  { label: 'Front door', kind: 'gate', role: 'entrance', door: 'Front door' },
  { label: 'Garage', kind: 'keypad', role: 'entrance', ahead: 95 },
  { label: 'Second floor', kind: 'reader', role: 'room', ahead: -1 },
  { label: 'Server room', kind: 'reader', role: 'room', door: 'Server room door' },
]

const puneCrew: readonly (readonly [department: string, shift: Shift, count: number])[] = [
  ['Administration', 'day', 22],
  ['Quality', 'day', 14],
  ['Maintenance', 'day', 12],
  ['Warehouse', 'day', 8],
  ['Assembly', 'early', 20],
  ['Machining', 'early', 12],
  ['Warehouse', 'early', 4],
  ['Assembly', 'late', 16],
  ['Machining', 'late', 10],
  ['Warehouse', 'late', 4],
  ['Assembly', 'night', 12],
  ['Machining', 'night', 8],
  ['Security', 'night', 4],
  ['Security', 'early', 4],
]

const lisbonCrew: typeof puneCrew = [
  ['Engineering', 'office', 26],
  ['Design', 'office', 9],
  ['Sales', 'office', 13],
  ['Finance', 'office', 8],
  ['People', 'office', 6],
  ['Facilities', 'early', 8],
]

/** The whole simulated customer: two sites, twelve terminals, 220 people. The same on every call. */
export function simulatedSite(): SimulatedSite {
  return {
    sites: [
      {
        name: 'Pune plant',
        zone: 'Asia/Kolkata',
        terminals: puneTerminals.map((row, index) => terminalOf(row, 'PUN', index + 1)),
        holidays: ['01-26', '05-01', '08-15', '10-02', '12-25'],
      },
      {
        name: 'Lisbon office',
        zone: 'Europe/Lisbon',
        terminals: lisbonTerminals.map((row, index) => terminalOf(row, 'LIS', index + 1)),
        holidays: ['01-01', '04-25', '05-01', '06-10', '08-15', '10-05', '11-01', '12-01', '12-08', '12-25'],
      },
    ],
    people: [...crewOf('Pune plant', 'pune', puneCrew), ...crewOf('Lisbon office', 'lisbon', lisbonCrew)],
  }
}

function terminalOf(row: Row, prefix: string, number: number): SimulatedTerminal {
  const host = (prefix === 'PUN' ? 16 : 64) + number
  return {
    serial: `SIM-${prefix}-${String(number).padStart(2, '0')}`,
    label: row.label,
    ...models[row.kind],
    hasDoor: row.door !== undefined,
    ...(row.door === undefined ? {} : { doorLabel: row.door }),
    flaky: row.flaky ?? false,
    role: row.role,
    clockOffsetSeconds: row.ahead ?? 0,
    // Ranges set aside for documentation, so no real interface is ever named (RFC 7042, RFC 5737).
    mac: `00:00:5E:00:53:${host.toString(16).toUpperCase().padStart(2, '0')}`,
    address: `192.0.2.${host}`,
  }
}

function crewOf(site: string, place: 'pune' | 'lisbon', crew: typeof puneCrew): SimulatedPerson[] {
  const places = crew.flatMap(([department, shift, count]) =>
    Array.from({ length: count }, () => ({ department, shift })),
  )
  return places.map(({ department, shift }, index) => {
    const code = codeOf(place, index)
    const card = String(randomFor('card', code).between(1_000_000, 16_777_215))
    return { code, ...nameAt(place, index), site, department, shift, card }
  })
}

/** Codes as they grow in real companies: contractors and the office keep leading zeros, which must survive. */
function codeOf(place: 'pune' | 'lisbon', index: number): string {
  if (place === 'lisbon') return `0${401 + index}`
  return index % 6 === 5 ? `00${301 + index}` : String(1001 + index)
}
