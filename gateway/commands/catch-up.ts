import type { GatewayDeps } from '../deps.ts'
import type { CommandRow } from '../store/commands.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { localAt, shiftMinutes } from '../time/zone.ts'
import { enqueueIn } from './enqueue.ts'
import type { CommandStateName } from './transitions.ts'

/** A silence, at the moment it ended. */
export interface Gap {
  readonly sn: string
  readonly at: number
}

type CatchUpDeps = Pick<GatewayDeps, 'clock'>

/** Punches made just before the last one we have may have been lost with the same reply. */
const overlapMinutes = 5
const reachDays = 7
const dayMs = 86_400_000
/** Terminals keep asking anyway; more would only make them send the same again. */
const askEveryMs = 60 * 60_000
const askedBy = 'catch-up'
const askMax = 50
/** −1003 timed out, −1005 and 7 busy, −1007 out of memory: the same question may get an answer later. */
const transientCodes: ReadonlySet<number> = new Set([-1003, -1005, -1007, 7])

/**
 * Some models never send the punches again that they made while we were not there (iclock-push 14 [SF2A/3A]). A gap
 * is therefore kept as "missing since the last punch we have", in the transaction that ends it, and asked for once:
 * at once if the last question is an hour old, else by the sweep. Only of terminals that have ever sent a punch.
 */
export async function noteGap(deps: CatchUpDeps, write: Write, gap: Gap): Promise<void> {
  const device = await findDevice(write, gap.sn)
  if (device?.state !== 'adopted') return
  // A clock that once ran years ahead must not hide what is missing today.
  const latest = await write
    .selectFrom('punch')
    .select('local_time')
    .where('sn', '=', gap.sn)
    .where('local_time', '<=', localAt(gap.at + dayMs, device.zone).local)
    .orderBy('local_time', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!latest) return
  await mayMiss(write, gap.sn, shiftMinutes(latest.local_time, -overlapMinutes))
  await ask(deps, write, device)
}

/** Asks those that are here and whose last question is long enough ago. Answers how many. */
export async function sweepCatchUps({ store, clock, wakeDelivery }: GatewayDeps): Promise<number> {
  const due = await store.read
    .selectFrom('catch_up')
    .innerJoin('device_contact', 'device_contact.sn', 'catch_up.sn')
    .select('catch_up.sn')
    .where('missing_from', 'is not', null)
    .where('online', '=', 1)
    .where(({ or, eb }) => or([eb('asked_at', 'is', null), eb('asked_at', '<=', clock.now() - askEveryMs)]))
    .limit(askMax)
    .execute()
  for (const { sn } of due)
    await store.write(async write => {
      const device = await findDevice(write, sn)
      if (device?.state === 'adopted') await ask({ clock }, write, device)
    })
  if (due.length > 0) wakeDelivery()
  return due.length
}

/** What became of a question: answered for good, or still missing. Runs in the transaction that settles the command. */
export async function settleCatchUp(write: Write, command: CommandRow, to: CommandStateName): Promise<void> {
  if (command.kind !== 'attendance.query' || to === 'queued' || to === 'sent') return
  const row = await write
    .selectFrom('catch_up')
    .selectAll()
    .where('sn', '=', command.sn)
    .where('command_id', '=', command.id)
    .executeTakeFirst()
  if (row?.asked_from == null) return
  const isTransient = command.return_code !== null && transientCodes.has(command.return_code)
  // A controller says how many rows it sent; if none of them has arrived, its packets were lost with us.
  const isLost = to === 'done' && (command.return_code ?? 0) > 0 && command.rows_new === null
  const isOpen = to === 'unconfirmed' || to === 'expired' || (to === 'failed' && isTransient) || isLost
  await write.updateTable('catch_up').set({ asked_from: null }).where('sn', '=', command.sn).execute()
  if (isOpen) await mayMiss(write, command.sn, row.asked_from)
}

/** Punches of a terminal may be missing from a wall clock on; the earliest is kept, and asked for by the sweep. */
export async function mayMiss(write: Write, sn: string, from: string): Promise<void> {
  await write
    .insertInto('catch_up')
    .values({ sn, missing_from: from, asked_from: null, asked_at: null, command_id: null })
    .onConflict(conflict => conflict.column('sn').doNothing())
    .execute()
  await write
    .updateTable('catch_up')
    .set({ missing_from: from })
    .where('sn', '=', sn)
    .where(({ or, eb }) => or([eb('missing_from', 'is', null), eb('missing_from', '>', from)]))
    .execute()
}

async function ask({ clock }: CatchUpDeps, write: Write, device: DeviceRow): Promise<void> {
  const { sn, zone } = device
  const now = clock.now()
  const row = await write.selectFrom('catch_up').selectAll().where('sn', '=', sn).executeTakeFirst()
  if (row?.missing_from == null) return
  const open = await write
    .selectFrom('command')
    .select(['id', 'state'])
    .where('sn', '=', sn)
    .where('kind', '=', 'attendance.query')
    .where('state', 'in', ['queued', 'sent'])
    .limit(1)
    .executeTakeFirst()
  // Our own question that nobody has fetched yet can as well ask for more.
  const waiting = open?.state === 'queued' && open.id === row.command_id ? open.id : null
  const isTooSoon = row.asked_at !== null && now - row.asked_at < askEveryMs
  if (waiting === null && (open !== undefined || isTooSoon)) return
  const contact = await write
    .selectFrom('device_contact')
    .select('clock_skew_ms')
    .where('sn', '=', sn)
    .executeTakeFirst()
  const oldest = localAt(now - reachDays * dayMs, zone).local
  const missing = earlier(row.missing_from, row.asked_from ?? row.missing_from)
  const from = later(missing, oldest)
  // A clock that runs ahead has written what lies in our future.
  const to = localAt(now + Math.max(0, contact?.clock_skew_ms ?? 0), zone).local
  const payload = { from, to: later(from, to) }
  if (waiting !== null)
    await write
      .updateTable('command')
      .set({ payload: JSON.stringify(payload) })
      .where('id', '=', waiting)
      .where('state', '=', 'queued')
      .execute()
  const order = { sn, kind: 'attendance.query', payload, actor: askedBy, key: null } as const
  const commandId = waiting ?? (await enqueueIn({ clock }, write, order)).command.id
  await write
    .updateTable('catch_up')
    .set({ missing_from: null, asked_from: missing, asked_at: now, command_id: commandId })
    .where('sn', '=', sn)
    .execute()
}

function earlier(one: string, other: string): string {
  return later(one, other) === one ? other : one
}

/** Wall clocks of one terminal sort as text. */
function later(one: string, other: string): string {
  return one.localeCompare(other) > 0 ? one : other
}
