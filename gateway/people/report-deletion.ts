import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { setPair } from './reconcile.ts'

/**
 * A row of a terminal's log says that somebody was deleted there. Of whom the record decides, the terminal is asked:
 * the row may be an old one, sent again, and they may have been written since. Who is only known from there is there
 * no more, where the terminal has not named them since.
 */
export async function noteReportedDeletion(
  write: Write,
  { sn }: DeviceRow,
  { pin, deletedAt }: { readonly pin: string; readonly deletedAt: number },
  at: number,
): Promise<void> {
  const pair = { employee_code: pin, sn }
  const proven = await write
    .updateTable('person_item')
    .set({ proof: 'Answered', at })
    .where('employee_code', '=', pin)
    .where('sn', '=', sn)
    .where('item', '=', 'user')
    .where('proof', 'in', ['ReadBack', 'Reported', 'Unread'])
    .returning('item')
    .execute()
  if (proven.length > 0) return setPair(write, pair, { due_at: at })
  const gone = await write
    .deleteFrom('person_device')
    .where('employee_code', '=', pin)
    .where('sn', '=', sn)
    .where('reported_at', '<', deletedAt)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('person_item')
            .select('item')
            .whereRef('person_item.employee_code', '=', 'person_device.employee_code')
            .whereRef('person_item.sn', '=', 'person_device.sn'),
        ),
      ),
    )
    .executeTakeFirst()
  if (Number(gone.numDeletedRows) === 0) return
  // Found there once, and wanted there for no other reason.
  await write
    .deleteFrom('person_wanted')
    .where('employee_code', '=', pin)
    .where('sn', '=', sn)
    .where('origin', '=', 'found')
    .where('employee_code', 'in', query =>
      query.selectFrom('person').select('person.employee_code').where('managed', '=', 0),
    )
    .execute()
}
