import type { z } from 'zod'
import type { PairItem, UserState } from '#contract/entities/people.ts'
import type { GatewayDeps } from '../deps.ts'
import { findDevices, toIso } from '../store/devices.ts'
import type { Reader } from '../store/index.ts'
import { abilitiesOf } from './abilities.ts'
import { itemName } from './bio-types.ts'
import { readMarker } from './marks.ts'
import { goneItem, type ItemRow, type PairRow } from './next-step.ts'
import { clearedPassword } from './record.ts'
import { loadSubjects, schedulesByPerson } from './subjects.ts'
import { type Subject, type Wanted, wantedOn } from './wanted.ts'

type State = z.output<typeof UserState>
type Item = z.output<typeof PairItem>

/** Pairs as the contract shows them: wanted against known, each thing with its proof and each difference with its reason. */
export async function pairStates(
  deps: Pick<GatewayDeps, 'clock' | 'config'>,
  reader: Reader,
  pairs: readonly PairRow[],
): Promise<State[]> {
  if (pairs.length === 0) return []
  const codes = [...new Set(pairs.map(pair => pair.employee_code))]
  const sns = [...new Set(pairs.map(pair => pair.sn))]
  const subjects = await loadSubjects(reader, codes)
  const devices = new Map((await findDevices(reader, sns)).map(device => [device.sn, device]))
  const key = (row: { employee_code: string; sn: string }) => `${row.employee_code}\n${row.sn}`
  const items = Map.groupBy(
    await reader
      .selectFrom('person_item')
      .selectAll()
      .where('employee_code', 'in', codes)
      .where('sn', 'in', sns)
      .execute(),
    key,
  )
  const orders = new Map(
    (
      await reader
        .selectFrom('person_order')
        .select(['employee_code', 'sn', 'command_id'])
        .where('employee_code', 'in', codes)
        .where('sn', 'in', sns)
        .orderBy('command_id', 'desc')
        .execute()
    ).map(row => [key(row), row.command_id]),
  )
  const reported = new Map(
    (
      await reader
        .selectFrom('person_device')
        .select(['employee_code', 'sn', 'reported_at'])
        .where('employee_code', 'in', codes)
        .where('sn', 'in', sns)
        .execute()
    ).map(row => [key(row), row.reported_at]),
  )
  const mark = await readMarker(deps, reader)
  const now = deps.clock.now()
  const states: State[] = []
  for (const pair of pairs) {
    const device = devices.get(pair.sn)
    const subject = subjects.get(pair.employee_code)
    if (!device || !subject) continue
    const schedules = (await schedulesByPerson(reader, pair.sn, [pair.employee_code])).get(pair.employee_code)
    const wanted = wantedOn(subject, abilitiesOf(device), { now, mark, schedules: schedules ?? null })
    const isWaiting = pair.state === 'Pending' || pair.state === 'Removing'
    const isOffline = isWaiting && device.online !== 1
    const reason = isOffline
      ? device.last_seen_at === null
        ? 'Never seen'
        : `Offline since ${new Date(device.since).toISOString()}`
      : (pair.reason ?? wordsOf(pair.reason_code))
    states.push({
      EmployeeCode: pair.employee_code,
      FirstName: subject.person.first_name,
      LastName: subject.person.last_name,
      DeviceSN: pair.sn,
      LabelName: device.label,
      Site: device.site,
      Online: device.online === 1,
      State: pair.state as State['State'],
      ReasonCode: isOffline ? 'Offline' : (pair.reason_code as State['ReasonCode']),
      Reason: reason,
      Since: new Date(pair.since).toISOString(),
      NextTryAt: pair.attempts > 0 ? toIso(pair.due_at) : null,
      Attempts: pair.attempts,
      CommandID: orders.has(key(pair)) ? String(orders.get(key(pair))) : null,
      ConfirmedAt: toIso(pair.confirmed_at),
      ReportedAt: toIso(reported.get(key(pair)) ?? null),
      Items: itemsOf(pair, subject, wanted, items.get(key(pair)) ?? []),
    })
  }
  return states
}

const words: Readonly<Record<string, string>> = {
  Waiting: 'Waits for the terminal to ask for it',
  Sending: 'Being sent',
  Verifying: 'Being read back',
}

function wordsOf(code: string): string | null {
  return words[code] ?? null
}

function itemsOf(pair: PairRow, { person }: Subject, wanted: Wanted, held: readonly ItemRow[]): Item[] {
  const heldOf = new Map(held.map(row => [row.item, row]))
  const shown: Item[] = []
  const isManaged = person.managed === 1
  if (pair.wanted === 1)
    for (const { item, mark } of wanted.items) {
      const row = heldOf.get(item)
      const state =
        row === undefined ? (isManaged ? 'Missing' : 'Unknown') : row.mark === mark ? 'InStep' : 'Different'
      const entry = entryOf(itemName(item), state, row)
      shown.push(entry)
      if (item !== 'user') continue
      if (person.card) shown.push({ ...entry, Item: 'Card' })
      if (person.password_mark !== null && person.password_mark !== clearedPassword)
        shown.push({ ...entry, Item: 'Password' })
    }
  if (pair.wanted === 1)
    for (const { item, reason } of wanted.blocked)
      shown.push({ ...entryOf(itemName(item), 'Blocked', heldOf.get(item)), Reason: reason })
  const named = new Set([...wanted.items, ...wanted.blocked].map(({ item }) => item))
  for (const row of held)
    if (row.item !== goneItem && (pair.wanted === 0 || !named.has(row.item)))
      shown.push(entryOf(itemName(row.item), 'Extra', row))
  return shown
}

function entryOf(name: string, State: Item['State'], row: ItemRow | undefined): Item {
  const proof = row?.proof
  return {
    Item: name,
    State,
    Proof:
      proof === 'ReadBack' || proof === 'Reported'
        ? proof
        : proof === 'Answered' || proof === 'Unread'
          ? 'Answered'
          : 'None',
    Reason: row?.reason ?? null,
    At: toIso(row?.at ?? null),
  }
}
