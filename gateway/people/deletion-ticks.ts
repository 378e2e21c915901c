import type { z } from 'zod'
import type { DeletionProof } from '#contract/entities/people.ts'
import type { GatewayDeps } from '../deps.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { finishIfOver } from './certificate.ts'
import { beforeErasingMs } from './deletions.ts'
import { closeJobPairs } from './jobs.ts'
import type { ItemRow } from './next-step.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config'>
type Proof = z.output<typeof DeletionProof>

const proofs: Readonly<Record<string, Proof>> = {
  ReadBack: 'ReadBack',
  Answered: 'Answered',
  Unread: 'Answered',
  NeverThere: 'NeverThere',
}

/** Deletions end on terminals with these; a biometric one with the templates, not with the person. */
const ofPerson = ['Terminals', 'Leaver', 'Erasure'] as const

/** A terminal no longer holds somebody: its tick, and the end of what was known of the two. */
export async function confirmRemoval(
  deps: Deps,
  write: Write,
  device: DeviceRow,
  code: string,
  proof: string,
): Promise<void> {
  const now = deps.clock.now()
  for (const table of ['person_item', 'person_wanted', 'person_device'] as const)
    await write.deleteFrom(table).where('employee_code', '=', code).where('sn', '=', device.sn).execute()
  await closeJobPairs(write, code, device.sn, 'done')
  await tick(deps, write, { code, sn: device.sn, proof: proofs[proof] ?? 'Answered', at: now }, ofPerson)
}

/** The templates of somebody are gone from a terminal that is in step again. */
export async function tickBiometrics(
  deps: Deps,
  write: Write,
  sn: string,
  code: string,
  held: readonly ItemRow[],
): Promise<void> {
  if (held.some(({ item }) => item.startsWith('bio:') || item === 'photo')) return
  await tick(deps, write, { code, sn, proof: 'Answered', at: deps.clock.now() }, ['Biometrics'])
}

async function tick(
  deps: Deps,
  write: Write,
  done: { code: string; sn: string; proof: Proof; at: number },
  scopes: readonly string[],
): Promise<void> {
  const open = await write
    .selectFrom('deletion_terminal')
    .innerJoin('deletion', 'deletion.id', 'deletion_terminal.deletion_id')
    .select('deletion.id')
    .where('deletion_terminal.sn', '=', done.sn)
    .where('deletion_terminal.state', '=', 'Open')
    .where('deletion.employee_code', '=', done.code)
    .where('deletion.scope', 'in', scopes)
    .execute()
  for (const { id } of open) {
    await write
      .updateTable('deletion_terminal')
      .set({ state: 'Confirmed', proof: done.proof, at: done.at, reason: null })
      .where('deletion_id', '=', id)
      .where('sn', '=', done.sn)
      .execute()
    await finishIfOver(deps, write, id)
  }
}

/** Terminals that were removed while a deletion waited for them: nobody can prove anything there any more. */
export async function closeForRemovedDevices(deps: GatewayDeps): Promise<number> {
  const orphaned = await deps.store.read
    .selectFrom('deletion_terminal')
    .leftJoin('device', 'device.sn', 'deletion_terminal.sn')
    .select(['deletion_terminal.deletion_id', 'deletion_terminal.sn'])
    .where('deletion_terminal.state', '=', 'Open')
    .where('device.sn', 'is', null)
    .limit(200)
    .execute()
  if (orphaned.length > 0) await deps.intake.filed(beforeErasingMs)
  for (const { deletion_id, sn } of orphaned)
    await deps.store.write(async write => {
      await write
        .updateTable('deletion_terminal')
        .set({
          state: 'Unproven',
          proof: 'DeviceRemoved',
          at: deps.clock.now(),
          reason: 'The terminal was removed from Gatehouse before it could confirm; erase it by hand',
        })
        .where('deletion_id', '=', deletion_id)
        .where('sn', '=', sn)
        .where('state', '=', 'Open')
        .execute()
      await finishIfOver(deps, write, deletion_id)
    })
  return orphaned.length
}
