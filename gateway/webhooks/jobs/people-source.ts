import type { EventBody } from '#contract/events.ts'
import type { Reader } from '../../store/index.ts'
import { userTypeOf } from '../../store/people.ts'
import { formatOffset, localAt } from '../../time/zone.ts'
import type { Spec } from './spec.ts'

/** People as the terminals hold them, one event for each person at each terminal, by terminal, then code. */
export async function peopleAfter(
  reader: Reader,
  spec: Spec,
  jobId: number,
  position: string,
  limit: number,
): Promise<{ rows: EventBody<'OnUserUpdated'>[]; position: string; done: boolean }> {
  const [afterSn = '', afterCode = ''] = position === '' ? [] : (JSON.parse(position) as string[])
  const rows = await base(reader, spec)
    .innerJoin('device', 'device.sn', 'person_device.sn')
    .select(['person_device.sn', 'person_device.employee_code', 'person_device.reported_at'])
    .select(['person.first_name', 'person.last_name', 'person.privilege'])
    .select(['device.label', 'device.site', 'device.zone'])
    .where(({ or, and, eb }) =>
      or([
        eb('person_device.sn', '>', afterSn),
        and([eb('person_device.sn', '=', afterSn), eb('person_device.employee_code', '>', afterCode)]),
      ]),
    )
    .orderBy('person_device.sn')
    .orderBy('person_device.employee_code')
    .limit(limit)
    .execute()
  const last = rows.at(-1)
  return {
    rows: rows.map(row => ({
      Event: 'OnUserUpdated',
      // The same person at the same terminal in the same job is the same message, however often it is made.
      OperationID: `m${jobId}-${row.sn}-${row.employee_code}`.slice(0, 64),
      OccurredAt: new Date(row.reported_at).toISOString(),
      DeviceSN: row.sn,
      LabelName: row.label,
      Site: row.site,
      EmployeeCode: row.employee_code,
      OperationTime: zonedClock(row.reported_at, row.zone),
      FirstName: row.first_name,
      LastName: row.last_name,
      UserType: userTypeOf(row.privilege),
    })),
    position: last ? JSON.stringify([last.sn, last.employee_code]) : position,
    done: rows.length < limit,
  }
}

export async function countPeopleAt(reader: Reader, spec: Spec): Promise<number> {
  const row = await base(reader, spec)
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

function base(reader: Reader, { sns, people }: Spec) {
  return reader
    .selectFrom('person_device')
    .innerJoin('person', 'person.employee_code', 'person_device.employee_code')
    .$if(sns !== null, query => query.where('person_device.sn', 'in', sns && sns.length > 0 ? sns : ['']))
    .$if(people !== null, query =>
      query.where('person_device.employee_code', 'in', people && people.length > 0 ? people : ['']),
    )
}

/** A moment on the clock of a terminal with its offset. */
function zonedClock(at: number, zone: string): string {
  const { local, offsetMinutes } = localAt(at, zone)
  return `${local} ${formatOffset(offsetMinutes)}`
}
