import { createHash } from 'node:crypto'
import type { SimulatedPerson } from '../site.ts'
import type { TerminalIdentity } from '../terminal-lines.ts'

export type ControllerIdentity = Pick<
  TerminalIdentity,
  'serial' | 'model' | 'firmware' | 'zone' | 'clockOffsetSeconds' | 'mac' | 'address'
> & { doors: number }

/** Somebody a controller knows from the start, and the doors that open for them. */
export type ControllerPerson = Pick<SimulatedPerson, 'code' | 'firstName' | 'lastName' | 'card'> & {
  doors: readonly number[]
}

/** What it says of itself when it registers (iclock-push 9.3). */
export function registryOf({
  serial,
  model,
  firmware,
  mac,
  address,
  doors,
}: ControllerIdentity): Map<string, string> {
  return new Map([
    ['DeviceType', 'acc'],
    ['~DeviceName', model],
    ['~SerialNumber', serial],
    ['FirmVer', firmware],
    ['PushVersion', 'Ver 3.1.2'],
    ['MAC', mac],
    ['IPAddress', address],
    ['CommType', 'ethernet'],
    ['MaxPackageSize', '2048000'],
    ['LockCount', String(doors)],
    ['ReaderCount', String(doors)],
    ['AuxInCount', String(doors)],
    ['AuxOutCount', String(doors)],
    ['MachineType', '2'],
    ['~MaxUserCount', '300'],
    ['~MaxAttLogCount', '1000'],
    ['FingerFunOn', '1'],
    ['FPVersion', '10'],
    ['LogIDFunOn', '1'],
    ['DateFmtFunOn', '0'],
    ['StringPinFunOn', '1'],
    // Lock-down, and a door mask in authorisations.
    ['AccSupportFunList', '001000000000'],
  ])
}

/** The fields of a person's row, as the table of users keeps them. */
export function personFields({ code, firstName, lastName, card }: ControllerPerson): Record<string, string> {
  return {
    cardno: card,
    pin: code,
    password: '',
    group: '1',
    starttime: '0',
    endtime: '0',
    name: `${firstName} ${lastName}`.trim(),
    privilege: '0',
  }
}

/** Doors as a mask, door 1 in the lowest bit. */
export function doorMask(doors: readonly number[]): number {
  return doors.reduce((mask, door) => mask | (1 << (door - 1)), 0)
}

/** The cookie of a registered terminal; how its parts are joined is documented nowhere (iclock-push 9.5). */
export function tokenCookie(registryCode: string, serial: string, sessionId: string): string {
  return `token=${createHash('md5').update(`${registryCode}${serial}${sessionId}`).digest('hex')}`
}

/** `key=value` lines of a handshake or of the reply to push. */
export function configurationOf(body: string): Map<string, string> {
  return new Map(
    body.split(/\r?\n/).flatMap(line => {
      const at = line.indexOf('=')
      return at > 0 ? [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const] : []
    }),
  )
}

/** The zone in `DateTime=858353743,ServerTZ=+0530`, as an offset (iclock-push 12.4). */
export function serverZone(body: string): string | undefined {
  const [, hours, minutes] = /\bServerTZ=([+-]\d{2})(\d{2})/.exec(body) ?? []
  return hours === undefined ? undefined : `${hours}:${minutes}`
}
