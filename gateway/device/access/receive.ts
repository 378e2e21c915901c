import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { judgeRows } from '../../commands/read-back.ts'
import { contradict } from '../../commands/settle.ts'
import { findCommand } from '../../store/commands.ts'
import type { DeviceRow } from '../../store/devices.ts'
import { ackStyleOf, readProfile } from '../../store/profiles.ts'
import { type DeviceReply, ok, type UploadDeps } from '../context.ts'
import {
  ARCHIVE_INFLATED_BYTES_MAX,
  parseArchiveUpload,
  readTransactionFile,
} from '../protocol/access/account-archive.ts'
import { type QuerydataPacket, readQuerydataPacket } from '../protocol/access/querydata.ts'
import { parseTabledata } from '../protocol/access/tabledata.ts'
import { escapeForLog } from '../protocol/query.ts'
import type { DeviceRequest } from '../protocol/request.ts'
import { countLines } from '../protocol/text.ts'
import { quarantine } from '../quarantine.ts'
import { type Kept, keepUpload } from '../receive-upload.ts'
import type { KnownRequest } from '../routes.ts'
import { speaksAccess } from './facts.ts'
import { keepCount } from './keep-count.ts'
import { tabledataOptions } from './read-body.ts'
import { type AccessTable, accessTableOf } from './upload-table.ts'

export interface Received {
  readonly rawUrl: string
  readonly body: Buffer
  readonly receivedAt: number
}

const inflate = promisify(gunzip)

/**
 * Takes in an upload of the access flavour and acknowledges it after the commit; null for what is none. Rejected
 * rows, packets and archives go to the quarantine and are acknowledged all the same, or they would come for ever.
 */
export async function receiveAccessUpload(
  deps: UploadDeps,
  device: DeviceRow,
  request: DeviceRequest,
  received: Received,
): Promise<DeviceReply | null> {
  if (request.kind !== 'ok' || !speaksAccess(device, request)) return null
  const table = accessTableOf(request)
  if (table === null) return null
  const kept =
    table.kind === 'packet'
      ? await keepPacket(deps, device, request, table, received)
      : table.kind === 'archive'
        ? await keepArchive(deps, device, table, received)
        : table.kind === 'file'
          ? await keepArchiveFile(deps, device, table, received, received.body)
          : await keepRows(deps, device, table.key, received)
  if (table.kind === 'lines' && table.statedCount !== null && table.statedCount !== kept.lineCount)
    deps.log.warn(
      { sn: device.sn, table: escapeForLog(table.key), stated: table.statedCount, rows: kept.lineCount },
      'an upload holds another number of rows than it says; it is acknowledged as it says',
    )
  return ok(table.acknowledge(kept))
}

function keepRows(deps: UploadDeps, device: DeviceRow, key: string, received: Received): Promise<Kept> {
  const upload = { table: key, stamp: null, rawUrl: received.rawUrl }
  return keepUpload(deps, device, upload, received.body, received.receivedAt)
}

async function keepPacket(
  deps: UploadDeps,
  device: DeviceRow,
  request: KnownRequest,
  table: AccessTable,
  received: Received,
): Promise<Kept> {
  const packet = readQuerydataPacket(request.query)
  if (typeof packet === 'string') return keepRejected(deps, device, table.key, received, packet)
  const outcome = deps.packets.add(device.sn, packet, received.body)
  if (outcome.kind === 'refused') return keepRejected(deps, device, table.key, received, outcome.reason)
  if (outcome.kind === 'waiting') return keptOf(device, table.key, received.body)
  const whole = { ...received, body: outcome.body }
  const kept =
    packet.type === 'count'
      ? await keepCounted(deps, device, packet, table.key, whole)
      : (await judgeAnswer(deps, device, packet, whole.body))
        ? keptOf(device, table.key, whole.body)
        : await keepRows(deps, device, packet.type === 'options' ? 'options' : table.key, whole)
  outcome.forget()
  return kept
}

async function keepCounted(
  deps: UploadDeps,
  device: DeviceRow,
  packet: QuerydataPacket,
  key: string,
  received: Received,
): Promise<Kept> {
  const reason = await keepCount(deps, device, packet, received.body)
  // Not among the rows of its table, which it would be read as when it is read again.
  if (reason !== null) await keepRejected(deps, device, 'count', received, reason)
  return keptOf(device, key, received.body)
}

/** True for rows that answer a question of ours about what was written before: they say nothing else. */
async function judgeAnswer(
  deps: UploadDeps,
  device: DeviceRow,
  { commandId, table }: QuerydataPacket,
  body: Buffer,
): Promise<boolean> {
  const question = await findCommand(deps.store.read, commandId)
  if (question?.kind !== 'read.back' || question.sn !== device.sn) return false
  const { records } = parseTabledata(body, tabledataOptions(device, table.toLowerCase()))
  await deps.grouped(device.sn, async write => {
    const idle = await judgeRows(write, question, records)
    if (idle) await contradict(deps, write, idle)
  })
  deps.wakeDelivery()
  return true
}

/** All transactions at once, compressed: inflated no further than the bound (iclock-push 12.7). */
async function keepArchive(
  deps: UploadDeps,
  device: DeviceRow,
  table: AccessTable,
  received: Received,
): Promise<Kept> {
  const upload = parseArchiveUpload(received.body)
  if (upload.kind === 'reject') return keepRejected(deps, device, table.key, received, upload.reason)
  return keepArchiveFile(deps, device, table, received, upload.gzip)
}

/** One tgz, however it came; what cannot be read of it is put aside as it came. */
async function keepArchiveFile(
  deps: UploadDeps,
  device: DeviceRow,
  table: AccessTable,
  received: Received,
  gzip: Uint8Array,
): Promise<Kept> {
  const tar = await inflate(gzip, { maxOutputLength: ARCHIVE_INFLATED_BYTES_MAX }).catch(() => null)
  if (tar === null) return keepRejected(deps, device, table.key, received, 'bad-archive')
  const file = readTransactionFile(tar)
  if (file.kind === 'reject') return keepRejected(deps, device, table.key, received, file.reason)
  return keepRows(deps, device, 'tabledata:transaction', { ...received, body: Buffer.from(file.content) })
}

async function keepRejected(
  deps: UploadDeps,
  device: DeviceRow,
  key: string,
  { body, receivedAt }: Received,
  reason: string,
): Promise<Kept> {
  if (body.length > 0)
    await deps.grouped(device.sn, write =>
      quarantine(deps, write, device.sn, key, receivedAt, [{ line: 0, reason, bytes: body }]),
    )
  return keptOf(device, key, body)
}

function keptOf(device: DeviceRow, key: string, body: Buffer): Kept {
  return { lineCount: countLines(body), style: ackStyleOf(readProfile(device), key) }
}
