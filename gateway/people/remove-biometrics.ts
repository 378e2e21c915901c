import type { GatewayDeps } from '../deps.ts'
import type { Write } from '../store/index.ts'
import { localAt } from '../time/zone.ts'
import { finishIfOver } from './certificate.ts'
import { recordChange } from './changes.ts'
import { openDeletion, openDeletionOf } from './deletions.ts'
import { forgetBiometrics } from './erase.ts'
import { makeDue, stopOrders } from './want.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config' | 'log'>

/**
 * Removes templates and photo of a person: here at once, and from each terminal as it confirms. The person stays where
 * they are, with card and code. Answers the deletion.
 */
export async function removeBiometrics(
  deps: Deps,
  write: Write,
  code: string,
  actor: string | null,
): Promise<string> {
  const open = await openDeletionOf(write, code, 'Biometrics')
  if (open !== null) return open
  const now = deps.clock.now()
  const held = await write
    .selectFrom('person_item')
    .select('sn')
    .distinct()
    .where('employee_code', '=', code)
    .where(({ or, eb }) => or([eb('item', 'like', 'bio:%'), eb('item', '=', 'photo')]))
    .execute()
  const sns = held.map(({ sn }) => sn)
  await write.updateTable('person').set({ managed: 1 }).where('employee_code', '=', code).execute()
  for (const sn of sns) await stopOrders(deps, write, code, sn)
  // A face made from a photo has no row of its own; taking the photo off is taking all faces off.
  await write
    .updateTable('person_item')
    .set({ item: 'bio:9:0:0', mark: '' })
    .where('employee_code', '=', code)
    .where('item', '=', 'photo')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('person_item as other')
            .select('other.item')
            .whereRef('other.employee_code', '=', 'person_item.employee_code')
            .whereRef('other.sn', '=', 'person_item.sn')
            .where('other.item', '=', 'bio:9:0:0'),
        ),
      ),
    )
    .execute()
  await write
    .deleteFrom('person_item')
    .where('employee_code', '=', code)
    .where('item', '=', 'photo')
    .execute()
  const removed = await forgetBiometrics(write, code)
  const id = await openDeletion(deps, write, { code, scope: 'Biometrics', actor }, sns)
  await write
    .updateTable('deletion')
    .set({ removed: JSON.stringify(removed) })
    .where('id', '=', id)
    .execute()
  await recordChange(write, {
    at: now,
    code,
    actor,
    what: 'Templates and photo removed',
    field: null,
    was: removed.join(', ') || null,
    became: null,
  })
  await makeDue(write, code, now)
  await finishIfOver(deps, write, id)
  return id
}

/** Removes templates and photos whose last day is over, each with a certificate of its own. Answers how many people. */
export async function sweepRetention(deps: GatewayDeps): Promise<number> {
  const today = localAt(deps.clock.now(), deps.config.timeZone).local.slice(0, 10)
  const due = await deps.store.read
    .selectFrom('person')
    .select('employee_code')
    .where('retain_until', '<', today)
    .limit(200)
    .execute()
  for (const { employee_code } of due)
    await deps.store.write(async write => {
      await write
        .updateTable('person')
        .set({ retain_until: null })
        .where('employee_code', '=', employee_code)
        .execute()
      await removeBiometrics(deps, write, employee_code, 'retention')
    })
  if (due.length > 0) deps.wakeDelivery()
  return due.length
}
