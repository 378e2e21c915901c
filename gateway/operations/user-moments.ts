import { OperationError } from '#contract/errors.ts'
import { applyHappening } from '../commands/settle.ts'
import { findCommand } from '../store/commands.ts'
import { findDoorEvents } from '../store/doors.ts'
import type { Handlers } from './handler.ts'
import { readRange } from './range.ts'
import { visibleDevices } from './scope.ts'

/** What one person did at doors, and taking back what a terminal has not asked them for yet. */
export const userMomentHandlers = {
  async 'users.doorEvents'(input, call) {
    const { rows, paging } = await findDoorEvents(
      call.deps.store.read,
      { sns: visibleDevices(call), employeeCode: input.EmployeeCode, ...readRange(input) },
      { offSet: input.OffSet, limit: input.Limit, order: 'desc' },
    )
    return { status: 200, body: { Events: rows, ...paging } }
  },

  async 'users.cancelEnrolment'(input, call) {
    const sns = visibleDevices(call)
    const cancelled = await call.deps.store.write(async write => {
      const command = await findCommand(write, input.CommandID)
      const isSeen = command !== undefined && (sns === null || sns.includes(command.sn))
      if (!isSeen || !command.kind.endsWith('.enroll')) throw new OperationError('COMMAND_NOT_FOUND')
      const state = await applyHappening(
        call.deps,
        write,
        command,
        { type: 'cancelled' },
        { error: 'Cancelled before the terminal fetched it' },
      )
      if (state === null)
        throw new OperationError('TOO_LATE', {
          detail: 'The terminal has it already, or it is over; cancel at its display',
        })
      return command
    })
    call.deps.wakeDelivery()
    return { status: 200, body: { CommandID: input.CommandID, DeviceSN: cancelled.sn, State: 'Cancelled' } }
  },
} satisfies Pick<Handlers, 'users.doorEvents' | 'users.cancelEnrolment'>
