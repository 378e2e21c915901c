import type { z } from 'zod'
import type { QuarantinedLine } from '#contract/entities/quarantine.ts'
import type { TerminalLogEntry } from '#contract/entities/terminal-log.ts'
import { OperationError } from '#contract/errors.ts'
import { operationName } from '../device/protocol/codes.ts'
import { errorMeaning } from '../device/protocol/error-codes.ts'
import { showBytes } from '../device/protocol/shown-bytes.ts'
import { reparseQuarantine } from '../device/reparse.ts'
import { findIncidents } from '../store/incidents.ts'
import { findQuarantined, type QuarantineRow } from '../store/quarantine.ts'
import { sealBytes, unseal } from '../store/seal.ts'
import { findLog, type LogRow } from '../store/terminal-log.ts'
import type { Call, Handlers } from './handler.ts'
import { requireKnown, requireOverview, visibleDevices } from './scope.ts'

/** Raw bytes only for those who may act on the terminal; kept templates and pictures for nobody. */
function toEntity(
  row: QuarantineRow,
  { caller, deps }: Pick<Call, 'caller' | 'deps'>,
): z.output<typeof QuarantinedLine> {
  const maySee = caller.permissions === 'all' || caller.permissions.has('devices:operate')
  return {
    QuarantineID: String(row.id),
    DeviceSN: row.sn,
    LabelName: row.label ?? row.sn,
    ReceivedAt: new Date(row.received_at).toISOString(),
    Table: row.table_name,
    Line: row.line,
    Reason: row.reason,
    Bytes: Math.max(0, row.sealedBytes - sealBytes),
    Raw: maySee && row.raw !== null ? showBytes(unseal(deps.config.sealKey, row.raw)) : null,
  }
}

function toLogEntity(row: LogRow): z.output<typeof TerminalLogEntry> {
  const isError = row.kind === 'error'
  return {
    EntryID: String(row.id),
    DeviceSN: row.sn,
    LabelName: row.label ?? row.sn,
    Kind: isError ? 'Error' : 'Operation',
    Code: row.code,
    Meaning: isError ? (errorMeaning(row.code) ?? `error ${row.code}`) : operationName(Number(row.code)),
    Operator: row.operator === '0' ? null : row.operator,
    About: row.about,
    LocalTime: row.local_time,
    ReceivedAt: new Date(row.received_at).toISOString(),
  }
}

export const deviceTroubleHandlers = {
  async 'devices.incidents'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const { rows, paging } = await findIncidents(
      call.deps.store.read,
      { sns, open: input.Open, kind: input.Kind, site: input.Site },
      { offSet: input.OffSet, limit: input.Limit, order: input.Order },
    )
    return { status: 200, body: { Incidents: rows, ...paging } }
  },

  async 'devices.log'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const page = { offSet: input.OffSet, limit: input.Limit, order: input.Order }
    const { rows, paging } = await findLog(call.deps.store.read, sns, page)
    return { status: 200, body: { Entries: rows.map(toLogEntity), ...paging } }
  },

  async 'devices.quarantine'(input, call) {
    if (input.DeviceSN !== undefined) await requireKnown(call, input.DeviceSN)
    const sns = input.DeviceSN === undefined ? visibleDevices(call) : [input.DeviceSN]
    const { rows, paging } = await findQuarantined(
      call.deps.store.read,
      { sns, kept: input.Kept },
      { offSet: input.OffSet, limit: input.Limit, order: input.Order },
    )
    return { status: 200, body: { Lines: rows.map(row => toEntity(row, call)), ...paging } }
  },

  async 'devices.reparse'(input, call) {
    const { state } = await requireOverview(call, input.DeviceSN)
    if (state !== 'adopted') throw new OperationError('DEVICE_WAITING', { field: 'DeviceSN' })
    const { read, understood, newPunches } = await reparseQuarantine(call.deps, input.DeviceSN)
    const { rejects } = await requireOverview(call, input.DeviceSN)
    return {
      status: 200,
      body: { Read: read, Understood: understood, NewPunches: newPunches, Remaining: rejects },
    }
  },
} satisfies Pick<Handlers, 'devices.incidents' | 'devices.log' | 'devices.quarantine' | 'devices.reparse'>
