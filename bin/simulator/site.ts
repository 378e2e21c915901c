import { nameAt } from './names.ts'
import { randomFor } from './random.ts'
import type { PersonalityName } from './traits.ts'

export type Shift = 'day' | 'early' | 'late' | 'night' | 'office'

export type SimulatedTerminal = {
  serial: string
  label: string
  model: string
  firmware: string
  hasDoor: boolean
  /** Doors of a controller of the access flavour; 0 is an attendance terminal. */
  doors: number
  /** In what it differs from a terminal by the book (traits.ts). */
  personalities: readonly PersonalityName[]
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
  controller: { model: 'C3-400', firmware: 'AC Ver 5.7.8.3033', keys: false, verify: [4, 3] },
  reader: { model: 'SenseFace 3A', firmware: 'ZAM70-NF28VA-3.3.12', keys: false, verify: [15, 4, 3] },
} as const

type Row = {
  label: string
  kind: keyof typeof models
  role: SimulatedTerminal['role']
  hasDoor?: boolean
  doors?: number
  personalities?: readonly PersonalityName[]
  ahead?: number
}

const puneTerminals: readonly Row[] = [
  { label: 'Main gate A', kind: 'gate', role: 'entrance', hasDoor: true },
  { label: 'Main gate B', kind: 'gate', role: 'entrance', ahead: 2, personalities: ['duplicate-sender'] },
  {
    label: 'East gate',
    kind: 'keypad',
    role: 'entrance',
    ahead: -4,
    personalities: ['old-firmware', 'sleeper'],
  },
  { label: 'Canteen', kind: 'reader', role: 'canteen', ahead: 1, personalities: ['forgetful-sleeper'] },
  { label: 'Warehouse doors', kind: 'controller', role: 'room', hasDoor: true, doors: 4 },
  { label: 'Assembly hall', kind: 'gate', role: 'entrance', ahead: -2, personalities: ['bare-ok'] },
  {
    label: 'Tool room',
    kind: 'reader',
    role: 'room',
    hasDoor: true,
    ahead: 3,
    personalities: ['gbk-names'],
  },
  { label: 'Administration', kind: 'reader', role: 'room', hasDoor: true },
]

const lisbonTerminals: readonly Row[] = [
  { label: 'Front door', kind: 'gate', role: 'entrance', hasDoor: true },
  { label: 'Garage', kind: 'keypad', role: 'entrance', ahead: 95, personalities: ['drifting-clock'] },
  { label: 'Second floor', kind: 'reader', role: 'room', ahead: -1 },
  { label: 'Server room', kind: 'reader', role: 'room', hasDoor: true },
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
    hasDoor: row.hasDoor ?? false,
    doors: row.doors ?? 0,
    personalities: row.personalities ?? [],
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
