import type { EventBody } from '#contract/events.ts'
import { type CommandRow, commandEntity } from '../store/commands.ts'
import type { Reader } from '../store/index.ts'

/** OnCommand for rows as they are now. An id names command and state, so a repeated telling is known as one. */
export async function commandEvents(
  reader: Reader,
  rows: readonly CommandRow[],
  now: number,
): Promise<EventBody<'OnCommand'>[]> {
  if (rows.length === 0) return []
  const places = await reader
    .selectFrom('device')
    .select(['sn', 'site'])
    .where('sn', 'in', [...new Set(rows.map(({ sn }) => sn))])
    .execute()
  const sites = new Map(places.map(({ sn, site }) => [sn, site]))
  return rows.map(row => {
    const { CommandID, Operation, DeviceSN, State, ReturnCode, Error: error, DoorNo } = commandEntity(row)
    return {
      Event: 'OnCommand',
      OperationID: `c${CommandID}-${State.toLowerCase()}-${row.attempts}`,
      OccurredAt: new Date(now).toISOString(),
      CommandID,
      Operation,
      DeviceSN,
      Site: sites.get(DeviceSN) ?? null,
      State,
      ReturnCode,
      Error: error,
      DoorNo,
    }
  })
}
