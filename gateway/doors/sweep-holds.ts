import { enqueueMany } from '../commands/enqueue.ts'
import type { CommandStateName } from '../commands/transitions.ts'
import type { GatewayDeps } from '../deps.ts'
import { findDevice } from '../store/devices.ts'
import { type HoldRow, updateHold } from '../store/door-holds.ts'
import type { Write } from '../store/index.ts'
import { recordEvents } from '../webhooks/outbox.ts'
import { endAlarms, raiseAlarms } from './alarms/raise-alarms.ts'
import { doorNews } from './door-news.ts'
import { type HoldMode, returnStep } from './door-orders.ts'
import { type HoldState, type HoldStep, isOver, nextHold } from './next-hold.ts'

type Followed = HoldRow & {
  readonly begun: string | null
  readonly returned: string | null
  readonly online: number | null
}

/** Steps in one transaction; the rest follows half a second later. */
const stepsMax = 400

/**
 * Moves lasting orders by the clock and by what became of their commands: sends each return at its time, says overdue
 * while it cannot, and tells those who watch. Reads only where nothing is due. Answers how many changed.
 */
export async function sweepHolds(deps: GatewayDeps): Promise<number> {
  const now = deps.clock.now()
  const due = (await readOpen(deps)).flatMap(row => {
    const step = stepOf(row, now)
    return step === null ? [] : [{ row, step }]
  })
  if (due.length === 0) return 0
  await deps.store.write(async write => {
    const part = due.slice(0, stepsMax)
    const sent = await sendReturns(deps, write, part)
    for (const { row, step } of part) await take(write, row, step, sent.get(row.id) ?? null, now)
    await tellOverdue(write, due, now)
    await recordEvents(
      write,
      await doorNews(
        write,
        due.map(({ row, step }) => ({
          sn: row.sn,
          door: row.door_no,
          id: `h${row.id}-${step.state}`,
          detail: wordsOf(row, step),
        })),
        now,
      ),
      deps.clock,
    )
  })
  for (const { row, step } of due) if (step.sendReturn) deps.wakeCommands(row.sn)
  deps.wakeDelivery()
  return due.length
}

function stepOf(row: Followed, now: number): HoldStep | null {
  return nextHold({
    state: row.state as HoldState,
    until: row.until,
    endsBy: row.ends_by === 'terminal' ? 'terminal' : 'order',
    // Written by transitions.ts and nobody else.
    begun: row.begun as CommandStateName | null,
    returned: row.returned as CommandStateName | null,
    online: row.online === 1,
    nextTryAt: row.next_try_at,
    now,
  })
}

function readOpen({ store }: GatewayDeps): Promise<Followed[]> {
  return store.read
    .selectFrom('door_hold')
    .leftJoin('command as begun', 'begun.id', 'door_hold.command_id')
    .leftJoin('command as back', 'back.id', 'door_hold.return_id')
    .leftJoin('device_contact', 'device_contact.sn', 'door_hold.sn')
    .selectAll('door_hold')
    .select(['begun.state as begun', 'back.state as returned', 'device_contact.online'])
    .where('ended_at', 'is', null)
    .orderBy('door_hold.id')
    .execute()
}

async function take(
  write: Write,
  row: Followed,
  step: HoldStep,
  sent: number | null,
  now: number,
): Promise<void> {
  await updateHold(write, row.id, {
    state: step.state,
    ...(isOver(step.state) ? { ended_at: now } : {}),
    ...(sent === null ? {} : { return_id: sent }),
    ...(step.nextTryAt === undefined ? {} : { next_try_at: step.nextTryAt }),
    ...(step.note === undefined ? {} : { note: step.note }),
  })
}

/** The return orders that are due, all at once: the end of an emergency has hundreds. Answers their ids by hold. */
async function sendReturns(
  deps: GatewayDeps,
  write: Write,
  due: ReadonlyArray<{ readonly row: HoldRow; readonly step: HoldStep }>,
): Promise<Map<number, number>> {
  const sending = due.filter(({ step }) => step.sendReturn).map(({ row }) => row)
  const enqueued = await enqueueMany(
    deps,
    write,
    sending.map(row => ({
      sn: row.sn,
      // Written by lock-door.ts and the emergencies, which know these three only.
      ...returnStep(row.mode as HoldMode, row.door_no),
      actor: row.actor,
    })),
  )
  return new Map(enqueued.flatMap(({ command }, at) => (sending[at] ? [[sending[at].id, command.id]] : [])))
}

/** A door that should have returned and has not is an alarm; once it has, that is over. */
async function tellOverdue(
  write: Write,
  due: ReadonlyArray<{ readonly row: HoldRow; readonly step: HoldStep }>,
  now: number,
): Promise<void> {
  for (const { row, step } of due) {
    if (step.state === 'overdue' && row.state !== 'overdue') {
      const device = await findDevice(write, row.sn)
      const sign = { door: row.door_no, kind: 'HoldOverdue', by: 'state', employeeCode: null } as const
      if (device) await raiseAlarms(write, device, [sign], now)
    }
    if (isOver(step.state))
      await endAlarms(write, row.sn, [{ door: row.door_no, kind: 'HoldOverdue', text: step.note ?? '' }], now)
  }
}

const modeWords: Readonly<Record<string, string>> = {
  lock: 'Lock-down',
  'hold-open': 'Holding open',
  'hold-closed': 'Holding closed',
}

function wordsOf(row: HoldRow, step: HoldStep): string {
  const mode = modeWords[row.mode] ?? row.mode
  return step.note === undefined ? `${mode}: ${step.state.replace('-', ' ')}` : `${mode}: ${step.note}`
}
