import { OperationError } from '#contract/errors.ts'
import type { ParsedInput } from '#contract/types.ts'
import { findCorrection, readCorrectionName, stateOf } from '../../store/corrections.ts'
import { findDevice } from '../../store/devices.ts'
import type { Reader } from '../../store/index.ts'
import { readPunchName } from '../../store/punches.ts'
import { readLocalTime } from '../../time/zone.ts'

export type CorrectionInput = Omit<ParsedInput<'attendance.addCorrection'>, 'OperationID'>

/** What a correction says, without who and when. */
export interface CorrectionDraft {
  readonly day: string
  readonly punch_ref: string | null
  readonly instant: number | null
  readonly local_time: string | null
  readonly zone: string | null
  readonly offset_minutes: number | null
  readonly sn: string | null
  readonly before: string | null
  readonly after: string | null
}

const excuses = ['absence', 'late', 'early_leave']
const noPunch = {
  punch_ref: null,
  instant: null,
  local_time: null,
  zone: null,
  offset_minutes: null,
  sn: null,
}

/**
 * From what was asked for to what is written down, with what it was before. Raises INVALID_INPUT for a field that is
 * missing, PUNCH_NOT_FOUND for a punch of somebody else, INVALID_DATE for a time that the wall clock never showed.
 */
export async function draftCorrection(
  reader: Reader,
  input: CorrectionInput,
  siteZone: string,
): Promise<CorrectionDraft> {
  switch (input.Kind) {
    case 'AddPunch':
      return draftPunch(reader, input, siteZone)
    case 'IgnorePunch': {
      const punch = await requirePunch(reader, input)
      return { ...punch, before: punch.before, after: null }
    }
    case 'SetDirection':
      return { ...(await requirePunch(reader, input)), after: required(input, 'Direction') }
    case 'AssignShift':
      return {
        ...(await requirePunch(reader, input)),
        before: null,
        after: required(input, 'PlannedShiftID'),
      }
    case 'Excuse': {
      const what = required(input, 'What')
      if (excuses.includes(what)) return { ...noPunch, day: dayOf(input), before: null, after: what }
      throw wrong('What', `What must be one of ${excuses.join(', ')}, but was "${what}"`)
    }
    case 'Settle':
      return { ...noPunch, day: dayOf(input), before: null, after: required(input, 'What') }
    case 'Note':
      return { ...noPunch, day: dayOf(input), before: null, after: null }
  }
}

async function draftPunch(
  reader: Reader,
  input: CorrectionInput,
  siteZone: string,
): Promise<CorrectionDraft> {
  const local = wallClock(required(input, 'AttendanceLog'))
  const direction = required(input, 'Direction')
  const { DeviceSN, EmployeeCode } = input
  const zone = await zoneOf(reader, EmployeeCode, DeviceSN, siteZone)
  const { instant, offsetMinutes } = readLocalTime(local, zone, 0)
  return {
    day: local.slice(0, 10),
    punch_ref: null,
    instant,
    local_time: local,
    zone,
    offset_minutes: offsetMinutes,
    sn: DeviceSN ?? null,
    before: null,
    after: direction,
  }
}

/** The zone of the terminal named, else of the terminal the person used last, else of the site. */
async function zoneOf(
  reader: Reader,
  code: string,
  sn: string | undefined,
  siteZone: string,
): Promise<string> {
  if (sn !== undefined) {
    const device = await findDevice(reader, sn)
    if (device) return device.zone
    throw new OperationError('DEVICE_NOT_FOUND', { field: 'DeviceSN', detail: `There is no device ${sn}` })
  }
  const last = await reader
    .selectFrom('punch')
    .select('zone')
    .where('employee_code', '=', code)
    .orderBy('local_day', 'desc')
    .orderBy('local_time', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.zone ?? siteZone
}

/** The punch somebody speaks of, sent by a terminal or added by a correction, if it is this person's. */
async function requirePunch(reader: Reader, input: CorrectionInput): Promise<CorrectionDraft> {
  const name = required(input, 'PunchID')
  const found = (await sentPunch(reader, name)) ?? (await addedPunch(reader, name))
  if (found?.code === input.EmployeeCode) return { ...found.punch, punch_ref: name }
  throw new OperationError('PUNCH_NOT_FOUND', {
    field: 'PunchID',
    detail: `${input.EmployeeCode} has no punch ${name}`,
  })
}

async function sentPunch(reader: Reader, name: string) {
  const id = readPunchName(name)
  if (id === null) return null
  const row = await reader.selectFrom('punch').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  const { local_day: day, local_time, zone, offset_minutes, instant, sn, direction } = row
  const punch = { day, local_time, zone, offset_minutes, instant, sn, before: direction, after: null }
  return { code: row.employee_code, punch }
}

async function addedPunch(reader: Reader, name: string) {
  const id = readCorrectionName(name)
  const row = id === null ? undefined : await findCorrection(reader, id)
  if (row?.kind !== 'AddPunch' || stateOf(row) !== 'in_force') return null
  const { day, local_time, zone, offset_minutes, instant, sn, after: before } = row
  const punch = { day, local_time, zone, offset_minutes, instant, sn, before, after: null }
  return { code: row.employee_code, punch }
}

function required<
  Name extends 'AttendanceLog' | 'Direction' | 'PunchID' | 'PlannedShiftID' | 'What' | 'Date',
>(input: CorrectionInput, name: Name): NonNullable<CorrectionInput[Name]> {
  const value = input[name]
  if (value !== undefined && value !== '') return value
  throw wrong(name, `${name} is missing: ${input.Kind} needs it`)
}

function dayOf(input: CorrectionInput): string {
  return required(input, 'Date').slice(0, 10)
}

function wallClock(text: string): string {
  const [day = '', time] = text.trim().split(/[ T]/)
  if (time === undefined)
    throw new OperationError('INVALID_DATE', {
      field: 'AttendanceLog',
      detail: `AttendanceLog must have a time, but was "${text}"`,
    })
  return `${day} ${time.length === 5 ? `${time}:00` : time}`
}

function wrong(field: string, detail: string): OperationError {
  return new OperationError('INVALID_INPUT', { field, detail })
}
