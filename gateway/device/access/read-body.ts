import { countQueried } from '../../commands/count-queried.ts'
import { readOptions } from '../../store/device-options.ts'
import type { DeviceRow } from '../../store/devices.ts'
import { doorsMax } from '../../store/door-states.ts'
import { readProfile } from '../../store/profiles.ts'
import { readLocalTime } from '../../time/zone.ts'
import { keepPhotos, sortPhotos } from '../keep-photos.ts'
import { factsOfText } from '../learn-profile.ts'
import type { AccessEvent } from '../protocol/access/access-event.ts'
import { SUPPORT } from '../protocol/access/registry.ts'
import { parseAccessEvents } from '../protocol/access/rtlog.ts'
import { parseRtstate } from '../protocol/access/rtstate.ts'
import { parseTabledata, type TabledataOptions } from '../protocol/access/tabledata.ts'
import type { PhotoRow, TabledataRecord } from '../protocol/access/tabledata-records.ts'
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
  const recorded = await recordAccessEvents(deps, write, device, events, { receivedAt, isLive, mayBeLive })
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
  let lines: ReadonlyMap<number, Uint8Array> | undefined
  const lineOf = (line: number) => {
    lines ??= new Map(splitLines(body.bytes).map(one => [one.line, one.bytes]))
    return lines.get(line) ?? new Uint8Array()
  }
  const taken = parsed.records
    .filter(isPhoto)
    .map(photo => ({ ...photo, content: Buffer.from(photo.content, 'base64') }))
  const photos = sortPhotos(taken, lineOf)
  return {
    lineCount: parsed.lineCount,
    rejects: [
      ...parsed.rejects,
      ...keptRows(parsed.records, lineOf),
      ...photos.rejects,
      ...undecodableNames(parsed.records, body.bytes),
    ],
    facts,
    async record(write) {
      await keepPhotos(deps, write, device, { ...body, pictures: photos.pictures })
      return [
        ...(await keepEvents(deps, write, device, events, { ...body, mayBeLive: false })),
        ...(await recordOperations(deps, write, device, known, body.receivedAt)),
      ]
    },
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

function isPhoto(record: TabledataRecord): record is PhotoRow {
  return record.kind === 'photo'
}

/** Rows nothing here uses yet are kept whole and sealed, with what they are; those of unknown tables say so. */
function keptRows(records: readonly TabledataRecord[], lineOf: (line: number) => Uint8Array): Rejected[] {
  const rest = records.filter(
    record => !isHandled(record) && record.kind !== 'event' && record.kind !== 'photo',
  )
  return rest.map(({ kind, line }) => ({
    line,
    reason: kind === 'row' ? 'unknown-table' : `kept:${kind}`,
    bytes: lineOf(line),
  }))
}

function textOf(device: DeviceRow, { table, bytes }: Pick<Body, 'table' | 'bytes'>) {
  const profile = readProfile(device)
  const facts = factsOfText(profile, table, bytes)
  return { facts, charset: facts[0]?.value ?? profile.charset }
}
