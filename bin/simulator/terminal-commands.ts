import { decodeTime } from './encoded-time.ts'
import type { PunchMemory } from './punch-memory.ts'
import { randomFor } from './random.ts'
import { fieldNamed, fieldsOf, optionsOf, type TerminalIdentity } from './terminal-lines.ts'
import { clearPeople, enrolPerson, type PeopleMemory, peopleData } from './terminal-people.ts'

/** The part of a terminal that commands read and change. */
export type TerminalMemory = {
  identity: TerminalIdentity
  /** People with what it knows them by. */
  people: PeopleMemory
  /** Options set by the server, over those the terminal was born with. */
  settings: Map<string, string>
  punches: Pick<PunchMemory, 'recall' | 'forget' | 'count'>
}

/** What executing a command leads to; the terminal does it, in this order. */
export type CommandOutcome = {
  /** Rows uploaded before the result is reported. */
  upload?: { table: 'ATTLOG' | 'OPERLOG'; lines: string[] }
  returned: number
  /** Verb echoed in the result. */
  verb: string
  /** Text after the result line, for INFO and option reads. */
  more?: string
  /** Further `&Key=Value` of the result. */
  extra?: string
  /** A person has to come to the terminal first. */
  answerAfterMs?: number
  /** OPLOG rows that happen later; the time is filled in when they do. */
  rows?: { afterMs: number; row: (local: string) => string }[]
  /** What the clock is set to. */
  clock?: string
  afterwards?: 'reboot' | 'handshake'
}

const unsupported = -1002
const parameterError = -1
const unknownPin = -10

// Accepted and forgotten: no screen of ours can tell, and a refusal would look like a broken terminal.
const otherTables = /^(TIMEZONE|AccTimeZone|AccGroup|AccHoliday|WORKCODE|SMS|USER_SMS|BELL)$/i

/** Executes one command text, as far as this firmware knows it (iclock-push 7). */
export function executeCommand(text: string, memory: TerminalMemory, id: string): CommandOutcome {
  const words = text.trim().split(/\s+/)
  const verb = (words[0] ?? '').toUpperCase()
  switch (verb) {
    case 'REBOOT':
      return { returned: 0, verb, afterwards: 'reboot' }
    case 'CHECK':
      return { returned: 0, verb, afterwards: 'handshake' }
    case 'LOG':
      return { returned: 0, verb }
    case 'RELOAD':
      return { returned: 0, verb: 'RELOAD OPTIONS', afterwards: 'handshake' }
    case 'INFO':
      return { returned: 0, verb, more: optionLines(currentOptions(memory)) }
    case 'AC_UNLOCK':
      return unlock(memory, id)
    case 'AC_UNALARM':
      if (!memory.identity.hasDoor) return { returned: unsupported, verb }
      return { returned: 0, verb, rows: [{ afterMs: 300, row: local => alarmRow(local, 65_535) }] }
    case 'DATA':
      return data(text, words, memory)
    case 'GET':
      return getOption(words, memory)
    case 'SET':
      return setOption(text, words, memory)
    case 'CLEAR':
      return clear(words, memory)
    case 'VERIFY':
      return verifySum(text, words, memory)
    case 'ENROLL_FP':
    case 'ENROLL_BIO':
    case 'ENROLL_MF':
      return enrol(text, verb, memory, id)
    default:
      return { returned: unsupported, verb }
  }
}

/** One result as `devicecmd` carries it. */
export function resultText(id: string, outcome: CommandOutcome): string {
  const line = `ID=${id}&Return=${outcome.returned}&CMD=${outcome.verb}${outcome.extra ?? ''}\n`
  return outcome.more === undefined ? line : `${line}${outcome.more}\n`
}

/** Everything the terminal says of itself at this moment. */
export function currentOptions(memory: TerminalMemory): Map<string, string> {
  const { users, fingers, faces, templates } = memory.people
  const counts = {
    users: users.size,
    fingers: fingers.size,
    faces: faces.size + templates.size,
    punches: memory.punches.count(),
  }
  return new Map([...optionsOf(memory.identity, counts), ...memory.settings])
}

function unlock({ identity }: TerminalMemory, id: string): CommandOutcome {
  if (!identity.hasDoor) return { returned: unsupported, verb: 'AC_UNLOCK' }
  return { returned: 0, verb: 'AC_UNLOCK', rows: doorPassage(identity.serial, id) }
}

/** What the door sensor reports when somebody walks through: open, and closed again some seconds later. */
export function doorPassage(serial: string, occasion: string): NonNullable<CommandOutcome['rows']> {
  const random = randomFor('door', serial, occasion)
  const openMs = random.between(700, 900)
  return [
    { afterMs: openMs, row: local => alarmRow(local, 51) },
    { afterMs: openMs + random.between(4000, 6000), row: doorClosed },
  ]
}

/** The sensor row of a closed door; also what a terminal states when it starts. */
export function doorClosed(local: string): string {
  return alarmRow(local, 50)
}

