import { OperationError } from '#contract/errors.ts'
import type { GatewayDeps } from '../deps.ts'
import { checkedPin } from '../device/protocol/checked-fields.ts'
import { UnsafeFieldError } from '../device/protocol/unsafe-field.ts'
import type { Write } from '../store/index.ts'
import { seal } from '../store/seal.ts'
import { searchText } from '../store/search-text.ts'
import { newChangeId, recordChange } from './changes.ts'
import { marker } from './marks.ts'
import { bumpVersion } from './report.ts'
import { readRules } from './rules.ts'
import { firstSecond, lastSecond, type PersonRow } from './wanted.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config'>

/** What may be said of a person; absent stays, '' clears. */
export interface Wish {
  readonly FirstName?: string | undefined
  readonly LastName?: string | undefined
  readonly Department?: string | undefined
  readonly Group?: string | undefined
  readonly UserType?: 'User' | 'Admin' | undefined
  /** The number itself, as terminals count it; null: nobody knows it. Of a change that is taken back. */
  readonly Privilege?: number | null | undefined
  readonly ValidFrom?: string | undefined
  readonly ValidTo?: string | undefined
  readonly Card?: string | undefined
  readonly Password?: string | undefined
}

export interface Author {
  readonly actor: string | null
  readonly changeId?: string
}

type Column =
  | 'first_name'
  | 'last_name'
  | 'department'
  | 'group_name'
  | 'privilege'
  | 'valid_from'
  | 'valid_to'
  | 'card'
  | 'password_mark'

/** Fields by column, with what terminals hold of them. */
const fields: readonly { field: string; column: Column; onTerminals: boolean; secret?: true }[] = [
  { field: 'FirstName', column: 'first_name', onTerminals: true },
  { field: 'LastName', column: 'last_name', onTerminals: true },
  { field: 'Department', column: 'department', onTerminals: false },
  { field: 'Group', column: 'group_name', onTerminals: false },
  { field: 'UserType', column: 'privilege', onTerminals: true },
  { field: 'ValidFrom', column: 'valid_from', onTerminals: true },
  { field: 'ValidTo', column: 'valid_to', onTerminals: true },
  { field: 'Card', column: 'card', onTerminals: true, secret: true },
  { field: 'Password', column: 'password_mark', onTerminals: true, secret: true },
]

/** Stands in the place of a digest where a keypad code was taken away, so that terminals are told. */
export const clearedPassword = 'cleared'

/** 14 is the administrator every flavour knows (iclock-push 5.3). */
const administrator = 14

export interface Saved {
  readonly changeId: string
  /** Fields that are now otherwise. */
  readonly changed: readonly string[]
  readonly isNew: boolean
}

/**
 * Says something of a person: from now on the record here decides, and terminals follow. Creates who is unknown when
 * `create`. Throws USER_NOT_FOUND, INVALID_INPUT, INVALID_DATE, CREDENTIAL_REFUSED.
 */
export async function savePersonRecord(
  deps: Deps,
  write: Write,
  code: string,
  wish: Wish,
  author: Author,
  create: boolean,
): Promise<Saved> {
  const now = deps.clock.now()
  const before = await write
    .selectFrom('person')
    .selectAll()
    .where('employee_code', '=', code)
    .executeTakeFirst()
  if (!before && !create)
    throw new OperationError('USER_NOT_FOUND', {
      field: 'EmployeeCode',
      detail: `There is no person ${code}`,
    })
  requirePin(code)
  const columns = await columnsOf(deps, write, code, wish, before)
  requireOrder(columns.valid_from ?? before?.valid_from ?? null, columns.valid_to ?? before?.valid_to ?? null)
  const blank = { first_name: '', last_name: '', department: '' }
  const search_text = searchText({ ...blank, ...before, ...columns, employee_code: code })
  if (before) {
    await write
      .updateTable('person')
      .set({
        ...columns,
        search_text,
        managed: 1,
        updated_at: now,
        ...(before.status === 'left' && create ? { status: 'active' } : {}),
      })
      .where('employee_code', '=', code)
      .execute()
  } else {
    await write
      .insertInto('person')
      .values({
        employee_code: code,
        first_name: '',
        last_name: '',
        privilege: 0,
        card: null,
        managed: 1,
        created_at: now,
        updated_at: now,
        ...columns,
        search_text,
      })
      .execute()
  }
  const changeId = author.changeId ?? newChangeId()
  const changed = fields.filter(
    ({ column }) => column in columns && (columns[column] ?? null) !== (before?.[column] ?? null),
  )
  for (const { field, column, secret } of changed)
    await recordChange(write, {
      changeId,
      at: now,
      code,
      actor: author.actor,
      what: before ? 'Changed' : 'Created',
      field,
      was: shown(before?.[column] ?? null, secret),
      became: shown(columns[column] ?? null, secret),
    })
  if (!before && changed.length === 0)
    await recordChange(write, {
      changeId,
      at: now,
      code,
      actor: author.actor,
      what: 'Created',
      field: null,
      was: null,
      became: null,
    })
  // Who becomes managed is from now on to be everywhere as it is said here.
  if (changed.some(({ onTerminals }) => onTerminals) || before?.managed === 0)
    await bumpVersion(write, code, now)
  return { changeId, changed: changed.map(({ field }) => field), isNew: !before }
}

