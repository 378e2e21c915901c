import type { GatewayDeps } from '../deps.ts'
import type { TemplateRow, UserRow } from '../device/protocol/attendance/operlog-records.ts'
import { readWholeNumber } from '../device/protocol/whole-number.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { seal } from '../store/seal.ts'
import { searchText } from '../store/search-text.ts'
import { abilitiesOf } from './abilities.ts'
import { bioItem, itemName } from './bio-types.ts'
import { recordChange } from './changes.ts'
import { type Mark, marker } from './marks.ts'
import { forgetAbsence, setPair } from './reconcile.ts'
import { readRules } from './rules.ts'
import { endQuestion, note } from './settle-person.ts'
import { loadSubjects, schedulesByPerson } from './subjects.ts'
import { type WantedFields, wantedOn } from './wanted.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config'>

/** What a terminal holds on its first day here is taken as it is; who turns up later, nobody has ordered. */
const baselineMs = 24 * 3_600_000
/** Terminals cut names at 8 to 24 bytes; a shorter beginning is another name. */
const nameBytesMin = 8
const unreadable = '\ufffd'

/** A person's row as a terminal reports it, after it has been saved: what that says about the wanted state. */
export async function noteReportedUser(
  deps: Deps,
  write: Write,
  device: DeviceRow,
  row: UserRow,
  at: number,
): Promise<void> {
  const orders = await write
    .selectFrom('person_order')
    .innerJoin('command', 'command.id', 'person_order.command_id')
    .select(['command_id', 'command.kind', 'command.state'])
    .where('person_order.sn', '=', device.sn)
    .where('person_order.employee_code', '=', row.pin)
    .execute()
  await compareReported(deps, write, { device, row, orders }, at)
  for (const { command_id, kind, state } of orders)
    if (kind === 'user.query' && state === 'done') await endQuestion(deps, write, command_id)
}

interface Reported {
  readonly device: DeviceRow
  readonly row: UserRow
  /** What is open about the person at the terminal. */
  readonly orders: readonly { readonly kind: string }[]
}

async function compareReported(
  deps: Deps,
  write: Write,
  { device, row, orders }: Reported,
  at: number,
): Promise<void> {
  const pair = await write
    .selectFrom('person_wanted')
    .selectAll()
    .where('employee_code', '=', row.pin)
    .where('sn', '=', device.sn)
    .executeTakeFirst()
  if (!pair) {
    if (device.adopted_at !== null && at - device.adopted_at < baselineMs)
      await takeAsFound(deps, write, device, row.pin)
    return
  }
  const subject = (await loadSubjects(write, [row.pin])).get(row.pin)
  if (!subject || subject.person.managed === 0) return
  const isAsked = orders.some(({ kind }) => kind === 'user.query')
  if (orders.length > 0 && !isAsked) return
  const schedules = (await schedulesByPerson(write, device.sn, [row.pin])).get(row.pin) ?? null
  const mark = await marker(deps, write)
  const wanted = wantedOn(subject, abilitiesOf(device), { now: deps.clock.now(), mark, schedules })
  const wantedMark = wanted.items.find(({ item }) => item === 'user')?.mark
  if (pair.wanted === 0 || wantedMark === undefined) {
    // It is there although it should not be; if nobody is asking just now, it has to be taken off again.
    if (isAsked) return
    await forgetAbsence(write, pair)
    await setPair(write, pair, { due_at: at })
    return
  }
  const difference = differenceOf(row, wanted.fields, mark)
  // What the row leaves open is proven by nothing but having been written.
  if (difference === null && isSilentOn(row, wanted.fields) && !(await wasWritten(write, pair, wantedMark)))
    return
  await note(write, {
    employee_code: row.pin,
    sn: device.sn,
    item: 'user',
    mark: difference === null ? wantedMark : '',
    proof: difference === null ? (isAsked ? 'ReadBack' : 'Reported') : 'Different',
    reason: difference,
    at,
  })
  if (difference === null || isAsked) return
  await recordChange(write, {
    at,
    code: row.pin,
    actor: null,
    what: `Found changed at ${device.label}`,
    field: null,
    was: null,
    became: difference,
  })
  await setPair(write, pair, { due_at: at })
}

