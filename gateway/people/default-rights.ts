import type { Write } from '../store/index.ts'

/**
 * Has those looked at again who may pass at a terminal by nothing but its own schedule, from before it was given any:
 * they are in none of these, so that their right has to go. Costs one statement, and changes nothing a second time.
 */
export async function reviewDefaultRights(write: Write, sn: string, now: number): Promise<void> {
  await write
    .updateTable('person_wanted')
    .set({ due_at: now })
    .where('sn', '=', sn)
    .where('wanted', '=', 1)
    .where(({ exists, selectFrom, not, and }) =>
      and([
        exists(
          selectFrom('person_item')
            .select('item')
            .where('person_item.sn', '=', sn)
            .whereRef('person_item.employee_code', '=', 'person_wanted.employee_code')
            .where('item', 'like', 'right:%'),
        ),
        not(
          exists(
            selectFrom('access_right')
              .select('schedule_id')
              .where('access_right.sn', '=', sn)
              .whereRef('access_right.employee_code', '=', 'person_wanted.employee_code'),
          ),
        ),
      ]),
    )
    .execute()
}

/** Whether we have given somebody a right at a terminal by another schedule than these. */
export async function hasOtherRight(
  write: Write,
  pair: { readonly sn: string; readonly code: string },
  schedules: readonly number[],
): Promise<boolean> {
  const rows = await write
    .selectFrom('person_item')
    .select('item')
    .where('sn', '=', pair.sn)
    .where('employee_code', '=', pair.code)
    .where('item', 'like', 'right:%')
    .execute()
  return rows.some(({ item }) => !schedules.includes(Number(item.split(':')[1])))
}