type Columns = Partial<Pick<PersonRow, Column | 'password'>>

async function columnsOf(
  deps: Deps,
  write: Write,
  code: string,
  wish: Wish,
  before: PersonRow | undefined,
): Promise<Columns> {
  const privilege = before?.privilege ?? 0
  return {
    ...(wish.FirstName === undefined ? {} : { first_name: wish.FirstName }),
    ...(wish.LastName === undefined ? {} : { last_name: wish.LastName }),
    ...(wish.Department === undefined ? {} : { department: wish.Department }),
    ...(wish.Group === undefined ? {} : { group_name: wish.Group }),
    ...(wish.UserType === undefined
      ? {}
      : { privilege: wish.UserType === 'User' ? 0 : privilege >= 2 ? privilege : administrator }),
    ...(wish.Privilege === undefined ? {} : { privilege: wish.Privilege }),
    ...(wish.ValidFrom === undefined ? {} : { valid_from: wish.ValidFrom || null }),
    ...(wish.ValidTo === undefined ? {} : { valid_to: wish.ValidTo || null }),
    ...(wish.Card === undefined ? {} : { card: await freeCard(write, code, wish.Card) }),
    ...(wish.Password === undefined ? {} : await passwordOf(deps, write, code, wish.Password)),
  }
}

/** Terminals tell people apart by this; what none of them could store is refused before anything is written. */
function requirePin(code: string): void {
  try {
    checkedPin(code)
  } catch (error) {
    if (!(error instanceof UnsafeFieldError)) throw error
    throw new OperationError('INVALID_INPUT', {
      field: 'EmployeeCode',
      detail: `${JSON.stringify(code)} cannot be a code at terminals: no "*" and no "=", and 0 is nobody`,
    })
  }
}

function requireOrder(from: string | null, to: string | null): void {
  const first = firstSecond(from)
  const last = lastSecond(to)
  if (first === null || last === null || first <= last) return
  throw new OperationError('INVALID_DATE', {
    field: 'ValidTo',
    detail: `ValidTo ${to} lies before ValidFrom ${from}`,
  })
}

/** A card as it is kept, or CREDENTIAL_REFUSED when somebody else has it. */
export async function freeCard(write: Write, code: string, card: string): Promise<string | null> {
  const number = card.replace(/^0+(?=\d)/, '')
  if (number === '' || number === '0') return ''
  const holder = await write
    .selectFrom('person')
    .select(['employee_code'])
    .where('card', '=', number)
    .where('employee_code', '!=', code)
    .where('status', '!=', 'left')
    .executeTakeFirst()
  if (!holder) return number
  throw new OperationError('CREDENTIAL_REFUSED', {
    field: 'CardNumber',
    detail: `The card belongs to ${holder.employee_code} already; take it from there first`,
  })
}

/** A keypad code sealed, or CREDENTIAL_REFUSED when it breaks a rule; what it is nobody is told. */
async function passwordOf(
  deps: Deps,
  write: Write,
  code: string,
  password: string,
): Promise<Pick<PersonRow, 'password' | 'password_mark'>> {
  const mark = await marker(deps, write)
  const password_mark = password === '' ? clearedPassword : mark('password', password)
  const sealed = { password: seal(deps.config.sealKey, Buffer.from(password)), password_mark }
  if (password === '') return sealed
  const rules = await readRules(write)
  const refuse = (detail: string) => new OperationError('CREDENTIAL_REFUSED', { field: 'Password', detail })
  if (password.length < rules.PasswordDigitsMin)
    throw refuse(`A keypad code has at least ${rules.PasswordDigitsMin} digits here`)
  if (/^(\d)\1*$/.test(password) && password.length > 1)
    throw refuse('A keypad code is not one digit repeated')
  if (!rules.PasswordsUnique) return sealed
  const twin = await write
    .selectFrom('person')
    .select('employee_code')
    .where('password_mark', '=', password_mark)
    .where('employee_code', '!=', code)
    .executeTakeFirst()
  if (twin) throw refuse('This keypad code is taken; choose another one')
  return sealed
}

function shown(value: string | number | null, secret: true | undefined): string | null {
  if (value === null || value === '') return null
  return secret ? 'set' : String(value)
}