/** Whether something is wanted that the row does not tell. */
function isSilentOn(row: UserRow, wanted: WantedFields): boolean {
  const { card, passwordMark, validFrom, validTo } = wanted
  const isOpen = validFrom !== null || validTo !== null
  return (card !== null && !row.saysCard) || (passwordMark !== null && row.password === null) || isOpen
}

async function wasWritten(
  write: Write,
  { employee_code, sn }: { readonly employee_code: string; readonly sn: string },
  mark: string,
): Promise<boolean> {
  const held = await write
    .selectFrom('person_item')
    .select('mark')
    .where('employee_code', '=', employee_code)
    .where('sn', '=', sn)
    .where('item', '=', 'user')
    .executeTakeFirst()
  return held?.mark === mark
}

async function takeAsFound(deps: Deps, write: Write, device: DeviceRow, code: string): Promise<void> {
  const person = await write
    .selectFrom('person')
    .select(['managed', 'version', 'status'])
    .where('employee_code', '=', code)
    .executeTakeFirst()
  // Somebody who has left and is on a terminal all the same is nobody's wish.
  if (person?.status !== 'active') return
  const now = deps.clock.now()
  const isOurs = person.managed === 1
  await write
    .insertInto('person_wanted')
    .values({
      employee_code: code,
      sn: device.sn,
      origin: 'found',
      wanted: 1,
      state: isOurs ? 'Pending' : 'InStep',
      reason_code: isOurs ? 'Waiting' : 'None',
      reason: null,
      since: now,
      attempts: 0,
      due_at: isOurs ? now : null,
      synced_version: isOurs ? null : person.version,
      confirmed_at: isOurs ? null : now,
    })
    .onConflict(conflict => conflict.columns(['employee_code', 'sn']).doNothing())
    .execute()
}

/** In words what a terminal holds otherwise than wanted; null when it is the same as far as it says. */
function differenceOf(row: UserRow, wanted: WantedFields, mark: Mark): string | null {
  const name = row.name?.trim() ?? null
  const isSameName =
    name === null ||
    name === wanted.name ||
    name.includes(unreadable) ||
    (Buffer.byteLength(name) >= nameBytesMin && wanted.name.startsWith(name))
  if (!isSameName) return `The terminal has the name ${JSON.stringify(name)}`
  if (row.privilege !== null && wanted.privilege !== null && row.privilege !== wanted.privilege)
    return `The terminal has privilege ${row.privilege} in place of ${wanted.privilege}`
  if (row.saysCard && wanted.card !== null && (row.card ?? '') !== wanted.card)
    return 'The terminal has another card'
  if (
    row.password !== null &&
    wanted.passwordMark !== null &&
    mark('password', row.password) !== wanted.passwordMark
  )
    return 'The terminal has another keypad code'
  return null
}

/**
 * A template a terminal sends: kept sealed, and wanted from now on wherever the person is. What is already known is
 * only noted as being there. Of somebody who has left nothing is kept, and where consent is needed, nothing without.
 */
