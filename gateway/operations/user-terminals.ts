import type { OperationAnswer } from '#contract/types.ts'
import { readOptions } from '../device/learn-options.ts'
import { learnedInfo } from '../device/learned-info.ts'
import { type DeviceOverview, deviceEntity, findDevices } from '../store/devices.ts'
import type { Handlers } from './handler.ts'
import { visibleDevices } from './scope.ts'

type UserTerminal = OperationAnswer<'users.terminals'>['Terminals'][number]
type Kind = UserTerminal['Kinds'][number]

export const userTerminalHandlers = {
  async 'users.terminals'(_input, call) {
    const devices = await findDevices(call.deps.store.read, visibleDevices(call))
    const Terminals = devices
      .filter(device => device.state === 'adopted')
      .map(userTerminal)
      .sort((a, b) => a.LabelName.localeCompare(b.LabelName))
    return { status: 200, body: { Terminals } }
  },
} satisfies Pick<Handlers, 'users.terminals'>

function userTerminal(device: DeviceOverview): UserTerminal {
  const options = readOptions(device)
  const { Capacity, Counters } = learnedInfo(device)
  const { DeviceSN, LabelName, Site, Online, LastSeen } = deviceEntity(device)
  const kinds = kindsOf(options)
  return {
    DeviceSN,
    LabelName,
    Site,
    Online,
    LastSeen,
    Kinds: kinds ?? ['Fingerprint', 'Face', 'Palm', 'Card', 'Password'],
    KindsKnown: kinds !== null,
    Fingerprint: options.FPVersion ?? options.ZKFPVersion ?? null,
    Face: options.FaceVersion ?? options.ZKFaceVersion ?? null,
    Users: Counters.Users ?? 0,
    UsersMax: Capacity.Users,
  }
}

/**
 * What a terminal says it takes: the old switches (`FingerFunOn`), or the list by biometric type, 1 finger, 2 and 9
 * face, 6, 8 and 10 palm (iclock-push 5.8, 11.5). null where it has said neither.
 */
function kindsOf(options: Readonly<Record<string, string>>): Kind[] | null {
  const types = options.MultiBioDataSupport?.split(':')
  const switches = ['FingerFunOn', 'FaceFunOn', 'PvFunOn'].filter(key => options[key] !== undefined)
  if (types === undefined && switches.length === 0) return null
  const takes = (key: string, indexes: readonly number[]) =>
    options[key] === '1' || indexes.some(index => types?.[index] === '1')
  const kinds: Kind[] = ['Card', 'Password']
  if (takes('PvFunOn', [6, 8, 10])) kinds.unshift('Palm')
  if (takes('FaceFunOn', [2, 9])) kinds.unshift('Face')
  if (takes('FingerFunOn', [1])) kinds.unshift('Fingerprint')
  return kinds
}
