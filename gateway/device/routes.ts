import { type DeviceRow, findDevice } from '../store/devices.ts'
import { learnFacts, news, readProfile } from '../store/profiles.ts'
import { localAt } from '../time/zone.ts'
import { answerAccess } from './access/answer.ts'
import { answerHandshake } from './answer-handshake.ts'
import { answerLookup } from './answer-lookup.ts'
import { answerPoll } from './answer-poll.ts'
import { type DeviceDeps, type DeviceReply, ok } from './context.ts'
import { holdUpload } from './hold-upload.ts'
import { factsOfRequest } from './learn-profile.ts'
import { meetUnknown } from './meet-unknown.ts'
import { isArchiveFile } from './protocol/access/flavour.ts'
import { encodeTimeReply } from './protocol/attendance/handshake.ts'
import type { DeviceRequest } from './protocol/request.ts'
import { receiveResult } from './receive-result.ts'
import { receiveUpload } from './receive-upload.ts'
import { showUrl } from './shown-url.ts'

export interface DeviceMessage {
  readonly method: string
  /** As on the request line. */
  readonly rawUrl: string
  readonly body: Buffer
  readonly address: string | null
}

/**
 * To a terminal that asks whether to let somebody in and is no access terminal, whose question is decided by windows
 * (access/verification.ts). No document says what old firmware takes for a yes, so there is no `OK` in it; the question
 * holds a keypad code or a template, and is kept nowhere (iclock-push 3 [FW]).
 */
const undecided = ok('AUTH=TIMEOUT')

export type KnownRequest = Extract<DeviceRequest, { kind: 'ok' }>

/**
 * One request of a terminal to one reply. Unknown paths are 404, never 405 and never OK, or a terminal would believe
 * its data stored (iclock-push 3). Throws when the store fails; the listener answers 503 and the terminal keeps all.
 */
export async function answerDevice(
  deps: DeviceDeps,
  message: DeviceMessage,
  asked: DeviceRequest,
): Promise<DeviceReply> {
  const request = uploading(asked, message)
  if (request.kind === 'unknown-path') {
    deps.log.warn({ path: request.shownPath }, 'a terminal asked for a path we do not have')
    return { status: 404, body: 'NOT FOUND' }
  }
  if (request.kind === 'missing-sn') {
    deps.log.warn({ url: showUrl(message.rawUrl) }, 'a request without a serial number')
    return { status: 400, body: 'SN MISSING' }
  }
  if (request.kind === 'bad-sn') {
    deps.log.warn({ sn: request.shownSn }, 'a serial number that is none')
    return { status: 400, body: 'SN INVALID' }
  }
  const known = (await deps.findDevice(request.sn)) ?? (await meetNewcomer(deps, request, message))
  // With a plain OK or no code it would register again every quarter of a minute (vector A03).
  if (known === null)
    return request.endpoint === 'registry' ? { status: 406, body: 'REFUSED' } : { status: 503, body: 'BUSY' }
  await deps.guard.notice(known, message.address)
  if (!(await deps.guard.believes(known, request, message))) {
    deps.presence.refused(known.sn, 'WrongKey')
    return answerWaiting(deps, { ...known, state: 'waiting' }, request, message, 'wrong-key')
  }
  const device = await learnFromRequest(deps, known, request)
  await deps.presence.seen(device.sn, {
    address: message.address,
    isPoll: request.endpoint === 'getrequest' || request.endpoint === 'ping',
  })
  if (device.state !== 'adopted') return answerWaiting(deps, device, request, message)
  const reply = await answerAdopted(deps, device, request, message)
  return { ...reply, charset: readProfile(device).charset }
}

/** A GET of an upload has no body [FW]; where one has all the same it is no less an upload, and not thrown away. */
function uploading(request: DeviceRequest, { body }: DeviceMessage): DeviceRequest {
  if (body.length === 0 || request.kind !== 'ok' || request.cdata?.kind !== 'empty-upload') return request
  return { ...request, cdata: { ...request.cdata, kind: 'upload' } }
}

/** Whoever invents serial numbers gets tired before we do. */
async function meetNewcomer(
  deps: DeviceDeps,
  { sn }: KnownRequest,
  { address }: DeviceMessage,
): Promise<DeviceRow | null> {
  return deps.limits.strangerRefusal(address) === null ? meetUnknown(deps, sn) : null
}

