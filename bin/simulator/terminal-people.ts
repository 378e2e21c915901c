import type { KeptTables } from './kept-rows.ts'
import { templateOf } from './templates.ts'
import type { CommandOutcome } from './terminal-commands.ts'
import { fieldNamed, mergeUserRow, type UserRow, userLine } from './terminal-lines.ts'

/** One stored template or picture: the fields it came with. */
type StoredRow = Readonly<Record<string, string>>

/** What a terminal keeps of people beside their rows. */
export type PeopleMemory = {
  /** User rows by PIN. */
  users: Map<string, UserRow>
  /** Fingers by PIN and number, faces by PIN and index, other templates by PIN, type, number and index. */
  fingers: Map<string, StoredRow>
  faces: Map<string, StoredRow>
  templates: Map<string, StoredRow>
  pictures: Map<string, StoredRow>
  /** People it has room for. */
  usersMax: number
}

const full = -1001
const unknownPin = -10
const parameterError = -1
const noData = -4
const verb = 'DATA'
/** A face is found in a photo not at once. */
const extractMs = 500

/** An empty memory; `users` are those it was born with. */
export function peopleMemory(users: ReadonlyMap<string, UserRow>, usersMax = 3000): PeopleMemory {
  return {
    users: new Map(users),
    fingers: new Map(),
    faces: new Map(),
    templates: new Map(),
    pictures: new Map(),
    usersMax,
  }
}

/** Forgets people with everything of theirs. */
export function clearPeople(memory: PeopleMemory): void {
  for (const table of peopleTables(memory).values()) table.clear()
}

/** Its tables by name, as they lie in the flash of a terminal. */
export function peopleTables({ users, fingers, faces, templates, pictures }: PeopleMemory): KeptTables {
  return new Map(Object.entries({ users, fingers, faces, templates, pictures }))
}

/** `DATA <action> <table>` for tables about people (iclock-push 7); undefined for other tables. */
export function peopleData(
  action: string,
  table: string,
  fields: Readonly<Record<string, string>>,
  memory: PeopleMemory,
): CommandOutcome | undefined {
  const pin = fieldNamed(fields, 'PIN')
  switch (`${action} ${table}`.toUpperCase()) {
    case 'QUERY USERINFO': {
      const rows = [...memory.users].flatMap(([key, row]) =>
        pin === undefined || key === pin ? [userLine(row)] : [],
      )
      if (rows.length === 0) return { returned: pin === undefined ? parameterError : unknownPin, verb }
      return { returned: 0, verb, upload: { table: 'OPERLOG', lines: rows } }
    }
    case 'UPDATE USERINFO':
      if (pin === undefined || pin === '') return { returned: parameterError, verb }
      if (!memory.users.has(pin) && memory.users.size >= memory.usersMax) return { returned: full, verb }
      memory.users.set(pin, mergeUserRow(memory.users.get(pin) ?? {}, fields))
      return { returned: 0, verb }
    case 'DELETE USERINFO':
      // Without a PIN firmware deletes everybody (iclock-push 7); so does this one.
      if (pin === undefined) clearPeople(memory)
      else if (!memory.users.delete(pin)) return { returned: unknownPin, verb }
      else forgetTemplates(memory, pin)
      return { returned: 0, verb }
    case 'UPDATE FINGERTMP':
      return keep(memory, memory.fingers, fields, ['FID'])
    case 'DELETE FINGERTMP':
      return drop(memory.fingers, fields, ['FID'])
    case 'QUERY FINGERTMP':
      return shown(memory.fingers, fields, ['FID'], fingerLine)
    case 'UPDATE FACE':
      return keep(memory, memory.faces, fields, ['FID'])
    case 'DELETE FACE':
      return drop(memory.faces, fields, ['FID'])
    case 'UPDATE BIODATA':
      return keep(memory, memory.templates, fields, ['Type', 'No', 'Index'])
    case 'DELETE BIODATA':
      return drop(memory.templates, fields, ['Type', 'No', 'Index'])
    case 'QUERY BIODATA':
      return shown(memory.templates, fields, ['Type', 'No', 'Index'], bioLine)
    case 'UPDATE USERPIC':
      return keep(memory, memory.pictures, fields, [])
    case 'DELETE USERPIC':
      return drop(memory.pictures, fields, [])
    case 'UPDATE BIOPHOTO':
      return extract(memory, fields)
    default:
      return undefined
  }
}

