import { OperationError } from '#contract/errors.ts'
import type { GatewayDeps } from '../deps.ts'
import type { Write } from '../store/index.ts'
import { newChangeId, undoMs } from './changes.ts'
import { savePersonRecord, type Wish } from './record.ts'

/** A network and a finger on the way are given a little more than is shown. */
const graceMs = 5000

/** Fields of a change and what they were called then; secrets are not kept, so they cannot come back. */
const columns = {
  FirstName: 'first_name',
  LastName: 'last_name',
  Department: 'department',
  Group: 'group_name',
  UserType: 'privilege',
  ValidFrom: 'valid_from',
  ValidTo: 'valid_to',
} as const

type Field = keyof typeof columns

/**
 * Takes a change back: what still is as it made it becomes as it was, by a change of its own. Whoever was changed
 * again since is left alone. Throws CHANGE_NOT_FOUND, TOO_LATE.
 */
export async function undoChange(
  deps: Pick<GatewayDeps, 'clock' | 'config'>,
  write: Write,
  id: string,
  actor: string | null,
): Promise<{ restored: number; skipped: string[] }> {
  const rows = await write
    .selectFrom('person_change')
    .selectAll()
    .where('change_id', '=', id)
    .orderBy('id')
    .execute()
  const [first] = rows
  if (!first)
    throw new OperationError('CHANGE_NOT_FOUND', {
      field: 'ChangeID',
      detail: `There is no change ${id.slice(0, 40)}`,
    })
  if (deps.clock.now() > first.at + undoMs + graceMs)
    throw new OperationError('TOO_LATE', {
      field: 'ChangeID',
      detail: `A change can be taken back for ${undoMs / 1000} s; change it by hand`,
    })
  const author = { actor, changeId: newChangeId() }
  const skipped: string[] = []
  let restored = 0
  for (const [code, changes] of Map.groupBy(rows, row => row.employee_code)) {
    const person = await write
      .selectFrom('person')
      .selectAll()
      .where('employee_code', '=', code)
      .executeTakeFirst()
    const fields = changes.flatMap(({ field, was, became, what }) =>
      what === 'Changed' && field !== null && Object.hasOwn(columns, field)
        ? [{ field: field as Field, was, became }]
        : [],
    )
    const isAsMade = fields.every(
      ({ field, became }) => person !== undefined && text(person[columns[field]]) === (became ?? ''),
    )
    if (fields.length === 0 || !isAsMade) {
      skipped.push(code)
      continue
    }
    const wish: Wish = Object.fromEntries(
      fields.map(({ field, was }) =>
        // A role is the number it was: User and Admin are fewer words than terminals know.
        field === 'UserType' ? ['Privilege', was === null ? null : Number(was)] : [field, was ?? ''],
      ),
    )
    await savePersonRecord(deps, write, code, wish, author, false)
    restored += 1
  }
  return { restored, skipped }
}

function text(value: string | number | null): string {
  return value === null ? '' : String(value)
}
