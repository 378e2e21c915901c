import type { EventBody } from '#contract/events.ts'
import { type CommandRow, commandEntity } from '../store/commands.ts'

/** OnCommand for a row as it is now. The id names command and state, so a repeated telling is known as one. */
export function commandEvent(row: CommandRow, now: number): EventBody<'OnCommand'> {
  const { CommandID, Operation, DeviceSN, State, ReturnCode, Error: error, DoorNo } = commandEntity(row)
  return {
    Event: 'OnCommand',
    OperationID: `c${CommandID}-${State.toLowerCase()}-${row.attempts}`,
    OccurredAt: new Date(now).toISOString(),
    CommandID,
    Operation,
    DeviceSN,
    State,
    ReturnCode,
    Error: error,
    DoorNo,
  }
}
