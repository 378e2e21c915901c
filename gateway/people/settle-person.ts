import type { EventBody } from '#contract/events.ts'
import type { CommandStateName } from '../commands/transitions.ts'
import type { GatewayDeps } from '../deps.ts'
import { type CommandRow, readPayload } from '../store/commands.ts'
import type { Write } from '../store/index.ts'
import { itemName, typeName } from './bio-types.ts'
import { jobTrouble } from './jobs.ts'
import { goneItem } from './next-step.ts'
import { setPair } from './reconcile.ts'
import type { Reason } from './wanted.ts'

type Deps = Pick<GatewayDeps, 'clock'>

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const tryAgainFirst = 30 * second
const tryAgainLast = hour
/** Some firmware answers a question first and uploads its rows behind that; so long they are waited for. */
const rowsLateMs = minute
/** A terminal that keeps something else than it is told is not told for ever. */
const differentMax = 4
const questionsAtOnce = 200

/** By what a terminal answers: no space left, another algorithm, not for this model (iclock-push 8, 12.10). */
const full: ReadonlySet<number> = new Set([-5, -18, -1001])
const unsupported: ReadonlySet<number> = new Set([-22, -13, -100, -629, -708, -1002, -1004])
const algorithm = -30
/** No such person: what was to be removed is not there, what was asked for neither. */
export const nobodyThere: ReadonlySet<number> = new Set([-1, -4, -10, -27])

/**
 * What the end of a command about a person means for what the terminal is known to hold, and when the reconciler has
 * to look again. Runs in the transaction that settles the command; answers what receivers are told.
 */
export async function settlePerson(
  deps: Deps,
  write: Write,
  command: CommandRow,
  to: CommandStateName,
): Promise<EventBody[]> {
  if (to === 'queued' || to === 'sent') return []
  if (to === 'done' && (await mayRowsFollow(write, command))) return []
  const row = await write
    .deleteFrom('person_order')
    .where('command_id', '=', command.id)
    .returningAll()
    .executeTakeFirst()
  if (!row) return to === 'failed' ? contradicted(deps, write, command) : []
  const now = deps.clock.now()
  const { employee_code, sn, item, mark } = row
  const pair = { employee_code, sn }
  const noted = (proof: string) => note(write, { ...pair, item, mark, proof, reason: null, at: now })
  const isGone =
    command.kind === 'user.remove' &&
    (item !== goneItem || (command.return_code !== null && nobodyThere.has(command.return_code)))
  if (to === 'cancelled') {
    await setPair(write, pair, { due_at: now })
    return []
  }
  if (command.kind === 'user.query' || command.kind === 'template.query')
    await judge(deps, write, command, to, item)
  else if (command.kind === 'user.remove' && (to === 'done' || isGone)) {
    if (item === 'rights') await forgetRights(write, pair)
    if (item === goneItem) {
      await write
        .deleteFrom('person_item')
        .where('employee_code', '=', employee_code)
        .where('sn', '=', sn)
        .execute()
      await noted('Answered')
    }
    await lookAgain(write, pair, now)
  } else if (to === 'done') {
    if (command.kind === 'template.remove')
      await write
        .deleteFrom('person_item')
        .where('employee_code', '=', employee_code)
        .where('sn', '=', sn)
        .where('item', '=', item)
        .execute()
    else
      await noted(
        command.kind === 'authorization.write' || command.kind === 'photo.write' ? 'Unread' : 'Answered',
      )
    await lookAgain(write, pair, now)
  } else {
    await failed(deps, write, pair, to, command, itemName(item))
  }
  return command.kind.endsWith('.query') ? [] : [told(row, command, to, now)]
}

/** Whether the answer to a question about somebody is no more than that it was heard: rows prove it, or a plain no. */
async function mayRowsFollow(write: Write, command: CommandRow): Promise<boolean> {
  if (command.kind !== 'user.query' || (await isAccess(write, command.sn))) return false
  const isPlainNo = command.return_code !== null && nobodyThere.has(command.return_code)
  return !isPlainNo && !(await hasReported(write, command))
}

/** Whether the terminal has named the person since it was asked. */
async function hasReported(write: Write, command: CommandRow): Promise<boolean> {
  const seen = await write
    .selectFrom('person_device')
    .select('reported_at')
    .where('employee_code', '=', String(readPayload(command).EmployeeCode))
    .where('sn', '=', command.sn)
    .executeTakeFirst()
  return seen !== undefined && seen.reported_at >= (command.sent_at ?? Number.POSITIVE_INFINITY)
}

