import { readCapacity } from '#contract/capacity.ts'
import { accessDialectOf, accessFactsOf } from '../device/access/facts.ts'
import { learnedInfo } from '../device/learned-info.ts'
import type { AccessDialect } from '../device/protocol/access/dialect.ts'
import type { AttendanceDialect } from '../device/protocol/attendance/dialect.ts'
import { readOptions } from '../store/device-options.ts'
import type { DeviceRow } from '../store/devices.ts'
import { readProfile } from '../store/profiles.ts'
import { faceTypes, fingerprintType, nearInfraredFace } from './bio-types.ts'

/** What a terminal can hold and do, as far as it has said; null or undefined where it has not. */
export interface Abilities {
  readonly sn: string
  readonly label: string
  readonly site: string
  readonly zone: string
  /** Which words people are written in: 'user' are the tables of access terminals. */
  readonly tables: 'userinfo' | 'user'
  readonly isAccess: boolean
  readonly doors: number
  readonly attendance: AttendanceDialect
  readonly access: AccessDialect
  /** It ends a validity by itself. */
  readonly keepsValidity: boolean
  /** undefined: nothing is known of that type. */
  supports(bioType: number): boolean | undefined
  takesPhoto: boolean
  /** Version of its algorithm for a type. */
  algorithm(bioType: number): string | null
}

const cache = new WeakMap<DeviceRow, Abilities>()

/** Reads the abilities from what the terminal told about itself and from its profile (iclock-push 5.8, 9.3). */
export function abilitiesOf(device: DeviceRow): Abilities {
  const kept = cache.get(device)
  if (kept) return kept
  const options = readOptions(device)
  const profile = readProfile(device)
  const isAccess = profile.flavour === 'access'
  const list = (key: string) => options[key]?.split(':').map(part => part.trim())
  const types = list('MultiBioDataSupport')
  const photos = list('MultiBioPhotoSupport')
  const versions = list('MultiBioVersion')
  const on = (key: string) => (options[key] === undefined ? undefined : options[key] === '1')
  const abilities: Abilities = {
    sn: device.sn,
    label: device.label,
    site: device.site,
    zone: device.zone,
    tables: profile.commandDialect === 'user' ? 'user' : 'userinfo',
    isAccess,
    doors: isAccess ? Math.max(1, accessFactsOf(device).doors ?? 1) : device.has_door,
    attendance: { pinKey: profile.keyStyle, doorLayout: profile.doorLayout },
    access: accessDialectOf(device),
    keepsValidity: isAccess || options.UserValidTimeFun === '1',
    supports(type) {
      const stated = types?.[type]
      if (stated === '1') return true
      const own =
        type === fingerprintType ? on('FingerFunOn') : type === nearInfraredFace ? on('FaceFunOn') : undefined
      if (own === true) return true
      // A list that ends before a type is from before there was such a type.
      return types === undefined ? own : false
    },
    takesPhoto: photos?.[9] === '1',
    algorithm(type) {
      const stated = versions?.[type]
      if (stated !== undefined && /^[1-9]/.test(stated)) return stated
      if (type === fingerprintType) return versionOf(options.FPVersion)
      return faceTypes.includes(type) ? versionOf(options.FaceVersion) : null
    },
  }
  cache.set(device, abilities)
  return abilities
}

function versionOf(stated: string | undefined): string | null {
  return stated !== undefined && /^[1-9]\d*(\.\d+)?$/.test(stated) ? stated : null
}

export interface Room {
  readonly now: number | null
  /** null: it has not said. The most it can be (contract/capacity.ts). */
  readonly max: number | null
}

/** How full a terminal is. */
export function roomOn(
  device: DeviceRow,
): Readonly<Record<'Users' | 'Fingerprints' | 'Faces' | 'Cards', Room>> {
  const { Capacity, Counters } = learnedInfo(device)
  const room = (kind: 'Users' | 'Fingerprints' | 'Faces' | 'Cards'): Room => ({
    now: Counters[kind],
    max: readCapacity(kind, Capacity[kind], Counters[kind]).maximum,
  })
  return {
    Users: room('Users'),
    Fingerprints: room('Fingerprints'),
    Faces: room('Faces'),
    Cards: room('Cards'),
  }
}

/** Whether a template of one version is of use to another: the first number decides; unknown is tried. */
export function fitsAlgorithm(template: string, terminal: string | null): boolean {
  if (template === '' || terminal === null) return true
  return template.split('.')[0] === terminal.split('.')[0]
}