/** OPLOG 3 with the object first, as the attendance document has it (iclock-push 11.3). */
function alarmRow(local: string, object: number): string {
  return `OPLOG 3\t0\t${local}\t${object}\t0\t0\t0`
}

function data(text: string, words: readonly string[], memory: TerminalMemory): CommandOutcome {
  const [, action = '', table = ''] = words
  const fields = fieldsOf(text.trim().replace(/^\S+\s+\S+\s+\S+\s*/, ''))
  const verb = 'DATA'
  switch (`${action} ${table}`.toUpperCase()) {
    case 'QUERY ATTLOG':
      return { returned: 0, verb, upload: { table: 'ATTLOG', lines: recallRange(fields, memory) } }
    default: {
      const outcome = peopleData(action, table, fields, memory.people)
      if (outcome) return outcome
      if (/^(UPDATE|DELETE)$/i.test(action) && otherTables.test(table)) return { returned: 0, verb }
      return { returned: unsupported, verb }
    }
  }
}

function recallRange(fields: Readonly<Record<string, string>>, memory: TerminalMemory): string[] {
  const local = (name: string, otherwise: string) =>
    fieldNamed(fields, name)?.trim().replace('T', ' ') || otherwise
  return memory.punches.recall(local('StartTime', ''), local('EndTime', '9'))
}

function verifySum(text: string, words: readonly string[], memory: TerminalMemory): CommandOutcome {
  const verb = 'VERIFY SUM'
  if (!/^SUM$/i.test(words[1] ?? '') || !/^ATTLOG$/i.test(words[2] ?? ''))
    return { returned: unsupported, verb }
  const fields = fieldsOf(text.trim().replace(/^\S+\s+\S+\s+\S+\s*/, ''))
  return { returned: 0, verb, extra: `&AttlogSum=${recallRange(fields, memory).length}` }
}

function getOption(words: readonly string[], memory: TerminalMemory): CommandOutcome {
  const verb = 'GET OPTION'
  const [, what = '', from = '', key = ''] = words
  if (!/^OPTION$/i.test(what) || !/^FROM$/i.test(from)) return { returned: unsupported, verb }
  const options = currentOptions(memory)
  const named = [...options].find(([name]) => name.replace('~', '') === key.replace('~', ''))
  return named ? { returned: 0, verb, more: `${key}=${named[1]}` } : { returned: parameterError, verb }
}

function setOption(text: string, words: readonly string[], memory: TerminalMemory): CommandOutcome {
  const pair = /^\S+\s+\S+\s+([A-Za-z]\w*)=(.*)$/.exec(text.trim())
  // The access flavour's way to set a clock, which some servers try here too (iclock-push 7).
  if (/^OPTIONS?$/i.test(words[1] ?? '') && /^DateTime$/i.test(pair?.[1] ?? ''))
    return { returned: 0, verb: 'SET OPTIONS', clock: decodeTime(Number(pair?.[2])) }
  if (!/^OPTION$/i.test(words[1] ?? '') || !pair) return { returned: unsupported, verb: 'SET OPTION' }
  memory.settings.set(pair[1] ?? '', pair[2] ?? '')
  return { returned: 0, verb: 'SET OPTION' }
}

function clear(words: readonly string[], memory: TerminalMemory): CommandOutcome {
  const what = (words[1] ?? '').toUpperCase()
  const verb = `CLEAR ${what}`
  if (what !== 'LOG' && what !== 'DATA' && what !== 'PHOTO' && what !== 'BIODATA')
    return { returned: unsupported, verb }
  if (what === 'LOG' || what === 'DATA') memory.punches.forget()
  if (what === 'DATA') clearPeople(memory.people)
  return { returned: 0, verb }
}

function enrol(text: string, verb: string, memory: TerminalMemory, id: string): CommandOutcome {
  const fields = fieldsOf(text.trim().replace(/^\S+\s+/, ''))
  const pin = fieldNamed(fields, 'PIN') ?? ''
  const enrolled = enrolPerson(verb, fields, memory.people)
  const answerAfterMs = randomFor('enrol', id).between(4000, 8000)
  if (enrolled.returned === unknownPin) return { returned: unknownPin, verb }
  if (enrolled.returned !== 0) return { returned: enrolled.returned, verb, answerAfterMs }
  const [operation, which] =
    verb === 'ENROLL_FP'
      ? [6, fieldNamed(fields, 'FID') ?? '0']
      : verb === 'ENROLL_MF'
        ? [15, '0']
        : [101, '0']
  const row = (local: string) => `OPLOG ${operation}\t0\t${local}\t${pin}\t${which}\t0\t0`
  const rows = [row, ...enrolled.lines.map(line => () => line)]
  return {
    returned: 0,
    verb,
    answerAfterMs,
    rows: rows.map(one => ({ afterMs: answerAfterMs, row: one })),
  }
}

function optionLines(options: ReadonlyMap<string, string>): string {
  return [...options].map(([name, value]) => `${name}=${value}`).join('\n')
}
