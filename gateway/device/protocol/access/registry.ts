import { parseOptions, supportedBiometricTypes } from '../attendance/options.ts'
import { type TextOptions, trimField } from '../text.ts'
import { safeField, UnsafeFieldError } from '../unsafe-field.ts'
import { readCounter } from '../whole-number.ts'
import { decodeVerifyBits } from './verify-styles.ts'

/** What a controller says about itself when it registers; absent is null, and absent switches are off. */
export type RegistryFacts = {
  /** 'acc', or anything else: never a ground for refusal. */
  readonly deviceType: string | null
  readonly deviceName: string | null
  readonly firmware: string | null
  readonly pushVersion: string | null
  readonly mac: string | null
  readonly ip: string | null
  /** 'ethernet', 'usb-4G-modal', 'serial-wireless'. */
  readonly communication: string | null
  /** LockCount: valid door numbers are 1 to this. */
  readonly doors: number | null
  readonly readers: number | null
  readonly auxInputs: number | null
  readonly auxOutputs: number | null
  /** iclock-push 9.3: 1 to 10 and 23 to 28 controllers, 101 a standalone terminal, ... */
  readonly machineType: number | null
  /** How validity dates of users are written. */
  readonly dateFormat: DateFormat
  /** rtlog carries an index of its own. */
  readonly logId: boolean
  readonly simpleEventTypes: boolean
  /** Event numbers it can send; null when it does not say. */
  readonly eventTypes: ReadonlySet<number> | null
  /** Positions of AccSupportFunList that are on (9.3). */
  readonly supports: ReadonlySet<number>
  /** 1: every command wants a prefix (6.1). */
  readonly cmdFormat: 0 | 1
  /** There is a communication key; the key itself is not passed on. */
  readonly hasAuthKey: boolean
  readonly maxPackageBytes: number | null
  /** PINs may hold letters. */
  readonly stringPins: boolean
  /** 'master' answers -5000 first and the result later. */
  readonly controlRole: 'single' | 'master' | 'sub'
  /** Methods of NewVFStyles; null when it does not say. */
  readonly verifyMethods: readonly string[] | null
  readonly biometrics: BiometricFacts
  /** As stated, some in hundreds (5.8): for display only. */
  readonly capacities: Readonly<Record<CapacityName, number | null>>
  /** Everything it said, by key without `~` and without secrets; VerifyStyles is only here, its order is disputed. */
  readonly options: ReadonlyMap<string, string>
}

export type DateFormat = 'encoded' | 'yyyymmdd'

export type BiometricFacts = {
  /** Types (11.5) whose templates, and whose photos, it takes. */
  readonly templates: readonly number[]
  readonly photos: readonly number[]
  /** Type to algorithm version, and to capacity as stated; types without one are absent. */
  readonly versions: ReadonlyMap<number, string>
  readonly templateCapacity: ReadonlyMap<number, string>
  readonly photoCapacity: ReadonlyMap<number, string>
}

export type CapacityName = 'users' | 'logs' | 'fingers' | 'fingersPerUser' | 'faces'

/** Positions of AccSupportFunList that change what we send. iclock-push 9.3 [SEC29]. */
export const SUPPORT = {
  lockDown: 2,
  manyCards: 7,
  account: 11,
  oneDoorPerRow: 15,
  devId: 26,
  facePhoto: 38,
  visibleLightTemplate: 39,
  remoteEnrolment: 40,
} as const

/**
 * Reads a registry body: one line of `key=value` parted by commas, with any keys. Never throws.
 * iclock-push 9.3 [SEC29]; vectors A02, A03.
 */
export function parseRegistry(body: Uint8Array, options: TextOptions = {}): RegistryFacts {
  return readRegistry(parseOptions(body, options).values)
}

