import { ProfileName } from '#contract/entities/profile.ts'
import { kinds } from '../../gateway/commands/kinds.ts'
import { weekdays } from '../../gateway/schedules/windows.ts'
import { insertDevice, newDevice } from '../../gateway/store/devices.ts'
import type { Store } from '../../gateway/store/index.ts'
import { learnFacts } from '../../gateway/store/profiles.ts'
import { saveSchedule, setMembers } from '../../gateway/store/schedules.ts'
import { unseal } from '../../gateway/store/seal.ts'
import type { VectorCase } from './vector-case.ts'

/** More rows than anybody reads in a file are told by their number, the first and the last. */
const rowsMax = 100

/** Puts in place what a vector supposes. People and commands have no terminal in their key, so the old ones go. */
export async function prepare(
  store: Store,
  sn: string,
  given: VectorCase['given'],
  at: { readonly zone: string; readonly now: number; readonly flavour: string },
): Promise<void> {
  await store.write(async write => {
    for (const table of ['person', 'person_device', 'credential', 'command'] as const)
      await write.deleteFrom(table).execute()
    if (given.unknown || sn === '') return
    const state = given.waiting ? 'waiting' : 'adopted'
    await insertDevice(
      write,
      newDevice(sn, { state, zone: given.zone ?? at.zone, site: 'Main site', now: at.now }),
    )
    const settings = { Flavour: at.flavour, ...given.profile }
    const facts = Object.entries(settings).map(([name, value]) => ({
      name: ProfileName.parse(name),
      value,
      evidence: 'so the vector says',
    }))
    await learnFacts(write, sn, facts, at.now)
    if (given.registryCode !== undefined)
      await write
        .insertInto('access_registration')
        .values({ sn, code: given.registryCode, at: at.now })
        .execute()
    if (given.letsIn.length > 0) {
      const windows = weekdays.map(Day => ({ Day, Start: '00:00', End: '23:59' }))
      await saveSchedule(write, { sn, id: 1, name: undefined, windows, at: at.now })
      await setMembers(write, { sn, id: 1 }, given.letsIn)
    }
    for (const command of given.commands)
      await write
        .insertInto('command')
        .values({
          id: command.id,
          sn: command.sn ?? sn,
          kind: command.kind,
          operation: kinds[command.kind].operation,
          payload: JSON.stringify(command.payload),
          state: command.state,
          created_at: at.now,
          expires_at: command.expired ? at.now : at.now + kinds[command.kind].liveMs,
          sent_at: command.state === 'sent' ? at.now : null,
          attempts: command.state === 'sent' ? 1 : 0,
        })
        .execute()
  })
}

/** All that is kept of a terminal and because of it, but its contact, in short words. */
export async function readState(
  store: Store,
  sn: string,
  sealKey: Uint8Array,
): Promise<Record<string, unknown>> {
  const { read } = store
  const device = await read.selectFrom('device').selectAll().where('sn', '=', sn).executeTakeFirst()
  const code = await read
    .selectFrom('access_registration')
    .select('code')
    .where('sn', '=', sn)
    .executeTakeFirst()
  const punches = await read.selectFrom('punch').selectAll().where('sn', '=', sn).orderBy('id').execute()
  const rejects = await read.selectFrom('quarantine').selectAll().where('sn', '=', sn).orderBy('id').execute()
  const held = await read.selectFrom('held_upload').selectAll().where('sn', '=', sn).orderBy('id').execute()
  const photos = await read
    .selectFrom('attendance_photo')
    .selectAll()
    .where('sn', '=', sn)
    .orderBy('id')
    .execute()
  const people = await read.selectFrom('person').selectAll().orderBy('employee_code').execute()
  const said = await read.selectFrom('person_device').selectAll().where('sn', '=', sn).execute()
  const templates = await read
    .selectFrom('credential')
    .selectAll()
    .where('source', '=', sn)
    .orderBy('id')
    .execute()
  const log = await read.selectFrom('terminal_log').selectAll().where('sn', '=', sn).orderBy('id').execute()
  const events = await read.selectFrom('door_event').selectAll().where('sn', '=', sn).orderBy('id').execute()
  const doors = await read
    .selectFrom('door_state')
    .selectAll()
    .where('sn', '=', sn)
    .orderBy('door_no')
    .execute()
  const commands = await read.selectFrom('command').selectAll().orderBy('id').execute()
  const incidents = await read.selectFrom('incident').selectAll().where('sn', '=', sn).orderBy('id').execute()
  const stamps = await read.selectFrom('device_stamp').selectAll().where('sn', '=', sn).execute()
  const settings = await read
    .selectFrom('device_profile')
    .selectAll()
    .where('sn', '=', sn)
    .orderBy('name')
    .execute()
  const bytes = (sealed: Uint8Array) => unseal(sealKey, sealed).toString('latin1')
  return {
    device: device
      ? {
          state: device.state,
          model: device.model,
          firmware: device.firmware,
          hasDoor: device.has_door === 1,
          registered: code !== undefined,
        }
      : null,
    profile: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
    options: JSON.parse(device?.options ?? '{}'),
    info: JSON.parse(device?.info ?? '{}'),
    stamps: Object.fromEntries(stamps.map(({ table_name, stamp }) => [table_name, stamp])),
    punches: short(
      punches.map(row => ({
        pin: row.employee_code,
        local: row.local_time,
        instant: new Date(row.instant).toISOString(),
        status: row.status,
        verify: row.verify,
        direction: row.direction,
        modality: row.modality,
        workCode: row.work_code,
        mask: row.mask,
        temperature: row.temperature,
        flags: row.flags,
        received: new Date(row.received_at).toISOString(),
        raw: row.raw,
      })),
    ),
    quarantine: rejects.map(row => ({
      table: row.table_name,
      line: row.line,
      reason: row.reason,
      raw: bytes(row.raw),
    })),
    photos: photos.map(row => ({
      file: row.file_name,
      pin: row.employee_code,
      local: row.local_time,
      type: row.type,
      bytes: bytes(row.content).length,
    })),
    held: held.map(row => ({ rawUrl: row.raw_url, body: bytes(row.body) })),
    people: people.map(row => ({
      pin: row.employee_code,
      name: [row.first_name, row.last_name],
      privilege: row.privilege,
      card: row.card,
      said: JSON.parse(said.find(one => one.employee_code === row.employee_code)?.said ?? 'null'),
    })),
    templates: templates.map(row => ({
      pin: row.employee_code,
      type: row.bio_type,
      no: row.no,
      index: row.idx,
      version: [row.major, row.minor],
      format: row.format,
      duress: row.duress,
      template: bytes(row.content),
    })),
    log: log.map(row => ({
      kind: row.kind,
      code: row.code,
      operator: row.operator,
      about: row.about,
      local: row.local_time,
    })),
    doorEvents: events.map(row => ({
      door: row.door_no,
      event: row.event,
      pin: row.employee_code,
      local: row.local_time,
      detail: row.detail,
      command: row.command_id,
      raw: row.raw,
    })),
    doorStates: doors.map(row => ({
      door: row.door_no,
      sensor: row.sensor,
      relay: row.relay,
      alarms: row.alarms,
      ...(row.extra === null ? {} : { extra: row.extra }),
    })),
    commands: commands.map(row => ({
      id: row.id,
      state: row.state,
      returnCode: row.return_code,
      error: row.error,
    })),
    incidents: incidents.map(row => ({ kind: row.kind, subject: row.subject, times: row.times })),
  }
}

function short(rows: readonly unknown[]): unknown {
  return rows.length <= rowsMax ? rows : { count: rows.length, first: rows[0], last: rows.at(-1) }
}
