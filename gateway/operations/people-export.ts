import { sql } from 'kysely'
import type { OperationAnswer } from '#contract/types.ts'
import { fingerprintType, typeName } from '../people/bio-types.ts'
import { deletionEntities } from '../people/deletions.ts'
import { pairStates } from '../people/pair-states.ts'
import type { Reader } from '../store/index.ts'
import { unseal } from '../store/seal.ts'
import type { Call, Handlers } from './handler.ts'
import { changeEntity, personRecord } from './people-directory.ts'

type Exported = OperationAnswer<'users.exportData'>

const punchesMax = 100_000
const doorEventsMax = 10_000

/** All that is kept of one person; of secrets only that they are there, of templates and photo what the caller may see. */
export const peopleExportHandlers = {
  async 'users.exportData'(input, call) {
    const { deps, caller } = call
    const { read } = deps.store
    const code = input.EmployeeCode
    const person = await personRecord(call, read, code)
    const pairs = await read
      .selectFrom('person_wanted')
      .selectAll()
      .where('employee_code', '=', code)
      .orderBy('sn')
      .execute()
    const changes = await read
      .selectFrom('person_change')
      .selectAll()
      .where('employee_code', '=', code)
      .orderBy('id')
      .execute()
    const deletions = await read
      .selectFrom('deletion')
      .select('id')
      .where('employee_code', '=', code)
      .orderBy('asked_at')
      .execute()
    const may = (right: 'people:biometrics' | 'people:credentials') =>
      caller.permissions === 'all' || caller.permissions.has(right)
    return {
      status: 200,
      body: {
        MadeAt: new Date(deps.clock.now()).toISOString(),
        Person: may('people:credentials') ? person : { ...person, Card: null },
        Terminals: await pairStates(deps, read, pairs),
        ...(await passagesOf(read, code)),
        ...(await attendanceOf(read, code)),
        ...(await rightsOf(read, code)),
        Deletions: await deletionEntities(
          read,
          deletions.map(({ id }) => id),
        ),
        Changes: changes.map(changeEntity),
        Templates: may('people:biometrics') ? await templatesOf(call, code) : [],
        Photo: may('people:credentials') ? await photoOf(call, code) : null,
      },
    }
  },
} satisfies Partial<Handlers>

type Passages = 'Punches' | 'PunchesLeftOut' | 'PunchPhotos' | 'DoorEvents' | 'DoorEventsLeftOut'

/** Where somebody has been seen: punches, the photos taken with them, and doors. */
async function passagesOf(read: Reader, code: string): Promise<Pick<Exported, Passages>> {
  const total = async (table: 'punch' | 'door_event') =>
    Number(
      (
        await read
          .selectFrom(table)
          .select(sql<number>`count(*)`.as('total'))
          .where('employee_code', '=', code)
          .executeTakeFirstOrThrow()
      ).total,
    )
  const punches = await read
    .selectFrom('punch')
    .select(['local_time', 'sn', 'direction', 'modality'])
    .where('employee_code', '=', code)
    .orderBy('local_time', 'desc')
    .limit(punchesMax)
    .execute()
  const photos = await read
    .selectFrom('attendance_photo')
    .select(['local_time', 'sn', 'bytes'])
    .where('employee_code', '=', code)
    .orderBy('id', 'desc')
    .execute()
  const doors = await read
    .selectFrom('door_event')
    .select(['local_time', 'sn', 'door_no', 'event'])
    .where('employee_code', '=', code)
    .orderBy('id', 'desc')
    .limit(doorEventsMax)
    .execute()
  return {
    Punches: punches.map(row => ({
      Time: row.local_time,
      DeviceSN: row.sn,
      Direction: row.direction,
      Type: row.modality,
    })),
    PunchesLeftOut: Math.max(0, (await total('punch')) - punches.length),
    PunchPhotos: photos.map(row => ({ Time: row.local_time, DeviceSN: row.sn, Size: row.bytes })),
    DoorEvents: doors.map(row => ({
      Time: row.local_time,
      DeviceSN: row.sn,
      DoorNo: row.door_no,
      Event: row.event,
    })),
    DoorEventsLeftOut: Math.max(0, (await total('door_event')) - doors.length),
  }
}

type Attendance = 'Days' | 'Corrections' | 'Leave' | 'Departments' | 'Shifts'