/** The same from what it has said, by key without `~`: later options uploads say some of it anew. */
export function readRegistry(values: ReadonlyMap<string, string>): RegistryFacts {
  const text = (key: string): string | null => values.get(key) || null
  const count = (key: string): number | null => readCounter(values.get(key))
  const isOn = (key: string): boolean => values.get(key) === '1'
  const newStyles = decodeVerifyBits(values.get('NewVFStyles') ?? '')
  return {
    deviceType: text('DeviceType'),
    deviceName: text('DeviceName'),
    firmware: text('FirmVer') ?? text('FWVersion'),
    pushVersion: text('PushVersion'),
    mac: text('MAC'),
    ip: text('IPAddress'),
    communication: text('CommType'),
    doors: count('LockCount'),
    readers: count('ReaderCount'),
    auxInputs: count('AuxInCount'),
    auxOutputs: count('AuxOutCount'),
    machineType: count('MachineType'),
    dateFormat: isOn('DateFmtFunOn') ? 'encoded' : 'yyyymmdd',
    logId: isOn('LogIDFunOn'),
    simpleEventTypes: isOn('SimpleEventType'),
    eventTypes: readEventTypes(values),
    supports: readPositions(values.get('AccSupportFunList') ?? ''),
    cmdFormat: isOn('CmdFormat') ? 1 : 0,
    hasAuthKey: text('authKey') !== null,
    maxPackageBytes: count('MaxPackageSize'),
    stringPins: isOn('StringPinFunOn'),
    controlRole: isOn('MasterControlOn') ? 'master' : isOn('SubControlOn') ? 'sub' : 'single',
    verifyMethods: newStyles?.methods ?? null,
    biometrics: readBiometrics(values),
    capacities: {
      users: count('MaxUserCount'),
      logs: count('MaxAttLogCount'),
      fingers: count('MaxFingerCount'),
      fingersPerUser: count('MaxUserFingerCount'),
      faces: count('MaxFaceCount'),
    },
    options: new Map([...values].filter(([key]) => !SECRET_KEY.test(key))),
  }
}

/**
 * The reply to a registry request: no newline, and the same code for a terminal for ever, 32 visible ASCII characters
 * at most. A bare `OK` instead makes it register again every 15 s. iclock-push 6.3, 9.2 [SEC29][BIOFACE]; vector A02.
 */
export function encodeRegistryReply(registryCode: string): string {
  return `RegistryCode=${checkedRegistryCode(registryCode)}`
}

export function checkedRegistryCode(registryCode: string): string {
  if (!/^[\x21-\x7e]{1,32}$/.test(safeField('RegistryCode', registryCode)))
    throw new UnsafeFieldError('RegistryCode', 'it is not 1 to 32 visible characters')
  return registryCode
}

/** Values that open a door, a network or another system; PassWay... of turnstiles are settings. */
const SECRET_KEY = /passw(?:or)?d|pwd|key$|secret|token/i

const EVENT_BITMAPS: ReadonlyArray<readonly [key: string, firstEvent: number]> = [
  ['EventTypes', 0],
  ['NewNormalEventTypes', 4000],
  ['NewErrorEventTypes', 5000],
  ['NewWarningEventTypes', 6000],
]
const HEX_BYTES = /^(?:[0-9A-Fa-f]{2}){1,256}$/

/** Hex bytes, the low bit first inside each: `BF` lacks event 6. iclock-push 9.3 [SEC29]; the New ones [SEC-ZH]. */
function readEventTypes(values: ReadonlyMap<string, string>): ReadonlySet<number> | null {
  if (!HEX_BYTES.test(values.get('EventTypes') ?? '')) return null
  const types = new Set<number>()
  for (const [key, firstEvent] of EVENT_BITMAPS) {
    const hex = values.get(key) ?? ''
    if (!HEX_BYTES.test(hex)) continue
    for (let bit = 0; bit < hex.length * 4; bit += 1) {
      const byte = Number.parseInt(hex.slice((bit >> 3) * 2, (bit >> 3) * 2 + 2), 16)
      if ((byte >> (bit & 7)) & 1) types.add(firstEvent + bit)
    }
  }
  return types
}

/** `0101...`, position 0 left-most. */
function readPositions(text: string): ReadonlySet<number> {
  const positions = new Set<number>()
  for (let at = 0; at < text.length; at += 1) if (text[at] === '1') positions.add(at)
  return positions
}

function readBiometrics(values: ReadonlyMap<string, string>): BiometricFacts {
  return {
    templates: supportedBiometricTypes(values.get('MultiBioDataSupport') ?? ''),
    photos: supportedBiometricTypes(values.get('MultiBioPhotoSupport') ?? ''),
    versions: readByType(values.get('MultiBioVersion')),
    templateCapacity: readByType(values.get('MaxMultiBioDataCount')),
    photoCapacity: readByType(values.get('MaxMultiBioPhotoCount')),
  }
}

/** `0:10.0:7.0:0` as type 1 to `10.0`, type 2 to `7.0`. */
function readByType(text: string | undefined): ReadonlyMap<number, string> {
  const entries = (text ?? '').split(':').map((value, type) => [type, trimField(value)] as const)
  return new Map(entries.filter(([, value]) => value !== '' && value !== '0'))
}
