import { decodeTime } from '../encoded-time.ts'
import { templateOf } from '../templates.ts'
import { fieldsOf } from '../terminal-lines.ts'
import { type AccessLog, fieldsLine } from './access-log.ts'
import type { AccessTables } from './access-tables.ts'
import { type ControlOrder, readControlOrder } from './control-order.ts'

/** The part of a controller that commands read and change. */
export type ControllerMemory = {
  doors: number
  isLocked: (door: number) => boolean
  tables: AccessTables
  log: Pick<AccessLog, 'rows' | 'count'>
  /** What it says of itself, and what the server has set over that. */
  options: Map<string, string>
}

/** Rows that answer a query; sent before the result is. */
export type QueryAnswer = { type: 'tabledata' | 'count' | 'options'; table: string; rows: readonly string[] }

export type ControllerOutcome = {
  /** 0 and above is success, of queries the number of rows (iclock-push 12.10). */
  returned: number
  /** Words of the command echoed in the result. */
  verb: string
  answer?: QueryAnswer
  order?: ControlOrder
  /** What the clock is set to. */
  clock?: string
  /** The row of what was enrolled, uploaded with the answer. */
  enrolled?: string
  /** A person has to come to the reader first. */
  answerAfterMs?: number
  afterwards?: 'reboot'
}

const noSuchCommand = -13
const unsupported = -708
const badParameter = -11
const executionFailed = -12
const noSpace = -18
const noSuchTable = -100
const unknownPin = -27
const fetchMs = 5000

/** Executes one command text as far as a controller knows it (iclock-push 12). */
export function executeOnController(text: string, memory: ControllerMemory): ControllerOutcome {
  const words = text.trim().split(/\s+/)
  const [first = '', second = '', third = ''] = words.map(word => word.toUpperCase())
  const rest = text.trim().replace(/^\S+\s+\S+\s*/, '')
  switch (`${first} ${second}`) {
    case 'CONTROL DEVICE':
      return control(third, memory)
    case 'DATA UPDATE':
    case 'DATA DELETE':
      return change(`${first} ${second}`, rest, memory)
    case 'DATA QUERY':
      return query(rest, memory)
    case 'DATA COUNT':
      return count(rest, memory)
    case 'GET OPTIONS':
      return getOptions(rest, memory)
    case 'SET OPTIONS':
      return setOptions(rest, memory)
  }
  if (first === 'REBOOT') return { returned: 0, verb: 'REBOOT', afterwards: 'reboot' }
  if (first === 'ENROLL_BIO') return enrol(text, memory)
  // Known to the protocol, and to other models.
  if (/^(ACCOUNT|UPGRADE|SHELL|ENROLL_MF|AC_UNLOCK)$/.test(first))
    return { returned: unsupported, verb: first }
  return { returned: noSuchCommand, verb: first }
}

/** One result as devicecmd carries it. */
export function controllerResult(id: string, { returned, verb }: ControllerOutcome): string {
  return `ID=${id}&Return=${returned}&CMD=${verb}\n`
}

function control(hex: string, { doors, isLocked }: ControllerMemory): ControllerOutcome {
  const verb = 'CONTROL DEVICE'
  const order = readControlOrder(hex, doors)
  if (typeof order === 'number') return { returned: order, verb }
  if (order.kind === 'restart') return { returned: 0, verb, afterwards: 'reboot' }
  // Lock-down: nobody gets through, from afar neither.
  if ((order.kind === 'open' || order.kind === 'hold') && order.doors.some(isLocked))
    return { returned: executionFailed, verb }
  return { returned: 0, verb, order }
}