/** The terminal as it is known with this request; a second look only where that taught us something. */
async function learnFromRequest(
  deps: DeviceDeps,
  device: DeviceRow,
  request: KnownRequest,
): Promise<DeviceRow> {
  const profile = readProfile(device)
  const learned = news(profile, factsOfRequest(profile, request))
  if (learned.length === 0) return device
  return deps.store.write(async write => {
    await learnFacts(write, device.sn, learned, deps.clock.now())
    return (await findDevice(write, device.sn)) ?? device
  })
}

async function answerAdopted(
  deps: DeviceDeps,
  device: DeviceRow,
  request: KnownRequest,
  message: DeviceMessage,
): Promise<DeviceReply> {
  const access = await answerAccess(deps, device, request, message)
  if (access !== null) return access
  switch (request.endpoint) {
    case 'cdata':
    case 'fdata':
      return answerData(deps, device, request, message)
    case 'getrequest':
      return ok(await answerPoll(deps, device, request))
    case 'devicecmd':
      return ok(await receiveResult(deps, device, request, message))
    case 'ping':
      return ok('OK')
    case 'event':
    case 'rtdata':
    case 'querydata':
      return receiveUpload(
        deps,
        device,
        { table: request.query.get('tablename') ?? request.endpoint, stamp: null, rawUrl: message.rawUrl },
        message.body,
        deps.clock.now(),
      )
    default:
      // Firmware and vendor encryption.
      deps.log.warn({ sn: device.sn, endpoint: request.endpoint }, 'not spoken yet')
      return { status: 404, body: 'NOT SUPPORTED' }
  }
}

async function answerData(
  deps: DeviceDeps,
  device: DeviceRow,
  request: KnownRequest,
  message: DeviceMessage,
): Promise<DeviceReply> {
  const { cdata } = request
  const now = deps.clock.now()
  switch (cdata?.kind) {
    case 'handshake':
      return ok(await answerHandshake(deps, device, cdata))
    case 'time':
      return ok(
        encodeTimeReply({
          epochSeconds: Math.floor(now / 1000),
          offsetMinutes: localAt(now, device.zone).offsetMinutes,
        }),
      )
    case 'upload':
      return receiveUpload(
        deps,
        device,
        { table: cdata.table, stamp: cdata.stamp, rawUrl: message.rawUrl },
        message.body,
        now,
      )
    case 'lookup':
      return ok(await answerLookup(deps, device, cdata.what, request))
    case 'verification':
      if (cdata.what === 'auth') return undecided
      return receiveUpload(
        deps,
        device,
        { table: cdata.what, stamp: null, rawUrl: message.rawUrl },
        message.body,
        now,
      )
    default:
      return ok('OK')
  }
}

/**
 * Nobody trusts it, not yet or not without its key: what it sends is kept unread, and it is given nothing but its
 * handshake.
 */
async function answerWaiting(
  deps: DeviceDeps,
  device: DeviceRow,
  request: KnownRequest,
  message: DeviceMessage,
  reason: 'wrong-key' | null = null,
): Promise<DeviceReply> {
  if (request.cdata?.kind === 'handshake')
    return ok(await answerHandshake(deps, device, request.cdata, reason === null))
  if (reason !== null && request.endpoint === 'registry') return { status: 406, body: 'REFUSED' }
  if (request.cdata?.kind === 'time') return answerData(deps, device, request, message)
  const isAsking = request.cdata?.kind === 'verification' && request.cdata.what === 'auth'
  const access = await answerAccess(deps, device, request, message)
  if (access !== null) return access
  if (isAsking) return undecided
  const isUpload =
    request.cdata?.kind === 'upload' ||
    request.cdata?.kind === 'verification' ||
    ['event', 'querydata', 'rtdata'].includes(request.endpoint) ||
    isArchiveFile(request)
  if (!isUpload) return ok('OK')
  const held = await holdUpload(deps, device, request, message, reason)
  if (held !== 'adopted') return held
  const adopted = await findDevice(deps.store.read, device.sn)
  return adopted ? answerAdopted(deps, adopted, request, message) : { status: 503, body: 'BUSY' }
}
