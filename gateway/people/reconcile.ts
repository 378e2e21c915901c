import { sql } from 'kysely'
import { enqueueIn } from '../commands/enqueue.ts'
import type { GatewayDeps } from '../deps.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import type { Reader, Write } from '../store/index.ts'
import { abilitiesOf } from './abilities.ts'
import { confirmRemoval, tickBiometrics } from './deletion-ticks.ts'
import { closeJobPairs } from './jobs.ts'
import { marker } from './marks.ts'
import { goneItem, type ItemRow, nextStep, type PairRow, type Step } from './next-step.ts'
import { loadSubjects, schedulesByPerson } from './subjects.ts'
import { wantedOn } from './wanted.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config'>

/** Orders about people a terminal may have open at once, so that nobody waits behind five hundred of them. */
const openMax = 100
const pairsAtOnce = 50

/**
 * One round of bringing terminals in step: for each that has something due, as much as may be under way. What it does
 * is in the store before it is sent, so a killed process goes on where it was. Answers how many pairs were looked at.
 */
export async function reconcilePeople(
  deps: Deps & Pick<GatewayDeps, 'store' | 'wakeCommands' | 'wakeDelivery'>,
): Promise<number> {
  const now = deps.clock.now()
  const due = await deps.store.read
    .selectFrom('person_wanted')
    .select('sn')
    .where('due_at', '<=', now)
    .groupBy('sn')
    .execute()
  let looked = 0
  for (const { sn } of due) {
    const done = await deps.store.write(write => reconcileTerminal(deps, write, sn, now))
    looked += done
    if (done > 0) deps.wakeCommands(sn)
  }
  if (looked > 0) deps.wakeDelivery()
  return looked
}

/**
 * Looks over every pair for what no event has told: a person has changed since the terminal was last in step, and
 * nothing is due and nothing under way. One statement, whatever the number; answers how many have to be looked at.
 */
export async function sweepDrift({ store, clock }: Pick<GatewayDeps, 'store' | 'clock'>): Promise<number> {
  const changed = await store.write(write =>
    write
      .updateTable('person_wanted')
      .set({ due_at: clock.now() })
      .where('due_at', 'is', null)
      .where('wanted', '=', 1)
      .where(({ exists, selectFrom, not, and }) =>
        and([
          exists(
            selectFrom('person')
              .select('person.employee_code')
              .whereRef('person.employee_code', '=', 'person_wanted.employee_code')
              .where('managed', '=', 1)
              .where(
                sql<boolean>`(person_wanted.synced_version is null or person_wanted.synced_version <> person.version)`,
              ),
          ),
          not(
            exists(
              selectFrom('person_order')
                .select('command_id')
                .whereRef('person_order.sn', '=', 'person_wanted.sn')
                .whereRef('person_order.employee_code', '=', 'person_wanted.employee_code'),
            ),
          ),
        ]),
      )
      .executeTakeFirst(),
  )
  return Number(changed.numUpdatedRows)
}

async function reconcileTerminal(deps: Deps, write: Write, sn: string, now: number): Promise<number> {
  const device = await findDevice(write, sn)
  if (device?.state !== 'adopted') return 0
  const { open } = await write
    .selectFrom('person_order')
    .innerJoin('command', 'command.id', 'person_order.command_id')
    .select(sql<number>`count(*)`.as('open'))
    .where('person_order.sn', '=', sn)
    // What is answered and waits for its rows is in nobody's way.
    .where('command.state', '!=', 'done')
    .executeTakeFirstOrThrow()
  if (Number(open) >= openMax) return 0
  const pairs = await write
    .selectFrom('person_wanted')
    .selectAll()
    .where('sn', '=', sn)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(Math.min(pairsAtOnce, openMax - Number(open)))
    .execute()
  await advancePairs(deps, write, device, pairs, 'reconciler')
  return pairs.length
}

/**
 * Does what is next for these pairs of one terminal, in the caller's transaction. Who has orders open is left alone
 * until they are settled. Answers the ids of the orders by person.
 */