/** Enrols the person before it: what is stored, and the rows it sends once they have gone (iclock-push 8). */
export function enrolPerson(
  verbOf: string,
  fields: Readonly<Record<string, string>>,
  memory: PeopleMemory,
): { returned: number; lines: string[] } {
  const pin = fieldNamed(fields, 'PIN') ?? ''
  const user = memory.users.get(pin)
  if (!user) return { returned: unknownPin, lines: [] }
  const keepsOld = fieldNamed(fields, 'OVERWRITE') !== '1'
  if (verbOf === 'ENROLL_MF') {
    const card = String(1_000_000 + (Number.parseInt(pin.replace(/\D/g, '') || '0', 10) % 15_000_000))
    const row = mergeUserRow(user, { Card: card })
    memory.users.set(pin, row)
    return { returned: 0, lines: [userLine(row)] }
  }
  if (verbOf === 'ENROLL_FP') {
    const finger = fieldNamed(fields, 'FID') ?? '0'
    if (memory.fingers.has(`${pin}\t${finger}`) && keepsOld) return { returned: 2, lines: [] }
    const TMP = templateOf(pin, 1, Number(finger))
    const row = { PIN: pin, FID: finger, Size: String(TMP.length), Valid: '1', TMP }
    memory.fingers.set(`${pin}\t${finger}`, row)
    return { returned: 0, lines: [fingerLine(row)] }
  }
  const type = fieldNamed(fields, 'TYPE') ?? '9'
  const row = bioRow(pin, type)
  memory.templates.set(`${pin}\t${type}\t0\t0`, row)
  return { returned: 0, lines: [bioLine(row)] }
}

/** The lines of everything it holds of everybody's templates. */
export function templateLines(memory: PeopleMemory): string[] {
  return [...[...memory.fingers.values()].map(fingerLine), ...[...memory.templates.values()].map(bioLine)]
}

/** A template by which the terminal knew somebody from the start. */
export function bornWith(memory: PeopleMemory, pin: string, type: number): void {
  if (type === 1) {
    const TMP = templateOf(pin, 1, 6)
    memory.fingers.set(`${pin}\t6`, { PIN: pin, FID: '6', Size: String(TMP.length), Valid: '1', TMP })
  } else memory.templates.set(`${pin}\t${type}\t0\t0`, bioRow(pin, String(type)))
}

/** A face comes of the photo, some time later; the photo itself stays nowhere. */
function extract(memory: PeopleMemory, fields: Readonly<Record<string, string>>): CommandOutcome {
  const pin = fieldNamed(fields, 'PIN') ?? ''
  if (!memory.users.has(pin)) return { returned: unknownPin, verb }
  const content = Buffer.from(fieldNamed(fields, 'Content') ?? '', 'base64')
  if (content[0] !== 0xff || content[1] !== 0xd8) return { returned: -2, verb }
  const row = bioRow(pin, fieldNamed(fields, 'Type') ?? '9')
  memory.templates.set(`${pin}\t${row.Type}\t0\t0`, row)
  const isWanted = fieldNamed(fields, 'PostBackTmpFlag') === '1'
  return {
    returned: 0,
    verb,
    ...(isWanted ? { rows: [{ afterMs: extractMs, row: () => bioLine(row) }] } : {}),
  }
}

function bioRow(pin: string, type: string) {
  const Tmp = templateOf(pin, Number(type), 0, '5')
  return {
    Pin: pin,
    No: '0',
    Index: '0',
    Valid: '1',
    Duress: '0',
    Type: type,
    MajorVer: '5',
    MinorVer: '8',
    Format: '0',
    Tmp,
  }
}

function fingerLine(row: StoredRow): string {
  return `FP ${joined(row)}`
}

function bioLine(row: StoredRow): string {
  return `BIODATA ${joined(row)}`
}

function joined(row: StoredRow): string {
  return Object.entries(row)
    .map(([name, value]) => `${name}=${value}`)
    .join('\t')
}

function keyOf(fields: Readonly<Record<string, string>>, names: readonly string[]): string {
  return ['PIN', ...names].map(name => fieldNamed(fields, name) ?? '0').join('\t')
}

function keep(
  memory: PeopleMemory,
  table: Map<string, StoredRow>,
  fields: Readonly<Record<string, string>>,
  names: readonly string[],
): CommandOutcome {
  const pin = fieldNamed(fields, 'PIN')
  if (pin === undefined || pin === '') return { returned: parameterError, verb }
  if (!memory.users.has(pin)) return { returned: unknownPin, verb }
  table.set(keyOf(fields, names), fields)
  return { returned: 0, verb }
}

function drop(
  table: Map<string, StoredRow>,
  fields: Readonly<Record<string, string>>,
  names: readonly string[],
): CommandOutcome {
  for (const [key, row] of [...table]) if (matches(row, fields, names)) table.delete(key)
  return { returned: 0, verb }
}

function shown(
  table: ReadonlyMap<string, StoredRow>,
  fields: Readonly<Record<string, string>>,
  names: readonly string[],
  line: (row: StoredRow) => string,
): CommandOutcome {
  const lines = [...table.values()].filter(row => matches(row, fields, names)).map(line)
  if (lines.length === 0) return { returned: noData, verb }
  return { returned: 0, verb, upload: { table: 'OPERLOG', lines } }
}

function matches(
  row: StoredRow,
  fields: Readonly<Record<string, string>>,
  names: readonly string[],
): boolean {
  return ['PIN', ...names].every(name => {
    const wanted = fieldNamed(fields, name)
    return wanted === undefined || (fieldNamed(row, name) ?? '0') === wanted
  })
}

function forgetTemplates(memory: PeopleMemory, pin: string): void {
  for (const table of [memory.fingers, memory.faces, memory.templates, memory.pictures])
    for (const key of [...table.keys()]) if (key.split('\t')[0] === pin) table.delete(key)
}
