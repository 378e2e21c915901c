import type { OperationAnswer } from '#contract/types.ts'
import { abilitiesOf, roomOn } from '../people/abilities.ts'
import { faceTypes, fingerprintType, palmTypes } from '../people/bio-types.ts'
import { type DeviceOverview, deviceEntity, findDevices } from '../store/devices.ts'
import type { Handlers } from './handler.ts'
import { visibleDevices } from './scope.ts'

type UserTerminal = OperationAnswer<'users.terminals'>['Terminals'][number]
type Kind = UserTerminal['Kinds'][number]

const typesOfKind = { Fingerprint: [fingerprintType], Face: faceTypes, Palm: palmTypes } as const

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
  const { DeviceSN, LabelName, Site, Online, LastSeen } = deviceEntity(device)
  const abilities = abilitiesOf(device)
  const { now, max } = roomOn(device).Users
  const takes = (types: readonly number[]) => types.map(type => abilities.supports(type))
  const kinds = (['Fingerprint', 'Face', 'Palm'] as const).map(
    kind => [kind, takes(typesOfKind[kind])] as const,
  )
  const versionOf = (types: readonly number[]) =>
    types.map(type => abilities.algorithm(type)).find(version => version !== null) ?? null
  // Access terminals read cards but cannot be made to ask for one; the person holds it to the door.
  const always: readonly Kind[] = abilities.isAccess ? ['Password'] : ['Card', 'Password']
  return {
    DeviceSN,
    LabelName,
    Site,
    Online,
    LastSeen,
    Kinds: [
      // Not said is not no: it may be tried, and the page says that it is not sure.
      ...kinds.filter(([, said]) => said.some(each => each !== false)).map(([kind]) => kind),
      ...always,
    ],
    KindsKnown: kinds.every(([, said]) => said.some(each => each !== undefined)),
    Fingerprint: versionOf([fingerprintType]),
    Face: versionOf(faceTypes),
    Users: now ?? 0,
    UsersMax: max,
  }
}
