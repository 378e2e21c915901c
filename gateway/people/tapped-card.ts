import { OperationError } from '#contract/errors.ts'
import type { GatewayDeps } from '../deps.ts'
import { readPayload } from '../store/commands.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { recordChange } from './changes.ts'
import { savePersonRecord } from './record.ts'

type Deps = Pick<GatewayDeps, 'clock' | 'config'>

/** Somebody who was asked for a card holds one to the reader within this time, or goes away. */
const askedMs = 10 * 60_000

/** The newest order by which a terminal was told to ask a person for a card; null: none it still bears on. */
async function askedForCard(write: Write, sn: string, code: string, at: number) {
  const rows = await write
    .selectFrom('command')
    .select(['payload', 'actor', 'sent_at'])
    .where('sn', '=', sn)
    .where('kind', '=', 'card.enroll')
    .where('state', 'in', ['sent', 'done'])
    .where('sent_at', '>', at - askedMs)
    .orderBy('id', 'desc')
    .execute()
  return rows.find(row => readPayload(row).EmployeeCode === code) ?? null
}

/**
 * A card that was held to the reader because somebody here asked for it is that person's from now on, on every
 * terminal of theirs; any other card a terminal reports of somebody whom the record decides about is not.
 */
export async function adoptTappedCard(
  deps: Deps,
  write: Write,
  device: DeviceRow,
  row: { readonly pin: string; readonly card: string | null },
  at: number,
): Promise<void> {
  if (row.card === null) return
  const person = await write
    .selectFrom('person')
    .select(['card', 'managed'])
    .where('employee_code', '=', row.pin)
    .executeTakeFirst()
  if (person?.managed !== 1 || person.card === row.card) return
  const asked = await askedForCard(write, device.sn, row.pin, at)
  if (asked === null) return
  try {
    await savePersonRecord(deps, write, row.pin, { Card: row.card }, { actor: asked.actor }, false)
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    await recordChange(write, {
      at,
      code: row.pin,
      actor: asked.actor,
      what: `Card refused at ${device.label}`,
      field: 'Card',
      was: null,
      became: error.detail ?? null,
    })
  }
}
