import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { Reader } from './index.ts'
import type { PersonTable } from './schema.ts'

const Windows = z.array(
  z.object({
    Day: z.enum([
      'Sunday',
      'Monday',
      'Tuesday',
      'Wednesday',
      'Thursday',
      'Friday',
      'Saturday',
      'Holiday1',
      'Holiday2',
      'Holiday3',
    ]),
    Start: z.string(),
    End: z.string(),
  }),
)

export interface StoredSchedule {
  readonly sn: string
  readonly id: number
  readonly name: string | null
  readonly windows: z.output<typeof Windows>
  readonly updatedAt: number
}

/** Schedules of terminals as wanted. `sns` null means every terminal. */
export async function allSchedules(reader: Reader, sns: readonly string[] | null): Promise<StoredSchedule[]> {
  const rows = await reader
    .selectFrom('access_schedule')
    .selectAll()
    .$if(sns !== null, query => query.where('sn', 'in', sns && sns.length > 0 ? [...sns] : ['']))
    .orderBy('sn')
    .orderBy('schedule_id')
    .execute()
  return rows.map(row => ({
    sn: row.sn,
    id: row.schedule_id,
    name: row.name,
    windows: Windows.parse(JSON.parse(row.windows)),
    updatedAt: row.updated_at,
  }))
}

export interface Right {
  readonly sn: string
  readonly code: string
  readonly scheduleId: number
  readonly name: string | null
  /** What may bar them; null: there is no record of them. */
  readonly person: Pick<Selectable<PersonTable>, 'status' | 'suspended' | 'valid_from' | 'valid_to'> | null
}

/** Whom which schedules let in, with names where a terminal has told them. */
export async function allRights(
  reader: Reader,
  filter: { readonly sn?: string | undefined; readonly code?: string | undefined },
): Promise<Right[]> {
  const rows = await reader
    .selectFrom('access_right')
    .leftJoin('person', 'person.employee_code', 'access_right.employee_code')
    .select([
      'access_right.sn',
      'access_right.employee_code',
      'access_right.schedule_id',
      'person.first_name',
      'person.last_name',
      'person.status',
      'person.suspended',
      'person.valid_from',
      'person.valid_to',
    ])
    .$if(filter.sn !== undefined, query => query.where('access_right.sn', '=', filter.sn ?? ''))
    .$if(filter.code !== undefined, query =>
      query.where('access_right.employee_code', '=', filter.code ?? ''),
    )
    .orderBy('access_right.employee_code')
    .orderBy('access_right.schedule_id')
    .execute()
  return rows.map(row => ({
    sn: row.sn,
    code: row.employee_code,
    scheduleId: row.schedule_id,
    name: [row.first_name, row.last_name].filter(Boolean).join(' ') || null,
    person:
      row.status === null
        ? null
        : {
            status: row.status,
            suspended: row.suspended,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
          },
  }))
}
