import type { TabledataRecord } from '../device/protocol/access/tabledata-records.ts'
import { type CommandRow, findCommand, readPayload } from '../store/commands.ts'
import type { Write } from '../store/index.ts'
import { schedulesOf } from '../store/schedules.ts'
import { enqueueIn } from './enqueue.ts'
import { HolidayOrder, RightOrder, ScheduleOrder } from './payloads.ts'
import type { CommandStateName } from './transitions.ts'

type Deps = Parameters<typeof enqueueIn>[0]

const askedBy = 'read-back'

/** What to ask an access terminal for, to see whether it holds what it was told. */
interface Question {
  readonly table: string
  readonly filter: ReadonlyArray<readonly [key: string, value: string]>
}

/**
 * Return 0 proves that a terminal could read a row, not that it keeps it: some answer 0 to keys they do not know and
 * store an empty row [SF2A/3A]. So what was written is asked for, once the answer is there. Runs in the transaction
 * that settles the command; answers whether something was asked.
 */
export async function askBack(deps: Deps, write: Write, command: CommandRow): Promise<boolean> {
  const question = questionOf(command)
  if (question === null || (await isWrittenAnew(write, command))) return false
  await enqueueIn(deps, write, {
    sn: command.sn,
    kind: 'read.back',
    payload: { of: command.id, ...question },
    actor: askedBy,
    key: null,
  })
  await note(write, command.id, 'asked')
  return true
}

/**
 * The rows a terminal has answered a question of ours with: those of one, or none where its answer came without any.
 * Answers the command they are about when it turns out to have had no effect.
 */
export async function judgeRows(
  write: Write,
  question: CommandRow,
  records: readonly TabledataRecord[],
): Promise<CommandRow | null> {
  const command = await findCommand(write, String(readPayload(question).of))
  if (command === undefined || command.read_back !== 'asked') return null
  const same = isAsOrdered(command, records)
  await note(write, command.id, same ? 'same' : 'different')
  return same ? null : command
}

/**
 * How a question ended. Without a row (`Return=0`) what was written is not there; if rows were promised that have not
 * come, or nothing was answered, nothing is known.
 */
export async function endQuestion(
  write: Write,
  question: CommandRow,
  to: CommandStateName,
): Promise<CommandRow | null> {
  if (question.kind !== 'read.back' || to === 'queued' || to === 'sent') return null
  if (to === 'done' && question.return_code === 0) return judgeRows(write, question, [])
  const command = await findCommand(write, String(readPayload(question).of))
  if (command?.read_back === 'asked') await note(write, command.id, 'unread')
  return null
}

const writtenTables: ReadonlySet<string> = new Set([
  'schedule.write',
  'group.write',
  'holiday.write',
  'holiday.remove',
])

/** No document names a query for the access tables of an attendance terminal, so that its answer is all there is. */
export async function noteUnreadable(write: Write, command: CommandRow): Promise<void> {
  if (writtenTables.has(command.kind)) await note(write, command.id, 'unread')
}

/** Taken off only to be written again at once: that order is the one to be proved. */
async function isWrittenAnew(write: Write, command: CommandRow): Promise<boolean> {
  if (command.kind !== 'right.remove') return false
  const { EmployeeCode, ScheduleID } = RightOrder.parse(readPayload(command))
  return (await schedulesOf(write, command.sn, EmployeeCode)).includes(ScheduleID)
}

function questionOf({ kind, payload }: CommandRow): Question | null {
  const order = readPayload({ payload })
  if (kind === 'schedule.write')
    return { table: 'timezone', filter: [['TimezoneId', String(ScheduleOrder.parse(order).ScheduleID)]] }
  if (kind === 'holiday.write' || kind === 'holiday.remove')
    return { table: 'holiday', filter: [['Holiday', HolidayOrder.parse(order).Day.replaceAll('-', '')]] }
  if (kind === 'right.write' || kind === 'right.remove')
    return { table: 'userauthorize', filter: [['Pin', RightOrder.parse(order).EmployeeCode]] }
  return null
}

function isAsOrdered(command: CommandRow, records: readonly TabledataRecord[]): boolean {
  if (command.kind === 'schedule.write') {
    const { ScheduleID, Windows } = ScheduleOrder.parse(readPayload(command))
    const wanted = Windows.map(({ Day, Start, End }) => `${Day} ${Start} ${End}`)
    return records.some(
      record =>
        record.kind === 'schedule' &&
        record.schedule.id === ScheduleID &&
        record.schedule.problems.length === 0 &&
        isSameList(
          record.schedule.windows.map(({ day, start, end }) => `${day} ${start} ${end}`),
          wanted,
        ),
    )
  }
  if (command.kind === 'holiday.write' || command.kind === 'holiday.remove') {
    const { Day, Kind } = HolidayOrder.parse(readPayload(command))
    const rows = records.flatMap(record => (record.kind === 'row' ? [record.fields] : []))
    const held = rows.filter(fields => fields.get('holiday') === Day.replaceAll('-', ''))
    return command.kind === 'holiday.remove'
      ? held.length === 0
      : held.some(fields => fields.get('holidaytype') === String(Kind))
  }
  const { EmployeeCode, ScheduleID, Doors } = RightOrder.parse(readPayload(command))
  const rows = records.flatMap(record =>
    record.kind === 'authorization' && record.pin === EmployeeCode && record.timeZoneId === ScheduleID
      ? [record]
      : [],
  )
  if (command.kind === 'right.remove') return rows.length === 0
  const doors = new Set(rows.flatMap(row => row.doors))
  return Doors.every(door => doors.has(door))
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join(';') === [...other].sort().join(';')
}

async function note(
  write: Write,
  id: number,
  readBack: 'asked' | 'same' | 'different' | 'unread',
): Promise<void> {
  await write.updateTable('command').set({ read_back: readBack }).where('id', '=', id).execute()
}
