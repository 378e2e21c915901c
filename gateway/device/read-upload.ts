import type { EventBody } from '#contract/events.ts'
import { countQueried } from '../commands/count-queried.ts'
import { interpretPunch, type ReadPunch } from '../punches/interpret.ts'
import { recordPunches } from '../punches/record-punches.ts'
import { readOptions } from '../store/device-options.ts'
import type { DeviceRow } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { type Fact, readProfile } from '../store/profiles.ts'
import { readAccessBody } from './access/read-body.ts'
import type { UploadDeps } from './context.ts'
import { readPhotoBody } from './keep-photos.ts'
import { learnOptions } from './learn-options.ts'
import { factsOfOptions, factsOfPeople, factsOfPunches, factsOfText } from './learn-profile.ts'
import { parseAttlog } from './protocol/attendance/attlog.ts'
import { parseOperlog } from './protocol/attendance/operlog.ts'
import { parseOptions } from './protocol/attendance/options.ts'
import { countLines } from './protocol/text.ts'
import type { Rejected } from './quarantine.ts'
import { recordOperations } from './record-operations.ts'
import { undecodableNames } from './undecodable.ts'

/** What became of a body: nothing is kept yet. */
export interface Reading {
  /** Goes into the acknowledgement. */
  readonly lineCount: number
  /** Lines that became no record, for the quarantine; line 0 is the whole body. */
  readonly rejects: readonly Rejected[]
  /** What it says about how the terminal speaks. */
  readonly facts: readonly Fact[]
  /** Keeps all the rest in the caller's transaction; answers the events. */
  record(write: Write): Promise<EventBody[]>
  /** Present where punches are all there is to keep: they may be recorded without `record`. */
  readonly punchesOnly?: {
    readonly punches: readonly ReadPunch[]
    /** To be told of those that were new. */
    recorded(fresh: readonly ReadPunch[]): void
  }
}

/** One body of one upload table. */
export interface Body {
  /** In lower case. */
  readonly table: string
  readonly bytes: Buffer
  readonly receivedAt: number
  /** False for lines taken in later than they were sent, which say nothing about the clock. */
  readonly mayBeLive: boolean
}

export type ReadDeps = Pick<UploadDeps, 'config' | 'store' | 'clocks' | 'clock' | 'log'>

/** Tables that OPERLOG's keyword lines arrive under. */
const operationTables = new Set([
  'operlog',
  'userinfo',
  'biodata',
  'errorlog',
  'user',
  'fingertmp',
  'face',
  'fvein',
  'facev7',
  'biophoto',
  'userpic',
])

/** Reads one body the way its terminal writes, learning on the way where it says how that is. */
export function readUpload(deps: ReadDeps, device: DeviceRow, body: Body): Reading {
  if (isPacked(body.bytes)) return keepPacked(body)
  if (body.table === 'attlog') return readPunches(deps, device, body)
  if (body.table === 'options') return readOptionsBody(device, body)
  if (body.table === 'attphoto') return readPhotoBody(deps, device, body)
  if (operationTables.has(body.table)) return readOperations(deps, device, body)
  return readAccessBody(deps, device, body) ?? keepWhole(body)
}

function readPunches(
  deps: ReadDeps,
  device: DeviceRow,
  { table, bytes, receivedAt, mayBeLive }: Body,
): Reading {
  const profile = readProfile(device)
  const textFacts = factsOfText(profile, table, bytes)
  const charset = textFacts[0]?.value ?? profile.charset
  const columns = profile.columns === 'keyed' ? 'auto' : profile.columns
  const parsed = parseAttlog(bytes, { charset, columns })
  const live = mayBeLive && parsed.lineCount === 1
  const source = {
    sn: device.sn,
    zone: device.zone,
    verifyCodes: profile.verifyCodes,
    skewMs: deps.clocks.skewOf(device.sn),
  }
  const punches = parsed.punches.map(punch => interpretPunch(punch, source, receivedAt, live))
  const recorded = (fresh: readonly ReadPunch[]) => {
    const [punch] = live ? fresh : []
    if (punch && !punch.flags.includes('implausible_time'))
      deps.clocks.note(device.sn, punch.instant - receivedAt, 'punch')
  }
  return {
    lineCount: parsed.lineCount,
    rejects: parsed.rejects,
    facts: [...textFacts, ...factsOfPunches(profile, parsed.punches)],
    async record(write) {
      const { events, fresh } = await recordPunches(write, device, punches)
      await countQueried(deps, write, device, {
        all: punches.map(punch => punch.local_time),
        fresh: fresh.map(punch => punch.local_time),
      })
      recorded(fresh)
      return events
    },
    ...(device.query_id === null ? { punchesOnly: { punches, recorded } } : {}),
  }
}

function readOptionsBody(device: DeviceRow, { bytes, table }: Body): Reading {
  const profile = readProfile(device)
  const textFacts = factsOfText(profile, table, bytes)
  const { values, entries, count } = parseOptions(bytes, { charset: textFacts[0]?.value ?? profile.charset })
  const told = { ...readOptions(device), ...Object.fromEntries(values) }
  return {
    lineCount: count,
    rejects: [],
    facts: [...textFacts, ...factsOfOptions(device, told)],
    async record(write) {
      await learnOptions(write, device, entries)
      return []
    },
  }
}

function readOperations(deps: ReadDeps, device: DeviceRow, { table, bytes, receivedAt }: Body): Reading {
  const profile = readProfile(device)
  const textFacts = factsOfText(profile, table, bytes)
  const parsed = parseOperlog(bytes, { table, charset: textFacts[0]?.value ?? profile.charset })
  return {
    lineCount: parsed.lineCount,
    rejects: [...parsed.rejects, ...undecodableNames(parsed.records, bytes)],
    facts: [...textFacts, ...factsOfPeople(profile, bytes)],
    record: write => recordOperations(deps, write, device, parsed.records, receivedAt),
  }
}

/** gzip, as ContentType=tgz announces large enrolments [ATT58], and the cipher of old firmware, asked for or not [FW]. */
function isPacked(bytes: Buffer): boolean {
  return (bytes[0] === 0x1f && bytes[1] === 0x8b) || bytes.subarray(0, 4).toString('latin1') === 'LZO1'
}

/** No document says what is inside: kept whole, since cut into lines nobody could ever unpack it again (iclock-push 5.4). */
function keepPacked({ bytes }: Body): Reading {
  return { lineCount: 1, rejects: [{ line: 0, reason: 'packed', bytes }], facts: [], record: async () => [] }
}

/** Tables nobody reads yet: kept whole and sealed, so that a later release finds them (iclock-push 3). */
function keepWhole({ bytes }: Body): Reading {
  return {
    lineCount: countLines(bytes),
    rejects: bytes.length > 0 ? [{ line: 0, reason: 'unknown-table', bytes }] : [],
    facts: [],
    record: async () => [],
  }
}
