import { forgetCorrections } from './forget-corrections.ts'
import type { Write } from './index.ts'

export interface Removed {
  readonly sns: string[]
  readonly punches: number
}

/** Who has planned the simulated site (bin/simulated-plan.ts). */
const simulatedPlanner = 'simulated-site'

const planTables = [
  'plan_version',
  'plan_assignment',
  'department_member',
  'department',
  'calendar_day',
  'calendar',
  'person_leave',
] as const

/** Serial numbers of removed simulated terminals, so that one still calling is turned away instead of met anew. */
const removedSetting = 'removed-simulated'

/**
 * Removes the simulated terminals with everything they sent. People go when no real terminal has reported them and
 * no punch of theirs is left. Real terminals and their data are not touched.
 */
export async function removeSimulated(write: Write): Promise<Removed> {
  const devices = await write.selectFrom('device').select('sn').where('simulated', '=', 1).execute()
  const sns = devices.map(({ sn }) => sn)
  if (sns.length === 0) return { sns, punches: 0 }
  for (const table of planTables)
    await write.deleteFrom(table).where('saved_by', '=', simulatedPlanner).execute()
  // Of people that were here before and are on no terminal, nothing is said by this; only of those it had.
  const theirs = await peopleOf(write, sns)
  const punches = await write.deleteFrom('punch').where('sn', 'in', sns).executeTakeFirst()
  for (const table of [
    'door_event',
    'command',
    'quarantine',
    'held_upload',
    'person_device',
    'person_terminal',
  ] as const) {
    await write.deleteFrom(table).where('sn', 'in', sns).execute()
  }
  await write.deleteFrom('outbox').where('sn', 'in', sns).execute()
  for (const table of ['deletion_terminal', 'people_job_pair'] as const)
    await write.deleteFrom(table).where('sn', 'in', sns).execute()
  await write
    .deleteFrom('person')
    .where(({ or, eb }) => or([eb('managed', '=', 0), eb('employee_code', 'in', theirs)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('person_wanted')
            .select('sn')
            .whereRef('person_wanted.employee_code', '=', 'person.employee_code')
            .where('sn', 'not in', sns),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('person_device')
            .select('sn')
            .whereRef('person_device.employee_code', '=', 'person.employee_code'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(selectFrom('punch').select('id').whereRef('punch.employee_code', '=', 'person.employee_code')),
      ),
    )
    .execute()
  await write
    .deleteFrom('muster_tick')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('person')
            .select('employee_code')
            .whereRef('person.employee_code', '=', 'muster_tick.employee_code'),
        ),
      ),
    )
    .execute()
  await forgetCorrections(write, sns)
  await write.deleteFrom('device').where('sn', 'in', sns).execute()
  await write
    .insertInto('setting')
    .values({ name: removedSetting, value: JSON.stringify(sns) })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value: JSON.stringify(sns) }))
    .execute()
  return { sns, punches: Number(punches.numDeletedRows) }
}

async function peopleOf(write: Write, sns: readonly string[]): Promise<string[]> {
  const rows = await write
    .selectFrom('person_wanted')
    .select('employee_code')
    .distinct()
    .where('sn', 'in', sns)
    .execute()
  return rows.length === 0 ? [''] : rows.map(row => row.employee_code)
}

/** Serial numbers that were removed with the simulated site. */
export async function removedSimulated(write: Pick<Write, 'selectFrom'>): Promise<string[]> {
  const row = await write
    .selectFrom('setting')
    .select('value')
    .where('name', '=', removedSetting)
    .executeTakeFirst()
  return row ? (JSON.parse(row.value) as string[]) : []
}

/** Lets a terminal in again that was removed: somebody adopted it on purpose. */
export async function forgetRemoval(write: Write, sn: string): Promise<void> {
  const removed = await removedSimulated(write)
  if (!removed.includes(sn)) return
  await write
    .updateTable('setting')
    .set({ value: JSON.stringify(removed.filter(known => known !== sn)) })
    .where('name', '=', removedSetting)
    .execute()
}