/** What attendance made of it, and what was planned, corrected and granted. */
async function attendanceOf(read: Reader, code: string): Promise<Pick<Exported, Attendance>> {
  const days = await read
    .selectFrom('day_result')
    .select(['date', 'status', 'worked', 'expected', 'overtime', 'late', 'early_leave'])
    .where('employee_code', '=', code)
    .orderBy('date')
    .execute()
  const corrections = await read
    .selectFrom('correction')
    .selectAll()
    .where('employee_code', '=', code)
    .orderBy('id')
    .execute()
  const leave = await read
    .selectFrom('person_leave')
    .selectAll()
    .where('employee_code', '=', code)
    .orderBy('from_date')
    .execute()
  const departments = await read
    .selectFrom('department_member')
    .leftJoin('department', 'department.department_id', 'department_member.department_id')
    .select(['from_date', 'name'])
    .where('employee_code', '=', code)
    .orderBy('from_date')
    .execute()
  const shifts = await read
    .selectFrom('plan_assignment')
    .select(['from_date', 'to_date', 'shift_id', 'rotation_id'])
    .select(({ selectFrom }) =>
      selectFrom('plan_version')
        .select('plan_version.name')
        .where(({ eb, or, and }) =>
          or([
            and([
              eb('plan_version.kind', '=', 'shift'),
              eb('plan_version.id', '=', eb.ref('plan_assignment.shift_id')),
            ]),
            and([
              eb('plan_version.kind', '=', 'rotation'),
              eb('plan_version.id', '=', eb.ref('plan_assignment.rotation_id')),
            ]),
          ]),
        )
        .orderBy('plan_version.from_date', 'desc')
        .limit(1)
        .as('name'),
    )
    .where('employee_code', '=', code)
    .where('removed_at', 'is', null)
    .orderBy('from_date')
    .execute()
  return {
    Days: days.map(row => ({
      Date: row.date,
      Status: row.status,
      Worked: row.worked,
      Expected: row.expected,
      Overtime: row.overtime,
      Late: row.late,
      EarlyLeave: row.early_leave,
    })),
    Corrections: corrections.map(row => ({
      Date: row.day,
      Kind: row.kind,
      Before: row.before,
      After: row.after ?? row.local_time,
      Reason: row.reason,
      Actor: row.actor,
      At: new Date(Number(row.at)).toISOString(),
    })),
    Leave: leave.map(row => ({
      FromDate: row.from_date,
      ToDate: row.to_date,
      Kind: row.kind,
      Portion: row.portion,
      Note: row.note,
      TakenBack: row.removed_at !== null,
    })),
    Departments: departments.map(row => ({ FromDate: row.from_date, Name: row.name })),
    Shifts: shifts.map(row => ({ FromDate: row.from_date, ToDate: row.to_date, Name: row.name })),
  }
}

/** Doors that open by a schedule, and what roll calls have noted. */
async function rightsOf(read: Reader, code: string): Promise<Pick<Exported, 'DoorRights' | 'RollCalls'>> {
  const rights = await read
    .selectFrom('access_right')
    .leftJoin('access_schedule', join =>
      join
        .onRef('access_schedule.sn', '=', 'access_right.sn')
        .onRef('access_schedule.schedule_id', '=', 'access_right.schedule_id'),
    )
    .select(['access_right.sn', 'access_right.schedule_id', 'name'])
    .where('employee_code', '=', code)
    .orderBy('access_right.sn')
    .execute()
  const ticks = await read
    .selectFrom('muster_tick')
    .select(['at', 'state', 'note'])
    .where('employee_code', '=', code)
    .orderBy('at')
    .execute()
  return {
    DoorRights: rights.map(row => ({ DeviceSN: row.sn, Schedule: row.name ?? String(row.schedule_id) })),
    RollCalls: ticks.map(row => ({
      At: new Date(Number(row.at)).toISOString(),
      State: row.state,
      Note: row.note,
    })),
  }
}

async function templatesOf({ deps }: Call, code: string): Promise<Exported['Templates']> {
  const rows = await deps.store.read
    .selectFrom('credential')
    .selectAll()
    .where('employee_code', '=', code)
    .execute()
  return rows.map(row => {
    const name = typeName(row.bio_type)
    return {
      Type: name === 'Voice' || name === 'General' || name === 'FacePhoto' ? ('Fingerprint' as const) : name,
      Index: row.bio_type === fingerprintType ? row.no : row.idx,
      Size: row.bytes,
      Data: unseal(deps.config.sealKey, row.content).toString('utf8'),
    }
  })
}

async function photoOf({ deps }: Call, code: string): Promise<Exported['Photo']> {
  const photo = await deps.store.read
    .selectFrom('person_photo')
    .selectAll()
    .where('employee_code', '=', code)
    .executeTakeFirst()
  if (!photo) return null
  return {
    Type: photo.type === 'png' ? 'png' : 'jpg',
    Size: photo.bytes,
    Data: unseal(deps.config.sealKey, photo.content).toString('base64'),
  }
}