export async function advancePairs(
  deps: Deps,
  write: Write,
  device: DeviceRow,
  pairs: readonly PairRow[],
  actor: string | null,
): Promise<Map<string, number[]>> {
  const ordered = new Map<string, number[]>()
  if (pairs.length === 0) return ordered
  const now = deps.clock.now()
  const codes = pairs.map(pair => pair.employee_code)
  const subjects = await loadSubjects(write, codes)
  const schedules = await schedulesByPerson(write, device.sn, codes)
  const held = await itemsOf(write, device.sn, codes)
  const reported = await reportedAt(write, device.sn, codes)
  const busy = await openOrders(write, device.sn, codes)
  const mark = await marker(deps, write)
  const abilities = abilitiesOf(device)
  for (const pair of pairs) {
    const code = pair.employee_code
    const subject = subjects.get(code)
    const waiting = busy.get(code)
    if (waiting !== undefined || subject === undefined) {
      if (waiting) ordered.set(code, waiting)
      await setPair(write, pair, { due_at: null })
      continue
    }
    const wanted = wantedOn(subject, abilities, { now, mark, schedules: schedules.get(code) ?? null })
    const mine = held.get(code) ?? new Map<string, ItemRow>()
    const step = nextStep(pair, wanted, mine, abilities, reported.has(code))
    if (step.type === 'orders') {
      const ids = await order(deps, write, device, pair, step, actor)
      ordered.set(code, ids)
      continue
    }
    const isNew = pair.state !== step.state || pair.reason !== step.reason
    await setPair(write, pair, {
      state: step.state,
      reason_code: step.code,
      reason: step.reason,
      attempts: 0,
      since: isNew ? now : pair.since,
      due_at: wanted.changesAt,
      synced_version: subject.person.version,
      ...(step.state === 'InStep' ? { confirmed_at: now } : {}),
    })
    await closeJobPairs(write, code, device.sn, step.state === 'Blocked' ? 'trouble' : 'done')
    if (step.state === 'Removed')
      await confirmRemoval(deps, write, device, code, mine.get(goneItem)?.proof ?? 'NeverThere')
    else await tickBiometrics(deps, write, device.sn, code, [...mine.values()])
  }
  return ordered
}

async function order(
  deps: Deps,
  write: Write,
  device: DeviceRow,
  pair: PairRow,
  step: Extract<Step, { type: 'orders' }>,
  actor: string | null,
): Promise<number[]> {
  const ids: number[] = []
  // Once somebody is written again, what was proven of their absence is proven no more.
  if (step.orders.some(({ kind }) => kind === 'user.write')) await forgetAbsence(write, pair)
  for (const { kind, item, mark, payload } of step.orders) {
    const { command } = await enqueueIn(deps, write, { sn: device.sn, kind, payload, actor, key: null })
    await write
      .insertInto('person_order')
      .values({
        command_id: command.id,
        employee_code: pair.employee_code,
        sn: device.sn,
        item,
        mark,
      })
      .execute()
    ids.push(command.id)
  }
  await setPair(write, pair, {
    state: step.state,
    reason_code: step.code,
    reason: null,
    since: pair.state === step.state ? pair.since : deps.clock.now(),
    due_at: null,
  })
  return ids
}

/** Forgets that a terminal has confirmed not to hold somebody. */
export async function forgetAbsence(
  write: Write,
  pair: Pick<PairRow, 'employee_code' | 'sn'>,
): Promise<void> {
  await write
    .deleteFrom('person_item')
    .where('employee_code', '=', pair.employee_code)
    .where('sn', '=', pair.sn)
    .where('item', '=', goneItem)
    .execute()
}

/** Changes the row of a pair. */
export async function setPair(
  write: Write,
  pair: Pick<PairRow, 'employee_code' | 'sn'>,
  change: Partial<PairRow>,
): Promise<void> {
  await write
    .updateTable('person_wanted')
    .set(change)
    .where('employee_code', '=', pair.employee_code)
    .where('sn', '=', pair.sn)
    .execute()
}

async function itemsOf(
  reader: Reader,
  sn: string,
  codes: readonly string[],
): Promise<Map<string, Map<string, ItemRow>>> {
  const rows = await reader
    .selectFrom('person_item')
    .selectAll()
    .where('sn', '=', sn)
    .where('employee_code', 'in', codes)
    .execute()
  const found = new Map<string, Map<string, ItemRow>>()
  for (const row of rows) {
    const items = found.get(row.employee_code) ?? new Map<string, ItemRow>()
    found.set(row.employee_code, items.set(row.item, row))
  }
  return found
}

async function reportedAt(reader: Reader, sn: string, codes: readonly string[]): Promise<Set<string>> {
  const rows = await reader
    .selectFrom('person_device')
    .select('employee_code')
    .where('sn', '=', sn)
    .where('employee_code', 'in', codes)
    .execute()
  return new Set(rows.map(row => row.employee_code))
}

async function openOrders(
  reader: Reader,
  sn: string,
  codes: readonly string[],
): Promise<Map<string, number[]>> {
  const rows = await reader
    .selectFrom('person_order')
    .select(['employee_code', 'command_id'])
    .where('sn', '=', sn)
    .where('employee_code', 'in', codes)
    .orderBy('command_id')
    .execute()
  const found = new Map<string, number[]>()
  for (const row of rows)
    found.set(row.employee_code, [...(found.get(row.employee_code) ?? []), row.command_id])
  return found
}