/** Judges a question that was answered before its rows had come: they have come now, or are not expected any more. */
export async function endQuestion(deps: Deps, write: Write, id: number): Promise<void> {
  const command = await write
    .selectFrom('command')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'done')
    .executeTakeFirst()
  if (!command) return
  const order = await write
    .deleteFrom('person_order')
    .where('command_id', '=', id)
    .returning('item')
    .executeTakeFirst()
  if (order) await judge(deps, write, command, 'done', order.item)
}

/** Ends the questions whose rows have been waited for long enough; answers how many. */
export async function endLateQuestions({
  store,
  clock,
}: Pick<GatewayDeps, 'store' | 'clock'>): Promise<number> {
  const late = await store.read
    .selectFrom('person_order')
    .innerJoin('command', 'command.id', 'person_order.command_id')
    .select('command_id')
    .where('command.state', '=', 'done')
    .where('completed_at', '<=', clock.now() - rowsLateMs)
    .limit(questionsAtOnce)
    .execute()
  if (late.length === 0) return 0
  await store.write(async write => {
    for (const { command_id } of late) await endQuestion({ clock }, write, command_id)
  })
  return late.length
}

/** The terminal said yes and does not hold it, as a later error log or a read-back has shown. */
async function contradicted(deps: Deps, write: Write, command: CommandRow): Promise<EventBody[]> {
  const { EmployeeCode, Item } = readPayload(command)
  if (typeof EmployeeCode !== 'string' || !command.kind.endsWith('.write')) return []
  const pair = { employee_code: EmployeeCode, sn: command.sn }
  const item = typeof Item === 'string' ? Item : command.kind === 'photo.write' ? 'photo' : 'user'
  await write
    .deleteFrom('person_item')
    .where('employee_code', '=', pair.employee_code)
    .where('sn', '=', pair.sn)
    .where('item', '=', item)
    .execute()
  await failed(deps, write, pair, 'failed', command, itemName(item))
  return []
}

/** What asking back has shown. Rows, if there were any, are recorded by now (report.ts). */
async function judge(
  deps: Deps,
  write: Write,
  command: CommandRow,
  to: CommandStateName,
  item: string,
): Promise<void> {
  const now = deps.clock.now()
  const pair = { employee_code: String(readPayload(command).EmployeeCode), sn: command.sn }
  const couldAsk = to === 'done'
  if (command.kind === 'template.query') {
    // Attendance firmware that does not know the question answers 0 too; an access terminal counts its rows.
    const isEmpty = couldAsk && command.return_code === 0 && (await isAccess(write, command.sn))
    const unread = write
      .updateTable('person_item')
      .set({ proof: 'Unread' })
      .where('employee_code', '=', pair.employee_code)
      .where('sn', '=', pair.sn)
      .where('item', 'like', `${item}:%`)
      .where('proof', '=', 'Answered')
    if (!isEmpty) {
      await unread.execute()
      return lookAgain(write, pair, now)
    }
    await write
      .deleteFrom('person_item')
      .where('employee_code', '=', pair.employee_code)
      .where('sn', '=', pair.sn)
      .where('item', 'like', `${item}:%`)
      .where('proof', '=', 'Answered')
      .execute()
    return different(deps, write, pair, 'The terminal answered yes, but does not hold the template')
  }
  const isThere = await hasReported(write, command)
  const set = (proof: string) =>
    write
      .updateTable('person_item')
      .set({ proof, at: now })
      .where('employee_code', '=', pair.employee_code)
      .where('sn', '=', pair.sn)
      .where('item', '=', item)
      .where('proof', '=', 'Answered')
      .execute()
  if (!couldAsk) await set('Unread')
  else if (item === goneItem) {
    if (isThere) {
      await write
        .deleteFrom('person_item')
        .where('employee_code', '=', pair.employee_code)
        .where('sn', '=', pair.sn)
        .where('item', '=', goneItem)
        .execute()
      return different(deps, write, pair, 'The terminal answered yes, but still holds the person')
    }
    await write
      .deleteFrom('person_device')
      .where('employee_code', '=', pair.employee_code)
      .where('sn', '=', pair.sn)
      .execute()
    await set('ReadBack')
  } else if (!isThere) {
    await write
      .deleteFrom('person_item')
      .where('employee_code', '=', pair.employee_code)
      .where('sn', '=', pair.sn)
      .execute()
    return different(deps, write, pair, 'The terminal answered yes, but does not hold the person')
  } else {
    const shown = await write
      .selectFrom('person_item')
      .select(['proof', 'reason'])
      .where('employee_code', '=', pair.employee_code)
      .where('sn', '=', pair.sn)
      .where('item', '=', item)
      .executeTakeFirst()
    if (shown?.proof === 'Different')
      return different(deps, write, pair, shown.reason ?? 'The terminal holds something else')
    await set('Unread')
  }
  await lookAgain(write, pair, now)
}

