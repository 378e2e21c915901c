import { unseal } from '../../gateway/store/seal.ts'
import type { TestGateway } from './start-gateway.ts'

/** A line, or with number 0 a whole body, that became no record. */
export type Quarantined = readonly [line: number, reason: string, raw: string]

/** What a terminal's uploads have become, looked up behind the API. Bytes are shown one character each. */
export async function keptOf({ store, gateway }: TestGateway, sn: string) {
  const { sealKey } = gateway.deps.config
  const raw = (sealed: Uint8Array) => unseal(sealKey, sealed).toString('latin1')
  const { read } = store
  const punches = await read
    .selectFrom('punch')
    .where('sn', '=', sn)
    .select(['employee_code', 'local_time', 'status'])
    .orderBy('id')
    .execute()
  const lines = await read
    .selectFrom('quarantine')
    .where('sn', '=', sn)
    .select(['line', 'reason', 'raw'])
    .orderBy('id')
    .execute()
  const held = await read
    .selectFrom('held_upload')
    .where('sn', '=', sn)
    .select('body')
    .orderBy('id')
    .execute()
  return {
    punches: punches.map(row => [row.employee_code, row.local_time, row.status] as const),
    quarantined: lines.map((row): Quarantined => [row.line, row.reason, raw(row.raw)]),
    held: held.map(row => raw(row.body)),
  }
}
