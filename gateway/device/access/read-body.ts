import { countQueried } from '../../commands/count-queried.ts'
import type { DeviceRow } from '../../store/devices.ts'
import { doorsMax } from '../../store/door-states.ts'
import { readProfile } from '../../store/profiles.ts'
import { readLocalTime } from '../../time/zone.ts'
import { readOptions } from '../learn-options.ts'
import { factsOfText } from '../learn-profile.ts'
import type { AccessEvent } from '../protocol/access/access-event.ts'
import { SUPPORT } from '../protocol/access/registry.ts'
import { parseAccessEvents } from '../protocol/access/rtlog.ts'
import { parseRtstate } from '../protocol/access/rtstate.ts'
import { parseTabledata, type TabledataOptions } from '../protocol/access/tabledata.ts'
import type { TabledataRecord } from '../protocol/access/tabledata-records.ts'
import { splitLines } from '../protocol/text.ts'
import type { Rejected } from '../quarantine.ts'
import type { Body, ReadDeps, Reading } from '../read-upload.ts'
import { recordOperations } from '../record-operations.ts'
import { undecodableNames } from '../undecodable.ts'
import { accessFactsOf } from './facts.ts'
import { recordAccessEvents } from './record-events.ts'
import { recordDoorStates } from './record-states.ts'
import { rowsPrefix } from './upload-table.ts'

/** Reads a body of one of the tables of `accessTableOf`, or one line of it out of the quarantine; null for others. */
export function readAccessBody(deps: ReadDeps, device: DeviceRow, body: Body): Reading | null {
  if (body.table === 'rtlog') return readEvents(deps, device, body)
  if (body.table === 'rtstate') return readStates(deps, device, body)
  if (body.table.startsWith(rowsPrefix)) return readRows(deps, device, body)
  return null
}

function readEvents(deps: ReadDeps, device: DeviceRow, body: Body): Reading {
  const { charset, facts } = textOf(device, body)
  const { events, rejects, lineCount } = parseAccessEvents(body.bytes, { charset })
  return {
    lineCount,
    rejects,
    facts,
    record: write => keepEvents(deps, write, device, events, body),
  }
}

async function keepEvents(
  deps: ReadDeps,
  write: Parameters<Reading['record']>[0],
  device: DeviceRow,
  events: readonly AccessEvent[],
  { receivedAt, mayBeLive }: Body,
): ReturnType<Reading['record']> {
  const isLive = mayBeLive && events.length === 1
  const recorded = await recordAccessEvents(deps, write, device, events, { receivedAt, isLive })
  await countQueried(deps, write, device, {
    all: recorded.punchTimes,
    fresh: recorded.events.flatMap(event => (event.Event === 'OnAttendance' ? [event.AttendanceLog] : [])),
  })
  if (recorded.skewMs !== null) deps.clocks.note(device.sn, recorded.skewMs, 'event')
  return recorded.events
}

function readStates(
  deps: ReadDeps,
  device: DeviceRow,
  { table, bytes, receivedAt, mayBeLive }: Body,
): Reading {
  const setMeans = readProfile(device).relayPolarity
  const { states, rejects, lineCount } = parseRtstate(bytes, {
    doorCount: doorsMax,
    relaySetMeans: setMeans === 'unknown' ? undefined : setMeans,
  })
  return {
    lineCount,
    rejects,
    facts: textOf(device, { table, bytes }).facts,
    async record(write) {
      // A state is that of now, or it would not be one.
      const last = mayBeLive ? states.at(-1) : undefined
      if (last)
        deps.clocks.note(
          device.sn,
          readLocalTime(last.time.local, device.zone, receivedAt).instant - receivedAt,
          'state',
        )
      return recordDoorStates(write, device, states, receivedAt)
    },
  }
}

function readRows(deps: ReadDeps, device: DeviceRow, body: Body): Reading {
  const { charset, facts } = textOf(device, body)
  const parsed = parseTabledata(body.bytes, {
    ...tabledataOptions(device, body.table.slice(rowsPrefix.length)),
    charset,
  })
  const events = parsed.records.flatMap(record => (record.kind === 'event' ? [record.event] : []))
  const known = parsed.records.filter(isHandled)
  return {
    lineCount: parsed.lineCount,
    rejects: [
      ...parsed.rejects,
      ...keptRows(parsed.records, body.bytes),
      ...undecodableNames(parsed.records, body.bytes),
    ],
    facts,
    record: async write => [
      ...(await keepEvents(deps, write, device, events, { ...body, mayBeLive: false })),
      ...(await recordOperations(deps, write, device, known, body.receivedAt)),
    ],
  }
}

/** How a terminal writes the rows of a table, by its own word. */
export function tabledataOptions(device: DeviceRow, table: string): TabledataOptions {
  const about = accessFactsOf(device)
  return {
    charset: readProfile(device).charset,
    table,
    dateFormat: 'DateFmtFunOn' in readOptions(device) ? about.dateFormat : undefined,
    oneDoorPerRow: about.supports.has(SUPPORT.oneDoorPerRow),
  }
}

type Handled = Extract<TabledataRecord, { kind: 'user' | 'template' | 'picture' | 'error' }>

function isHandled(record: TabledataRecord): record is Handled {
  return ['user', 'template', 'picture', 'error'].includes(record.kind)
}

/** Rows nothing here uses yet are kept whole and sealed, with what they are; those of unknown tables say so. */
function keptRows(records: readonly TabledataRecord[], bytes: Buffer): Rejected[] {
  const rest = records.filter(record => !isHandled(record) && record.kind !== 'event')
  if (rest.length === 0) return []
  const lines = new Map(splitLines(bytes).map(line => [line.line, line.bytes]))
  return rest.map(({ kind, line }) => ({
    line,
    reason: kind === 'row' ? 'unknown-table' : `kept:${kind}`,
    bytes: lines.get(line) ?? new Uint8Array(),
  }))
}

function textOf(device: DeviceRow, { table, bytes }: Pick<Body, 'table' | 'bytes'>) {
  const profile = readProfile(device)
  const facts = factsOfText(profile, table, bytes)
  return { facts, charset: facts[0]?.value ?? profile.charset }
}