export async function keepReportedTemplate(
  deps: Deps,
  write: Write,
  device: DeviceRow,
  row: TemplateRow,
  at: number,
): Promise<void> {
  const type = row.type ?? 0
  const key = { employee_code: row.pin, bio_type: type, no: row.no ?? 0, idx: row.index ?? 0 }
  await write
    .insertInto('person')
    .values({
      employee_code: row.pin,
      first_name: '',
      last_name: '',
      privilege: null,
      card: null,
      search_text: searchText({ employee_code: row.pin, first_name: '', last_name: '', department: '' }),
      updated_at: at,
    })
    .onConflict(conflict => conflict.column('employee_code').doNothing())
    .execute()
  const person = await write
    .selectFrom('person')
    .select(['managed', 'status', 'consent'])
    .where('employee_code', '=', row.pin)
    .executeTakeFirstOrThrow()
  const rules = await readRules(write)
  if (person.status !== 'active' || (rules.ConsentNeeded && !consents(person.consent))) return
  const mark = await marker(deps, write)
  const content = row.template
  const itsMark = mark('template', content)
  const item = bioItem(key)
  const major = row.majorVersion ?? abilitiesOf(device).algorithm(type) ?? ''
  const known = await write
    .selectFrom('credential')
    .select(['id', 'mark'])
    .where('employee_code', '=', row.pin)
    .where('bio_type', '=', type)
    .where('no', '=', key.no)
    .where('idx', '=', key.idx)
    .where('major', '=', major)
    .executeTakeFirst()
  const asked = await write
    .selectFrom('person_order')
    .select('command_id')
    .where('sn', '=', device.sn)
    .where('employee_code', '=', row.pin)
    .where('item', '=', `bio:${type}`)
    .executeTakeFirst()
  // Asked back, a terminal may hold the same finger in a form of its own.
  if (known && (known.mark === itsMark || asked)) {
    await note(write, {
      employee_code: row.pin,
      sn: device.sn,
      item,
      mark: known.mark,
      proof: asked ? 'ReadBack' : 'Reported',
      reason: null,
      at,
    })
    return
  }
  const values = {
    ...key,
    major,
    minor: row.minorVersion ?? '',
    format: readWholeNumber(row.format ?? undefined) ?? 0,
    duress: row.duress === 1 || row.valid === 3 ? 1 : 0,
    source: device.sn,
    bytes: content.length,
    mark: itsMark,
    content: seal(deps.config.sealKey, Buffer.from(content)),
    at,
  }
  await saveCredential(write, values)
  await note(write, {
    employee_code: row.pin,
    sn: device.sn,
    item,
    mark: itsMark,
    proof: 'Reported',
    reason: null,
    at,
  })
  await recordChange(write, {
    at,
    code: row.pin,
    actor: null,
    what: known ? 'Enrolled again' : 'Enrolled',
    field: itemName(item),
    was: null,
    became: `at ${device.label}${major === '' ? '' : `, algorithm ${major}`}`,
  })
  await bumpVersion(write, row.pin, at)
}

/** Keeps a template, in place of an older one of the same finger and algorithm. */
export async function saveCredential(
  write: Write,
  values: {
    employee_code: string
    bio_type: number
    no: number
    idx: number
    major: string
    minor: string
    format: number
    duress: number
    source: string
    bytes: number
    mark: string
    content: Uint8Array
    at: number
  },
): Promise<void> {
  const { minor, format, duress, source, bytes, mark, content, at } = values
  await write
    .insertInto('credential')
    .values(values)
    .onConflict(conflict =>
      conflict
        .columns(['employee_code', 'bio_type', 'no', 'idx', 'major'])
        .doUpdateSet({ minor, format, duress, source, bytes, mark, content, at }),
    )
    .execute()
}

/** Something of the person that terminals hold has changed: all of theirs have to be looked at. */
export async function bumpVersion(write: Write, code: string, at: number): Promise<void> {
  await write
    .updateTable('person')
    .set(({ eb }) => ({ version: eb('version', '+', 1), updated_at: at }))
    .where('employee_code', '=', code)
    .execute()
  await write
    .updateTable('person_wanted')
    .set({ due_at: at, state: 'Pending', reason_code: 'Waiting', reason: null, since: at, attempts: 0 })
    .where('employee_code', '=', code)
    .where('wanted', '=', 1)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('person')
          .select('person.employee_code')
          .where('person.employee_code', '=', code)
          .where('managed', '=', 1),
      ),
    )
    .execute()
}

/** Whether consent stands recorded. */
export function consents(consent: string | null): boolean {
  return consent !== null && (JSON.parse(consent) as { given?: unknown }).given === true
}
