import { operations } from '#contract/operations/index.ts'
import { exportDoorEvents } from '../exports/export-door-events.ts'
import { type DoorEventEntity, type DoorEventFilter, findDoorEvents } from '../store/doors.ts'
import type { Reader } from '../store/index.ts'
import type { Handlers } from './handler.ts'
import { readRange } from './range.ts'
import { requireKnown, visibleDevices } from './scope.ts'

const pageRows = 200

export const doorFileHandlers = {
  async 'doors.exportLogs'(input, call) {
    const { store, log } = call.deps
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const filter = {
      ...readRange(input),
      sns: input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN],
      doorNo: input.DoorNo,
      events: input.Event,
    }
    const { content, rowCount } = await exportDoorEvents(pagesOf(store.read, filter, input.Order), {
      format: input.Format,
      hidden: call.hiddenFields ?? new Set(),
      callerOperationId: input.OperationID,
    })
    content.once('close', () => {
      const about = { tokenId: call.caller.tokenId, format: input.Format, rows: rowCount() }
      log.info(about, content.readableEnded ? 'a door log was written' : 'a door log was given up')
    })
    const day = (date: string) => date.slice(0, 10)
    return {
      status: 200,
      file: {
        name: `doors_${day(input.FromDate)}_${day(input.ToDate)}.${input.Format}`,
        type: operations['doors.exportLogs'].file[input.Format],
        content,
        rowCount,
      },
    }
  },
} satisfies Partial<Handlers>

/** Page after page by position: no cap, and never more than one page in memory. */
async function* pagesOf(
  reader: Reader,
  filter: DoorEventFilter,
  order: 'asc' | 'desc',
): AsyncGenerator<DoorEventEntity[]> {
  let offSet: string | undefined
  do {
    const { rows, paging } = await findDoorEvents(reader, filter, { offSet, limit: pageRows, order })
    if (rows.length > 0) yield rows
    offSet = paging.OffSet || undefined
  } while (offSet !== undefined)
}