async function different(deps: Deps, write: Write, pair: Pair, reason: string): Promise<void> {
  await troubled(deps, write, pair, { code: 'Different', reason, isFinal: false })
}

interface Pair {
  readonly employee_code: string
  readonly sn: string
}

async function failed(
  deps: Deps,
  write: Write,
  pair: Pair,
  to: CommandStateName,
  command: CommandRow,
  what: string,
): Promise<void> {
  const code = command.return_code
  const said = `${what}: ${command.error ?? 'refused'}${code === null || code >= 0 ? '' : ` (${code})`}`
  if (to === 'expired') return troubled(deps, write, pair, { code: 'Offline', reason: said, isFinal: false })
  if (to === 'unconfirmed')
    return troubled(deps, write, pair, { code: 'Unconfirmed', reason: said, isFinal: false })
  if (code !== null && full.has(code))
    return troubled(deps, write, pair, {
      code: 'Full',
      reason: `Terminal full: ${said}`,
      isFinal: true,
    })
  if (code === algorithm)
    return troubled(deps, write, pair, { code: 'Algorithm', reason: said, isFinal: true })
  if (code !== null && unsupported.has(code))
    return troubled(deps, write, pair, { code: 'Unsupported', reason: said, isFinal: true })
  await troubled(deps, write, pair, { code: 'Refused', reason: `Refused: ${said}`, isFinal: false })
}

async function troubled(
  deps: Deps,
  write: Write,
  pair: Pair,
  is: { code: Reason; reason: string; isFinal: boolean },
): Promise<void> {
  const now = deps.clock.now()
  const before = await write
    .selectFrom('person_wanted')
    .select(['attempts', 'state', 'since', 'wanted'])
    .where('employee_code', '=', pair.employee_code)
    .where('sn', '=', pair.sn)
    .executeTakeFirst()
  if (!before) return
  const attempts = before.attempts + 1
  const isFinal = is.isFinal || (is.code === 'Different' && attempts >= differentMax)
  const { code, reason } = is
  const state = isFinal ? 'Blocked' : before.wanted === 0 ? 'Removing' : 'Failed'
  await setPair(write, pair, {
    attempts,
    state,
    reason_code: code,
    reason,
    since: before.state === state ? before.since : now,
    due_at:
      now +
      (isFinal ? tryAgainLast : Math.min(tryAgainLast, tryAgainFirst * 2 ** Math.min(attempts - 1, 10))),
  })
  if (isFinal || attempts >= 3) await jobTrouble(write, pair.employee_code, pair.sn)
}

/** The reconciler looks at once, unless something failed beside it: then when that is tried again. */
async function lookAgain(write: Write, pair: Pair, now: number): Promise<void> {
  await write
    .updateTable('person_wanted')
    .set({ due_at: now })
    .where('employee_code', '=', pair.employee_code)
    .where('sn', '=', pair.sn)
    .where('due_at', 'is', null)
    .execute()
}

async function forgetRights(write: Write, pair: Pair): Promise<void> {
  await write
    .deleteFrom('person_item')
    .where('employee_code', '=', pair.employee_code)
    .where('sn', '=', pair.sn)
    .where('item', 'like', 'right:%')
    .execute()
}

async function isAccess(write: Write, sn: string): Promise<boolean> {
  const device = await write.selectFrom('device').select('flavour').where('sn', '=', sn).executeTakeFirst()
  return device?.flavour === 'access'
}

/** Notes what a terminal holds. */
export async function note(
  write: Write,
  row: {
    employee_code: string
    sn: string
    item: string
    mark: string
    proof: string
    reason: string | null
    at: number
  },
): Promise<void> {
  const { mark, proof, reason, at } = row
  await write
    .insertInto('person_item')
    .values(row)
    .onConflict(conflict =>
      conflict.columns(['employee_code', 'sn', 'item']).doUpdateSet({ mark, proof, reason, at }),
    )
    .execute()
}

function told(
  row: { employee_code: string; sn: string; item: string },
  command: CommandRow,
  to: CommandStateName,
  now: number,
): EventBody<'OnUserSync'> {
  const [kind, type, index] = row.item.split(':')
  const isTemplate = kind === 'bio'
  return {
    Event: 'OnUserSync',
    OperationID: `us${command.id}-${to}`,
    OccurredAt: new Date(now).toISOString(),
    DeviceSN: row.sn,
    EmployeeCode: row.employee_code,
    TemplateType: isTemplate ? typeName(Number(type)) : row.item === 'photo' ? 'UserPhoto' : null,
    Index: isTemplate && index !== undefined ? index : null,
    Status: to === 'done' && command.kind.endsWith('.remove') ? 'removed' : to,
    CommandID: String(command.id),
  }
}
