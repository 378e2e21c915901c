import { OperationError } from '#contract/errors.ts'
import type { OperationAnswer } from '#contract/types.ts'
import type { GatewayDeps } from '../deps.ts'
import { findDevice } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { advancePairs } from './reconcile.ts'

type Result = OperationAnswer<'users.add'>['Results'][number]

export interface Outcome {
  readonly results: Result[]
  /** Terminals that are away: their orders wait. */
  readonly away: boolean
}

/** Does what is next for one person on these terminals at once, so that the caller gets the orders by name. */
export async function orderNow(
  deps: Pick<GatewayDeps, 'clock' | 'config'>,
  write: Write,
  code: string,
  sns: readonly string[],
  actor: string | null,
): Promise<Outcome> {
  const results: Result[] = []
  let away = false
  for (const sn of sns) {
    const device = await findDevice(write, sn)
    if (!device)
      throw new OperationError('DEVICE_NOT_FOUND', { field: 'DeviceSN', detail: `There is no device ${sn}` })
    if (device.state !== 'adopted')
      throw new OperationError('DEVICE_WAITING', { field: 'DeviceSN', detail: `${sn} is not adopted yet` })
    const contact = await write
      .selectFrom('device_contact')
      .select(['online', 'since', 'last_seen_at'])
      .where('sn', '=', sn)
      .executeTakeFirst()
    const pair = await write
      .selectFrom('person_wanted')
      .selectAll()
      .where('sn', '=', sn)
      .where('employee_code', '=', code)
      .executeTakeFirst()
    const ids = pair ? await advancePairs(deps, write, device, [pair], actor) : new Map<string, number[]>()
    const after = await write
      .selectFrom('person_wanted')
      .select(['state', 'reason'])
      .where('sn', '=', sn)
      .where('employee_code', '=', code)
      .executeTakeFirst()
    const [first] = ids.get(code) ?? []
    const isAway = contact?.online !== 1
    const isOpen = first !== undefined
    if (isOpen && isAway) away = true
    results.push({
      DeviceSN: sn,
      Status: isOpen
        ? 'queued'
        : after?.state === 'Blocked' || after?.state === 'Failed'
          ? 'refused'
          : 'done',
      CommandID: isOpen ? String(first) : null,
      Error:
        isOpen && isAway
          ? `${offline(contact)}; the order waits for it`
          : isOpen
            ? null
            : (after?.reason ?? null),
    })
  }
  return { results, away }
}

function offline(contact: { since: number; last_seen_at: number | null } | undefined): string {
  if (contact?.last_seen_at == null) return 'The terminal has never been seen'
  return `Offline since ${new Date(contact.since).toISOString()}`
}
