import { sql } from 'kysely'
import type { Write } from '../store/index.ts'

/** Removes templates and photo of a person here; answers what they were, in words. */
export async function forgetBiometrics(write: Write, code: string): Promise<string[]> {
  const templates = await write.deleteFrom('credential').where('employee_code', '=', code).executeTakeFirst()
  const photo = await write.deleteFrom('person_photo').where('employee_code', '=', code).executeTakeFirst()
  return [
    ...counted(templates.numDeletedRows, 'template', 'templates'),
    ...counted(photo.numDeletedRows, 'photo', 'photos'),
  ]
}

/** What of somebody's attendance goes only when it is asked for: their pay was worked out from it. */
const ofAttendance = [
  ['punch', 'punch', 'punches'],
  ['correction', 'correction of attendance', 'corrections of attendance'],
  ['person_leave', 'leave', 'leaves'],
  ['plan_assignment', 'assignment to a shift', 'assignments to shifts'],
  ['department_member', 'membership of a department', 'memberships of departments'],
] as const

/**
 * Removes everything kept here of a person that names or shows them. `wish` says whether attendance goes too
 * ('punches:Remove'); what stays keeps the code and nothing that says who had it. Answers what went, in words.
 */
export async function eraseHere(write: Write, code: string, wish: string | null): Promise<string[]> {
  const removed = await forgetBiometrics(write, code)
  const photos = await write
    .deleteFrom('attendance_photo')
    .where('employee_code', '=', code)
    .executeTakeFirst()
  removed.push(...counted(photos.numDeletedRows, 'photo of a punch', 'photos of punches'))
  if (wish === 'punches:Remove') {
    for (const [table, one, many] of ofAttendance) {
      const gone = await write.deleteFrom(table).where('employee_code', '=', code).executeTakeFirst()
      removed.push(...counted(gone.numDeletedRows, one, many))
    }
    for (const table of ['day_result', 'person_terminal', 'muster_tick'] as const)
      await write.deleteFrom(table).where('employee_code', '=', code).execute()
    await sql`delete from correction_decision where not exists
      (select 1 from correction where correction.id = correction_decision.correction_id)`.execute(write)
  }
  removed.push(...(await coverDoorEvents(write, code, wish === 'punches:Remove')))
  await write.updateTable('person_leave').set({ note: '' }).where('employee_code', '=', code).execute()
  await write.updateTable('muster_tick').set({ note: null }).where('employee_code', '=', code).execute()
  // A line as a reader sent it holds the card.
  await write.updateTable('punch').set({ raw: '' }).where('employee_code', '=', code).execute()
  await coverEvents(write, code)
  const changes = await write.deleteFrom('person_change').where('employee_code', '=', code).executeTakeFirst()
  if (Number(changes.numDeletedRows) > 0) removed.push('the history of changes')
  for (const table of ['access_right', 'person_device', 'people_job_pair'] as const)
    await write.deleteFrom(table).where('employee_code', '=', code).execute()
  await write.deleteFrom('person').where('employee_code', '=', code).execute()
  removed.push('name, card and keypad code')
  return removed
}

/** The log of doors stays whole: an event loses the card, and whose it was where attendance goes too. */
async function coverDoorEvents(write: Write, code: string, isNameless: boolean): Promise<string[]> {
  const covered = await write
    .updateTable('door_event')
    .set({ raw: null, ...(isNameless ? { employee_code: null } : {}) })
    .where('employee_code', '=', code)
    .executeTakeFirst()
  if (!isNameless) return []
  await write
    .updateTable('door_alarm')
    .set({ employee_code: null })
    .where('employee_code', '=', code)
    .execute()
  const count = Number(covered.numUpdatedRows)
  return count === 0 ? [] : [`who it was in ${count} ${count === 1 ? 'event' : 'events'} at doors`]
}

const names = new Set(['EmployeeName', 'FirstName', 'LastName'])

/** Events already written down for receivers, sent or not: without the name. */
async function coverEvents(write: Write, code: string): Promise<void> {
  const rows = await write
    .selectFrom('outbox')
    .select(['id', 'body'])
    .where('employee_code', '=', code)
    .execute()
  for (const { id, body } of rows) {
    const event = Object.entries(JSON.parse(body)).map(([name, value]) => [
      name,
      names.has(name) ? null : value,
    ])
    await write
      .updateTable('outbox')
      .set({ body: JSON.stringify(Object.fromEntries(event)) })
      .where('id', '=', id)
      .execute()
  }
}

/** What stays of a person once a deletion is over, and why, in words for its certificate. */
export async function keptOf(write: Write, code: string, isErasure: boolean): Promise<string[]> {
  const count = async (
    table:
      | 'punch'
      | 'credential'
      | 'attendance_photo'
      | 'correction'
      | 'person_leave'
      | 'closed_day'
      | 'door_event',
  ) => {
    const row = await write
      .selectFrom(table)
      .select(sql<number>`count(*)`.as('count'))
      .where('employee_code', '=', code)
      .executeTakeFirstOrThrow()
    return row.count
  }
  const because = (lines: readonly string[], why: string) => lines.map(line => `${line}, ${why}`)
  const attendance = 'needed for attendance'
  return [
    ...because(counted(await count('punch'), 'punch', 'punches'), attendance),
    ...because(counted(await count('correction'), 'correction', 'corrections'), attendance),
    ...because(counted(await count('person_leave'), 'leave', 'leaves'), attendance),
    ...because(counted(await count('closed_day'), 'closed day', 'closed days'), 'as they went to pay'),
    ...because(
      counted(await count('door_event'), 'event at a door', 'events at doors'),
      'needed for the log of doors',
    ),
    ...because(
      counted(await count('attendance_photo'), 'photo of a punch', 'photos of punches'),
      'sealed, for 90 days each',
    ),
    ...because(
      counted(await count('credential'), 'template', 'templates'),
      'sealed, until their retention ends or they are erased',
    ),
    ...(isErasure ? ['the code, in what is kept and in the audit of who did what'] : []),
  ]
}

function counted(rows: number | bigint | string, one: string, many: string): string[] {
  const count = Number(rows)
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
}
