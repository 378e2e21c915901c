import { z } from 'zod'
import type { CommandKind } from '../commands/kinds.ts'
import type { GatewayDeps } from '../deps.ts'
import type { AccessCommand } from '../device/protocol/access/access-command.ts'
import { encodeAccessCommand } from '../device/protocol/access/commands.ts'
import { authorizationsOf } from '../device/protocol/access/person-commands.ts'
import type { AttendanceCommand } from '../device/protocol/attendance/commands.ts'
import { encodeCommand } from '../device/protocol/attendance/commands.ts'
import { UnsafeFieldError } from '../device/protocol/unsafe-field.ts'
import { type CommandRow, readPayload } from '../store/commands.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { unseal } from '../store/seal.ts'
import { type Abilities, abilitiesOf } from './abilities.ts'
import { bioItem, fingerprintType, nearInfraredFace, visibleFace } from './bio-types.ts'
import { marker } from './marks.ts'
import { loadSubjects, schedulesByPerson } from './subjects.ts'
import { type Subject, type Wanted, wantedOn } from './wanted.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config'>

const Payload = z.object({
  EmployeeCode: z.string(),
  Item: z.string().optional(),
  Table: z.enum(['userauthorize', 'templatev10', 'biodata', 'user']).optional(),
  Type: z.int().optional(),
  Finger: z.int().optional(),
  Duress: z.boolean().optional(),
  Overwrite: z.boolean().optional(),
})
type Payload = z.output<typeof Payload>

const kinds: ReadonlySet<string> = new Set<CommandKind>([
  'user.write',
  'user.remove',
  'user.query',
  'template.write',
  'template.remove',
  'template.query',
  'photo.write',
  'authorization.write',
  'fingerprint.enroll',
  'biometric.enroll',
  'card.enroll',
])

/** Whether the content of a command comes from the record of a person at the moment it is handed over. */
export function isAboutPerson(kind: string): boolean {
  return kinds.has(kind)
}

const privileges: ReadonlySet<number> = new Set([0, 1, 2, 6, 10, 14])

/**
 * The text of a command about a person, with what is said of that person now: rows of commands carry no names, cards,
 * codes or templates, so none of these lies in the store unsealed. Throws `UnsafeFieldError` for what the terminal
 * cannot be told.
 */
export async function encodeAboutPerson(
  deps: Deps,
  write: Write,
  row: CommandRow,
  device: DeviceRow,
): Promise<string> {
  const payload = Payload.parse(readPayload(row))
  const abilities = abilitiesOf(device)
  const simple = withoutContent(row.kind, payload, abilities)
  if (simple !== null) return simple
  const code = payload.EmployeeCode
  const subject = (await loadSubjects(write, [code])).get(code)
  if (!subject) throw new UnsafeFieldError('EmployeeCode', 'there is no such person any more')
  const schedules = (await schedulesByPerson(write, device.sn, [code])).get(code) ?? null
  const mark = await marker(deps, write)
  const wanted = wantedOn(subject, abilities, { now: deps.clock.now(), mark, schedules })
  const item =
    row.kind === 'user.write' ? 'user' : row.kind === 'photo.write' ? 'photo' : (payload.Item ?? '')
  const target = wanted.items.find(one => one.item === item)
  if (!target) throw new UnsafeFieldError('EmployeeCode', 'it is no longer wanted on this terminal')
  // What goes out is the newest; what it was is noted, so that its answer counts for that.
  await write
    .updateTable('person_order')
    .set({ mark: target.mark })
    .where('command_id', '=', row.id)
    .execute()
  if (row.kind === 'user.write') return userText(deps, subject, wanted, abilities)
  if (row.kind === 'authorization.write') return rightText(code, item, abilities)
  if (row.kind === 'photo.write') return photoText(deps, write, code, abilities)
  return templateText(deps, write, code, item, target.mark, abilities)
}

function userText(deps: Deps, { person }: Subject, { fields }: Wanted, abilities: Abilities): string {
  const password =
    person.password === null ? undefined : unseal(deps.config.sealKey, person.password).toString('utf8')
  const user = {
    pin: person.employee_code,
    name: fields.name,
    ...(fields.privilege === null
      ? {}
      : { privilege: privileges.has(fields.privilege) ? fields.privilege : 0 }),
    ...(fields.card === null ? {} : { card: fields.card }),
    ...(password === undefined ? {} : { password }),
    ...(abilities.keepsValidity
      ? { validFrom: spaced(fields.validFrom), validTo: spaced(fields.validTo) }
      : {}),
  }
  return abilities.tables === 'user'
    ? encodeAccessCommand({ kind: 'user.update', user }, abilities.access)
    : encodeCommand({ kind: 'user.update', user }, abilities.attendance)
}

/** A day, or a time with its seconds. */
function spaced(local: string | null): string | null {
  if (local === null || local.length === 10) return local
  const text = local.replace('T', ' ')
  return text.length === 16 ? `${text}:00` : text
}

function rightText(pin: string, item: string, { access, doors }: Abilities): string {
  const all = Array.from({ length: Math.max(1, doors) }, (_, index) => index + 1)
  const [, schedule, door] = item.split(':')
  const timeZoneId = Number(schedule)
  const rows = authorizationsOf({ pin, timeZoneId, doors: all }, access)
  const row = door === undefined ? rows[0] : rows.find(({ doors: [only] }) => only === Number(door))
  if (!row) throw new UnsafeFieldError('doors', 'the terminal has no such door')
  return encodeAccessCommand({ kind: 'authorization.update', ...row }, access)
}

