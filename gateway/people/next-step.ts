import type { Selectable } from 'kysely'
import type { z } from 'zod'
import type { PairState } from '#contract/entities/people.ts'
import type { CommandKind } from '../commands/kinds.ts'
import type { PersonItemTable, PersonWantedTable } from '../store/schema-people.ts'
import type { Abilities } from './abilities.ts'
import type { Reason, Wanted } from './wanted.ts'

export type PairRow = Selectable<PersonWantedTable>
export type ItemRow = Selectable<PersonItemTable>
export type State = z.output<typeof PairState>

/** Noted once a terminal has answered that somebody is removed: what is left to do is to ask whether it is so. */
export const goneItem = 'gone'

/** An order to come. */
export interface Draft {
  readonly kind: CommandKind
  readonly item: string
  readonly mark: string
  readonly payload: Readonly<Record<string, unknown>>
}

export type Step =
  | {
      readonly type: 'orders'
      readonly orders: readonly Draft[]
      readonly state: State
      readonly code: Reason
    }
  | {
      readonly type: 'settled'
      readonly state: State
      readonly code: Reason
      readonly reason: string | null
    }

/** Tables of a person at access terminals, in the order rows are to be deleted (iclock-push 12.1). */
const accessTables = ['userauthorize', 'templatev10', 'biodata', 'user'] as const

/**
 * What is to be done next for one person on one terminal: the row first, then rights and templates, then asking
 * whether the terminal holds it all. Given what it is known to hold, the same step comes out however often it is asked.
 */
export function nextStep(
  pair: Pick<PairRow, 'employee_code' | 'wanted'>,
  wanted: Wanted,
  held: ReadonlyMap<string, ItemRow>,
  device: Pick<Abilities, 'tables'>,
  isReported: boolean,
): Step {
  const code = pair.employee_code
  if (pair.wanted === 0 || !wanted.present) return removal(pair, wanted, held, device, isReported)
  const user = wanted.items.find(({ item }) => item === 'user')
  if (user && held.get('user')?.mark !== user.mark)
    return pending('Waiting', [draft('user.write', code, user.item, user.mark)])
  const isWanted = new Set(wanted.items.map(({ item }) => item))
  const isBlocked = new Set(wanted.blocked.map(({ item }) => item))
  const missing = wanted.items.filter(({ item, mark }) => held.get(item)?.mark !== mark)
  const extra = [...held.keys()].filter(
    item => !isWanted.has(item) && !isBlocked.has(item) && item !== goneItem && item !== 'photo',
  )
  const orders = [
    ...rightOrders(code, wanted, extra, missing),
    ...extra
      .filter(item => item.startsWith('bio:'))
      .map(item => draft('template.remove', code, item, '', { Item: item })),
    ...missing
      .filter(({ item }) => item.startsWith('bio:'))
      .map(({ item, mark }) => draft('template.write', code, item, mark, { Item: item })),
    ...missing
      .filter(({ item }) => item === 'photo')
      .map(({ item, mark }) => draft('photo.write', code, item, mark)),
  ]
  if (orders.length > 0) return pending('Sending', orders)
  const questions = questionsOn(code, wanted, held)
  if (questions.length > 0) return pending('Verifying', questions)
  const [first] = wanted.blocked
  if (first) return { type: 'settled', state: 'Blocked', code: first.code, reason: first.reason }
  if (wanted.code !== 'None')
    return { type: 'settled', state: 'Withheld', code: wanted.code, reason: wanted.reason }
  return { type: 'settled', state: 'InStep', code: 'None', reason: null }
}

function removal(
  pair: Pick<PairRow, 'employee_code' | 'wanted'>,
  wanted: Wanted,
  held: ReadonlyMap<string, ItemRow>,
  device: Pick<Abilities, 'tables'>,
  isReported: boolean,
): Step {
  const code = pair.employee_code
  const gone = held.get(goneItem)
  const state = pair.wanted === 0 ? 'Removed' : 'Withheld'
  const settled: Step = {
    type: 'settled',
    state,
    code: pair.wanted === 0 ? 'None' : wanted.code,
    reason: pair.wanted === 0 ? null : wanted.reason,
  }
  if (gone) {
    if (gone.proof !== 'Answered') return settled
    return {
      type: 'orders',
      state: 'Removing',
      code: 'Verifying',
      orders: [draft('user.query', code, goneItem, '')],
    }
  }
  // Of somebody never sent there nothing has to be taken away, unless it was asked for: then it is made sure of.
  if (pair.wanted === 1 && held.size === 0 && !isReported) return settled
  const tables = device.tables === 'user' ? accessTables : ['user' as const]
  return {
    type: 'orders',
    state: 'Removing',
    code: 'Waiting',
    orders: tables.map(table =>
      draft('user.remove', code, table === 'user' ? goneItem : `gone:${table}`, '', { Table: table }),
    ),
  }
}

/** Rows of rights go all at once (12.1), so where one is too many all are written anew. */
function rightOrders(
  code: string,
  wanted: Wanted,
  extra: readonly string[],
  missing: Wanted['items'],
): Draft[] {
  const isRight = (item: string) => item.startsWith('right:')
  const tooMany = extra.some(isRight)
  const toWrite = tooMany ? wanted.items : missing
  return [
    ...(tooMany ? [draft('user.remove', code, 'rights', '', { Table: 'userauthorize' })] : []),
    ...toWrite
      .filter(({ item }) => isRight(item))
      .map(({ item, mark }) => draft('authorization.write', code, item, mark, { Item: item })),
  ]
}

/** One question for the row and one for each kind of template that has only been answered with yes. */
function questionsOn(code: string, wanted: Wanted, held: ReadonlyMap<string, ItemRow>): Draft[] {
  const unread = wanted.items.filter(({ item }) => held.get(item)?.proof === 'Answered')
  const types = new Set(
    unread.flatMap(({ item }) => (item.startsWith('bio:') ? [Number(item.split(':')[1])] : [])),
  )
  return [
    ...(unread.some(({ item }) => item === 'user') ? [draft('user.query', code, 'user', '')] : []),
    ...[...types].map(type => draft('template.query', code, `bio:${type}`, '', { Type: type })),
  ]
}

function pending(code: Reason, orders: readonly Draft[]): Step {
  return { type: 'orders', orders, state: 'Pending', code }
}

function draft(
  kind: CommandKind,
  EmployeeCode: string,
  item: string,
  mark: string,
  more: Readonly<Record<string, unknown>> = {},
): Draft {
  return { kind, item, mark, payload: { EmployeeCode, ...more } }
}
