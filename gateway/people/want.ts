import type { CommandKind } from '../commands/kinds.ts'
import { supersede } from '../commands/supersede.ts'
import type { GatewayDeps } from '../deps.ts'
import type { Write } from '../store/index.ts'
import type { JobPair } from './jobs.ts'
import { forgetAbsence } from './reconcile.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config' | 'log'>

const rowsAtOnce = 400
const sync: readonly CommandKind[] = [
  'user.write',
  'user.remove',
  'user.query',
  'template.write',
  'template.remove',
  'template.query',
  'photo.write',
  'authorization.write',
]

/**
 * Wants people on terminals, in the caller's transaction: every pair is due at once. Answers all pairs, and which of
 * them are new. Who was being removed there is wanted again, and that removal says so.
 */
export async function wantOn(
  deps: Deps,
  write: Write,
  codes: readonly string[],
  sns: readonly string[],
): Promise<JobPair[]> {
  const now = deps.clock.now()
  const pairs: JobPair[] = []
  for (const sn of sns) {
    const known = new Map(
      (
        await write
          .selectFrom('person_wanted')
          .select(['employee_code', 'wanted'])
          .where('sn', '=', sn)
          .where('employee_code', 'in', codes)
          .execute()
      ).map(row => [row.employee_code, row.wanted]),
    )
    for (const code of codes) if (known.get(code) === 0) await keepAfterAll(deps, write, code, sn)
    const fresh = codes.filter(code => known.get(code) !== 1)
    pairs.push(...codes.map(code => ({ employee_code: code, sn, fresh: known.get(code) !== 1 })))
    for (let from = 0; from < fresh.length; from += rowsAtOnce)
      await write
        .insertInto('person_wanted')
        .values(
          fresh.slice(from, from + rowsAtOnce).map(employee_code => ({
            employee_code,
            sn,
            origin: 'ordered',
            wanted: 1,
            state: 'Pending',
            reason_code: 'Waiting',
            reason: null,
            since: now,
            attempts: 0,
            due_at: now,
            synced_version: null,
            confirmed_at: null,
          })),
        )
        .onConflict(conflict =>
          conflict.columns(['employee_code', 'sn']).doUpdateSet({
            wanted: 1,
            state: 'Pending',
            reason_code: 'Waiting',
            reason: null,
            since: now,
            attempts: 0,
            due_at: now,
          }),
        )
        .execute()
    // Those wanted already are looked at again all the same: asking for them is asking whether they are there.
    await write
      .updateTable('person_wanted')
      .set({ due_at: now })
      .where('sn', '=', sn)
      .where('employee_code', 'in', codes)
      .where('state', '!=', 'InStep')
      .execute()
  }
  return pairs
}

/** Wants somebody off a terminal: what was on its way is stopped, and the removal is due at once. */
export async function unwantOn(deps: Deps, write: Write, code: string, sn: string): Promise<void> {
  const now = deps.clock.now()
  await stopOrders(deps, write, code, sn)
  // Whatever was known, this time it is asked anew.
  await forgetAbsence(write, { employee_code: code, sn })
  const values = {
    wanted: 0,
    state: 'Removing',
    reason_code: 'Waiting',
    reason: null,
    since: now,
    attempts: 0,
    due_at: now,
  }
  await write
    .insertInto('person_wanted')
    .values({
      employee_code: code,
      sn,
      origin: 'ordered',
      synced_version: null,
      confirmed_at: null,
      ...values,
    })
    .onConflict(conflict => conflict.columns(['employee_code', 'sn']).doUpdateSet(values))
    .execute()
}

/** Ends orders about a person at a terminal that a new wish overtakes. */
export async function stopOrders(deps: Deps, write: Write, code: string, sn: string): Promise<void> {
  const open = await write
    .selectFrom('person_order')
    .select('command_id')
    .where('sn', '=', sn)
    .where('employee_code', '=', code)
    .limit(1)
    .executeTakeFirst()
  if (!open) return
  await supersede(deps, write, sn, sync, payload => payload.EmployeeCode === code)
  // A question that is answered and waits for its rows is open no more, and what they prove is no longer asked.
  await write.deleteFrom('person_order').where('sn', '=', sn).where('employee_code', '=', code).execute()
}

async function keepAfterAll(deps: Deps, write: Write, code: string, sn: string): Promise<void> {
  await stopOrders(deps, write, code, sn)
  await write
    .updateTable('deletion_terminal')
    .set({
      state: 'Unproven',
      at: deps.clock.now(),
      reason: 'Wanted on this terminal again before it had confirmed',
    })
    .where('sn', '=', sn)
    .where('state', '=', 'Open')
    .where('deletion_id', 'in', query =>
      query
        .selectFrom('deletion')
        .select('id')
        .where('employee_code', '=', code)
        .where('scope', '!=', 'Biometrics'),
    )
    .execute()
  await forgetAbsence(write, { employee_code: code, sn })
}

/** Makes every terminal of a person look at them again. */
export async function makeDue(write: Write, code: string, at: number): Promise<number> {
  const changed = await write
    .updateTable('person_wanted')
    .set({ due_at: at, since: at, state: 'Pending', reason_code: 'Waiting', reason: null, attempts: 0 })
    .where('employee_code', '=', code)
    .where('wanted', '=', 1)
    .executeTakeFirst()
  return Number(changed.numUpdatedRows)
}
