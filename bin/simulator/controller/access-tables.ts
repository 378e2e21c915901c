import { applyChanges, type KeptChanges, watchTables } from '../kept-rows.ts'
import { fieldsLine } from './access-log.ts'

/** A row by its field names in lower case. */
type Row = Readonly<Record<string, string>>

export type AccessTables = {
  /** Adds a row or changes it, told by the key of its table; false for a table there is not, 'full' without room. */
  update: (table: string, fields: Row) => boolean | 'full'
  /** Deletes rows that match every field; all of them where no field is given. */
  remove: (table: string, fields: Row) => boolean
  /** Rows that match every field, as lines; undefined for a table there is not. */
  lines: (table: string, fields: Row) => string[] | undefined
  knows: (pin: string) => boolean
  cardOf: (pin: string) => string
  mayOpen: (pin: string, door: number) => boolean
  /** From here on it can say what has changed; `kept` are changes of an earlier life. */
  born: (kept: KeptChanges | undefined) => () => KeptChanges
}

/** Tables with the fields that tell their rows apart (iclock-push 12.1, 12.2). */
const keysOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['user', ['pin']],
  ['userauthorize', ['pin', 'authorizetimezoneid']],
  ['timezone', ['timezoneid']],
  ['holiday', ['holiday']],
  ['extuser', ['pin']],
  ['mulcarduser', ['pin', 'cardno']],
  ['templatev10', ['pin', 'fingerid']],
  ['biodata', ['pin', 'type', 'no', 'index']],
])

/** What a controller keeps in its tables, in memory. */
export function createAccessTables(usersMax = Number.POSITIVE_INFINITY): AccessTables {
  const tables = new Map<string, Map<string, Row>>([...keysOf.keys()].map(name => [name, new Map()]))
  let lastUid = 0

  function rowsOf(table: string): Map<string, Row> | undefined {
    return tables.get(table.toLowerCase())
  }

  return {
    update: (table, fields) => {
      const name = table.toLowerCase()
      const rows = rowsOf(name)
      if (!rows) return false
      const key = (keysOf.get(name) ?? []).map(field => fields[field] ?? '').join('\t')
      const before = rows.get(key)
      if (!before && name === 'user' && rows.size >= usersMax) return 'full'
      if (!before && name === 'user') lastUid += 1
      const uid = name === 'user' ? { uid: String(lastUid) } : {}
      rows.set(key, { ...uid, ...before, ...fields })
      return true
    },
    remove: (table, fields) => {
      const rows = rowsOf(table)
      if (!rows) return false
      for (const [key, row] of [...rows]) if (matches(row, fields)) rows.delete(key)
      return true
    },
    lines: (table, fields) => {
      const rows = rowsOf(table)
      if (!rows) return undefined
      const found = [...rows.values()].filter(row => matches(row, fields))
      return found.map(row => `${table.toLowerCase()} ${fieldsLine(row)}`)
    },
    knows: pin => tables.get('user')?.has(pin) ?? false,
    cardOf: pin => tables.get('user')?.get(pin)?.cardno || '0',
    // Doors are a mask: door 1 is the lowest bit.
    mayOpen: (pin, door) =>
      [...(tables.get('userauthorize')?.values() ?? [])].some(
        row => row.pin === pin && (Number(row.authorizedoorid) & (1 << (door - 1))) !== 0,
      ),
    born: kept => {
      const changes = watchTables(tables)
      if (kept !== undefined) applyChanges(tables, kept)
      for (const { uid } of tables.get('user')?.values() ?? []) lastUid = Math.max(lastUid, Number(uid))
      return changes
    },
  }
}

function matches(row: Row, fields: Row): boolean {
  return Object.entries(fields).every(([name, value]) => (row[name] ?? '') === value)
}