async function photoText(deps: Deps, write: Write, code: string, abilities: Abilities): Promise<string> {
  const photo = await write
    .selectFrom('person_photo')
    .selectAll()
    .where('employee_code', '=', code)
    .executeTakeFirst()
  if (!photo) throw new UnsafeFieldError('Photo', 'it is not kept any more')
  const content = unseal(deps.config.sealKey, photo.content).toString('base64')
  const command = {
    kind: 'photo.update',
    pin: code,
    type: visibleFace,
    content,
    wantsTemplate: true,
  } as const
  return abilities.tables === 'user'
    ? encodeAccessCommand(command, abilities.access)
    : encodeCommand(command, abilities.attendance)
}

async function templateText(
  deps: Deps,
  write: Write,
  code: string,
  item: string,
  itsMark: string,
  abilities: Abilities,
): Promise<string> {
  const rows = await write.selectFrom('credential').selectAll().where('employee_code', '=', code).execute()
  const row = rows.find(one => bioItem(one) === item && one.mark === itsMark)
  if (!row) throw new UnsafeFieldError('Template', 'it is not kept any more')
  const template = unseal(deps.config.sealKey, row.content).toString('utf8')
  const isDuress = row.duress === 1
  const general = {
    kind: 'biodata.update',
    pin: code,
    type: row.bio_type,
    no: row.no,
    index: row.idx,
    isDuress,
    majorVersion: row.major === '' ? '0' : (row.major.split('.')[0] ?? '0'),
    minorVersion: row.minor === '' ? '0' : row.minor,
    format: row.format,
    template,
  } as const
  const finger = { kind: 'fingerprint.update', pin: code, finger: row.no, isDuress, template } as const
  const isFinger = row.bio_type === fingerprintType && row.no <= 9
  if (abilities.tables === 'user') return encodeAccessCommand(isFinger ? finger : general, abilities.access)
  if (isFinger) return encodeCommand(finger, abilities.attendance)
  if (row.bio_type === nearInfraredFace)
    return encodeCommand({ kind: 'face.update', pin: code, index: row.idx, template }, abilities.attendance)
  return encodeCommand(general, abilities.attendance)
}

/** What says all by its payload: questions, removals, and asking the person before the terminal. */
function withoutContent(kind: string, payload: Payload, abilities: Abilities): string | null {
  const pin = payload.EmployeeCode
  const isUserTable = abilities.tables === 'user'
  const access = (command: AccessCommand) => encodeAccessCommand(command, abilities.access)
  const attendance = (command: AttendanceCommand) => encodeCommand(command, abilities.attendance)
  const [, type = 0, no = 0] = (payload.Item ?? '').split(':').map(Number)
  switch (kind) {
    case 'user.query':
      if (!isUserTable) return attendance({ kind: 'users.query', ...(pin === '' ? {} : { pin }) })
      return access({
        kind: 'table.query',
        table: 'user',
        ...(pin === '' ? {} : { filter: [['Pin', pin]] }),
      })
    case 'template.query': {
      const of = payload.Type ?? fingerprintType
      if (isUserTable)
        return of === fingerprintType
          ? access({ kind: 'table.query', table: 'templatev10', filter: [['Pin', pin]] })
          : access({
              kind: 'table.query',
              table: 'biodata',
              filter: [
                ['Type', String(of)],
                ['Pin', pin],
              ],
            })
      return of === fingerprintType
        ? attendance({ kind: 'templates.query', of: 'fingerprints', pin })
        : attendance({ kind: 'templates.query', of: 'biodata', type: of, pin })
    }
    case 'user.remove':
      return isUserTable
        ? access({ kind: 'person.delete', table: payload.Table ?? 'user', pin })
        : attendance({ kind: 'user.delete', pin })
    case 'template.remove':
      if (isUserTable)
        return type === fingerprintType
          ? access({ kind: 'fingerprint.delete', pin, finger: no })
          : access({ kind: 'biodata.delete', pin, type, no })
      if (type === fingerprintType) return attendance({ kind: 'fingerprint.delete', pin, finger: no })
      if (type === nearInfraredFace) return attendance({ kind: 'face.delete', pin })
      return attendance({ kind: 'biodata.delete', pin, type })
    case 'fingerprint.enroll':
      return isUserTable
        ? access({
            kind: 'biometric.enroll',
            pin,
            type: fingerprintType,
            no: payload.Finger ?? 6,
            overwrite: true,
          })
        : attendance({ kind, pin, finger: payload.Finger ?? 6, overwrite: payload.Overwrite ?? true })
    case 'biometric.enroll':
      return isUserTable
        ? access({ kind, pin, type: payload.Type ?? visibleFace, no: 0, overwrite: true })
        : attendance({ kind, pin, type: payload.Type ?? visibleFace, overwrite: payload.Overwrite ?? true })
    case 'card.enroll':
      if (isUserTable) throw new UnsafeFieldError('Kind', 'this terminal cannot be told to ask for a card')
      return attendance({ kind, pin })
    default:
      return null
  }
}
