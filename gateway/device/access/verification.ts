import { barOf, findBarrable } from '../../people/bar.ts'
import { type Decision, decide } from '../../schedules/decide.ts'
import type { DeviceRow } from '../../store/devices.ts'
import { holdOf } from '../../store/door-holds.ts'
import { doorCountOf } from '../../store/door-states.ts'
import { awaitsLockdown } from '../../store/emergencies.ts'
import type { Reader } from '../../store/index.ts'
import { readProfile } from '../../store/profiles.ts'
import { holidaysOf, windowsOf } from '../../store/schedules.ts'
import { localAt } from '../../time/zone.ts'
import type { DeviceDeps } from '../context.ts'
import {
  encodeVerificationReply,
  parseVerificationRequest,
  type VerificationAnswer,
  type VerificationRequest,
} from '../protocol/access/remote-verification.ts'
import { quarantine } from '../quarantine.ts'
import { accessDialectOf, accessFactsOf } from './facts.ts'

const openSeconds = 5

/**
 * Whether to let somebody in, asked by a terminal that leaves the decision to its server (iclock-push 10.7): by the
 * access windows of the terminal at our time, since its own clock may be wrong. Nobody is let in by default: where
 * there are no windows a person is answered TIMEOUT, because nothing was decided. Whoever is suspended, gone or outside
 * their validity is let in by no window, and nobody through a door that was locked. The attempt itself comes as an
 * event of its own.
 */
export async function answerVerification(deps: DeviceDeps, device: DeviceRow, body: Buffer): Promise<string> {
  const request = parseVerificationRequest(body, { charset: readProfile(device).charset })
  if (typeof request === 'string') {
    if (body.length > 0)
      await deps.grouped(device.sn, write =>
        quarantine(deps, write, device.sn, 'verification', deps.clock.now(), [
          { line: 0, reason: request, bytes: body },
        ]),
      )
    return encodeVerificationReply('', { answer: 'FAILED' })
  }
  const answer = await verdictOf(deps, device, request)
  return encodeVerificationReply(request.record, answer, accessDialectOf(device).controlLayout)
}

async function verdictOf(
  deps: DeviceDeps,
  device: DeviceRow,
  request: VerificationRequest,
): Promise<VerificationAnswer> {
  if (device.state !== 'adopted') return { answer: 'TIMEOUT' }
  if (request.pin === null) return { answer: 'FAILED' }
  const door = doorOf(device, request)
  const decision = await decisionOf(deps, device, request.pin, door)
  deps.log.info(
    { sn: device.sn, door: request.address, decision },
    'a terminal asked whether to let somebody in',
  )
  if (decision.verdict === 'undecided') return { answer: 'TIMEOUT' }
  if (decision.verdict === 'refused') return { answer: 'FAILED', tips: tips[decision.reason] }
  return door === null
    ? { answer: 'SUCCESS' }
    : { answer: 'SUCCESS', control: { kind: 'door.open', door, seconds: openSeconds } }
}

type Refused = { readonly verdict: 'refused'; readonly reason: 'barred' | 'locked' }

async function decisionOf(
  { store, clock }: DeviceDeps,
  device: DeviceRow,
  pin: string,
  door: number | null,
): Promise<Decision | Refused> {
  const { local } = localAt(clock.now(), device.zone)
  const person = await findBarrable(store.read, pin)
  if (person && barOf(person, { site: device.site, local }) !== null)
    return { verdict: 'refused', reason: 'barred' }
  if (door !== null && (await isLocked(store.read, device.sn, door)))
    return { verdict: 'refused', reason: 'locked' }
  const windows = await windowsOf(store.read, device.sn, pin)
  const holidays = windows === null ? [] : await holidaysOf(store.read, device.sn)
  return decide(windows, local, holidays)
}

/** Locked by us, or to be locked in an emergency by a terminal that was away or cannot. */
async function isLocked(reader: Reader, sn: string, door: number): Promise<boolean> {
  const hold = await holdOf(reader, sn, door)
  if (hold?.mode === 'lock' && lockedStates.has(hold.state)) return true
  return awaitsLockdown(reader, sn, door)
}

/** Of a hold; once its return is under way or due, it is not wanted any more. */
const lockedStates: ReadonlySet<string> = new Set(['ordered', 'in-force', 'unclear'])

/** On the screen of the terminal: it is nobody's business there why somebody is barred. */
const tips: Readonly<Record<Extract<Decision | Refused, { readonly verdict: 'refused' }>['reason'], string>> =
  {
    barred: 'No access here',
    locked: 'Door locked',
    'no-right': 'No access here',
    'outside-window': 'Not at this time',
  }

/** The door that was asked about; null where that cannot be told, and then none is opened. */
function doorOf(device: DeviceRow, { addressType, address }: VerificationRequest): number | null {
  const doors = Math.max(1, doorCountOf(device))
  const door = addressType === 'reader' ? doorOfReader(device, doors, address) : address
  if (addressType === 'device' || (addressType === null && doors === 1)) return doors === 1 ? 1 : null
  if (addressType !== 'door' && addressType !== 'reader') return null
  return door !== null && door >= 1 && door <= doors ? door : null
}

/** Readers are numbered through: those of the first door first. */
function doorOfReader(device: DeviceRow, doors: number, reader: number | null): number | null {
  const { readers } = accessFactsOf(device)
  if (reader === null || readers === null || readers % doors !== 0) return null
  return Math.ceil(reader / (readers / doors))
}