function change(verb: string, rest: string, { tables }: ControllerMemory): ControllerOutcome {
  const table = /^\S+/.exec(rest)?.[0] ?? ''
  const after = rest.slice(table.length).trim()
  const fields = lowerCase(fieldsOf(after))
  const isAll = after === '*'
  // Without a field it would be everybody, which an asterisk has to say.
  if (Object.keys(fields).length === 0 && !isAll) return { returned: badParameter, verb }
  const isKnown = verb === 'DATA UPDATE' ? tables.update(table, fields) : tables.remove(table, fields)
  if (isKnown === 'full') return { returned: noSpace, verb }
  return { returned: isKnown ? 0 : noSuchTable, verb }
}

/** `tablename=user,fielddesc=*,filter=*`: the filter is last and may hold commas and TABs. */
function query(rest: string, memory: ControllerMemory): ControllerOutcome {
  const verb = 'DATA QUERY'
  const [, table, filter = ''] = /^tablename=([^,]+),fielddesc=[^,]*,filter=(.*)$/i.exec(rest) ?? []
  if (table === undefined) return { returned: badParameter, verb }
  const rows = rowsOf(table, filter, memory)
  if (rows === undefined) return { returned: noSuchTable, verb }
  return { returned: rows.length, verb, answer: { type: 'tabledata', table, rows } }
}

function rowsOf(table: string, filter: string, { tables, log }: ControllerMemory): string[] | undefined {
  const fields = lowerCase(fieldsOf(filter))
  if (table.toLowerCase() !== 'transaction') return tables.lines(table, fields)
  if (/^NewRecord$/i.test(filter)) return log.rows()
  return log.rows({ from: fields.starttime ?? '', to: fields.endtime ?? '9' })
}

function count(rest: string, { tables, log }: ControllerMemory): ControllerOutcome {
  const verb = 'DATA COUNT'
  const table = /^\S+/.exec(rest)?.[0] ?? ''
  const filter = lowerCase(fieldsOf(rest.slice(table.length).trim()))
  const total = table.toLowerCase() === 'transaction' ? log.count() : tables.lines(table, filter)?.length
  if (total === undefined) return { returned: noSuchTable, verb }
  return { returned: total, verb, answer: { type: 'count', table, rows: [`${table}=${total}`] } }
}

function getOptions(rest: string, { options }: ControllerMemory): ControllerOutcome {
  const known = rest.split(',').flatMap(key => {
    const value = options.get(key.trim())
    return value === undefined ? [] : [`${key.trim()}=${value}`]
  })
  const answer = {
    type: 'options',
    table: 'options',
    rows: known.length > 0 ? [known.join(',')] : [],
  } as const
  return { returned: known.length, verb: 'GET OPTIONS', answer }
}

function setOptions(rest: string, { options }: ControllerMemory): ControllerOutcome {
  const verb = 'SET OPTIONS'
  const pairs = rest.split(',').map(pair => /^(~?\w+)=(.*)$/.exec(pair.trim()))
  if (pairs.some(pair => pair === null)) return { returned: badParameter, verb }
  let clock: string | undefined
  for (const [, key = '', value = ''] of pairs.flatMap(pair => (pair ? [pair] : []))) {
    if (key === 'DateTime') clock = decodeTime(Number(value))
    else options.set(key, value)
  }
  return { returned: 0, verb, ...(clock === undefined ? {} : { clock }) }
}

function enrol(text: string, { tables }: ControllerMemory): ControllerOutcome {
  const verb = 'ENROLL_BIO'
  const fields = lowerCase(fieldsOf(text.trim().replace(/^\S+\s+/, '')))
  if (!tables.knows(fields.pin ?? '')) return { returned: unknownPin, verb }
  const finger = fields.no ?? '6'
  const template = templateOf(fields.pin ?? '', Number(fields.type ?? '1'), Number(finger))
  const row = { pin: fields.pin ?? '', fingerid: finger, valid: '1', template }
  tables.update('templatev10', row)
  return { returned: 0, verb, answerAfterMs: fetchMs, enrolled: `templatev10 ${fieldsLine(row)}` }
}

/** Field names differ in case between firmwares and servers. */
function lowerCase(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]))
}
