import type { AlertFacts, AlertSays } from '#contract/entities/alert-facts.ts'
import { clearAlert, raiseAlert } from '../alerts/raise.ts'
import type { GatewayDeps } from '../deps.ts'
import { createKeyFinder, type DeviceKeyRow, isKey, trustAddress } from '../store/device-keys.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import { endIncidents, raiseIncident, type Sighting } from '../store/incidents.ts'
import { createAddresses } from './addresses.ts'
import { parseOptions } from './protocol/attendance/options.ts'
import type { DeviceMessage, KnownRequest } from './routes.ts'

/** What is known of who may speak for a terminal. A serial number is printed on the case (iclock-push 16). */
type Sender = Pick<DeviceMessage, 'address' | 'body'>

export interface Guard {
  /** Whether a request may speak for its terminal; if not, it is told as an incident. */
  believes(device: DeviceRow, request: KnownRequest, sender: Sender): Promise<boolean>
  /** Notes where a terminal calls from, and tells of two addresses that take turns. */
  notice(device: DeviceRow, address: string | null): Promise<void>
  /** Tells of an upload that nobody takes: the terminal will send it for ever. */
  tooLarge(sn: string, bytes: number, bytesMax: number): Promise<void>
  /** Tells that requests under a serial number come faster than is allowed. */
  flooding(sn: string, limit: string): Promise<void>
  /** Ends incidents that have not been seen for a while. */
  sweep(): Promise<void>
  /** Forgets terminals that were removed. */
  forget(sns: readonly string[]): void
}

const sayEveryMs = 60_000
const overAfterMs = 30 * 60_000
/** After so many wrong keys even the right one is not looked at for a while: eight digits are soon guessed. */
const guessesMax = 10
const guessWindowMs = 10 * 60_000
const guessersKept = 5_000
const kinds = ['WrongKey', 'SharedSerial', 'TooLarge', 'Flood'] as const
const alerts = {
  WrongKey: { kind: 'DeviceWrongKey', title: 'Wrong communication key' },
  SharedSerial: { kind: 'DeviceShared', title: 'One serial number, two addresses' },
  TooLarge: { kind: 'DeviceRefused', title: 'An upload is too large' },
  Flood: { kind: 'DeviceRefused', title: 'More calls than are allowed' },
} as const

/** By the words of device/limits.ts. */
const limits: Readonly<Record<string, AlertFacts['Flood']['limit']>> = {
  'requests of a terminal': 'requests',
  'bytes of a terminal': 'bytes',
  'requests of an address': 'address',
}

type Unlabelled<Code extends keyof AlertFacts> = {
  readonly kind: Code
  readonly facts: Omit<AlertFacts[Code], 'label'>
}
type Said = Unlabelled<'WrongKey'> | Unlabelled<'SharedSerial'> | Unlabelled<'TooLarge'> | Unlabelled<'Flood'>

function withLabel({ kind, facts }: Said, label: string): AlertSays {
  // Kind and facts belong together in Said; spreading them forgets it.
  return { code: kind, facts: { label, ...facts } } as AlertSays
}

/**
 * A terminal with a key has to show it at the handshake (`pushcommkey`), with every request (`ComKey`) or when it
 * registers (`authKey`) [ATT58][SDK32][SEC29]. Most firmware shows it at the handshake only, so requests without one are believed from the address
 * that showed it last, unless that is a proxy on this computer. Anything else is treated like a stranger: kept, not believed.
 */
export function createGuard(deps: Pick<GatewayDeps, 'store' | 'clock' | 'log' | 'config'>): Guard {
  const { store, clock, log, config } = deps
  const findKey = createKeyFinder(store)
  const addresses = createAddresses(clock)
  const toldAt = new Map<string, number>()
  const guesses = createGuesses(clock)

  async function showsKey(key: DeviceKeyRow, shown: string | undefined, address: string | null) {
    if (shown === undefined) return key.address !== null && key.address === address && !isProxy(address)
    const guesser = `${key.sn} ${address ?? ''}`
    if (
      guesses.count(guesser) >= guessesMax ||
      !isKey(config.deviceKeySecret ?? config.sealKey, key, shown)
    ) {
      guesses.note(guesser)
      return false
    }
    if (key.address !== address) await store.write(write => trustAddress(write, key.sn, address))
    return true
  }

  async function tell(sighting: Omit<Sighting, 'at' | 'times' | 'kind' | 'facts'> & Said): Promise<void> {
    const at = clock.now()
    const told = `${sighting.sn} ${sighting.kind}`
    const last = toldAt.get(told)
    if (last !== undefined && at - last < sayEveryMs) return
    toldAt.set(told, at)
    log.warn({ sn: sighting.sn, kind: sighting.kind }, sighting.detail)
    await store.write(async write => {
      await raiseIncident(write, { ...sighting, times: 1, at })
      const { kind, title } = alerts[sighting.kind]
      const device = await findDevice(write, sighting.sn)
      await raiseAlert(write, {
        kind,
        severity: 'Warning',
        subject: sighting.sn,
        deviceSN: sighting.sn,
        title: `${title}: ${sighting.sn}`,
        detail: sighting.detail,
        says: withLabel(sighting, device?.label ?? sighting.sn),
        at,
        dedupeKey: `${sighting.kind} ${sighting.sn}`,
      })
    })
  }

  return {
    async believes(device, request, { address, body }) {
      const key = await findKey(device.sn)
      if (!key) return true
      const shown = shownKey(request, body)
      if (await showsKey(key, shown, address)) return true
      const what = shown === undefined ? 'no key' : 'a wrong key'
      const detail = `A request from ${address ?? 'an unknown address'} showed ${what}; what it sends is held`
      const facts = { address, shown: shown === undefined ? 'none' : 'wrong' } as const
      await tell({ sn: device.sn, kind: 'WrongKey', subject: 'key', detail, facts })
      return false
    },
    async notice(device, address) {
      const other = address === null ? null : addresses.note(device.sn, address)
      if (other === null || address === null) return
      const subject = [address, other].sort().join(' and ')
      const detail = `${subject} use this serial number by turns: somebody else, two terminals with the same number, or one terminal behind two lines`
      const facts = { one: address, other }
      await tell({ sn: device.sn, kind: 'SharedSerial', subject, detail, facts })
    },
    async tooLarge(sn, bytes, bytesMax) {
      if ((await findDevice(store.read, sn)) === undefined) return
      const megabytes = (count: number) => Math.ceil(count / 1_048_576)
      const detail = `An upload of ${megabytes(bytes)} MB was refused, ${megabytes(bytesMax)} MB are taken; what the terminal has behind it waits`
      const facts = { megabytes: megabytes(bytes), megabytesMax: megabytes(bytesMax) }
      await tell({ sn, kind: 'TooLarge', subject: 'upload', detail, facts })
    },
    async flooding(sn, limit) {
      // Asked first: of a flood every request comes along here.
      const last = toldAt.get(`${sn} Flood`)
      if (last !== undefined && clock.now() - last < sayEveryMs) return
      if ((await findDevice(store.read, sn)) === undefined) return
      const detail = `More came than is allowed (${limit}); what was over was refused, and a terminal sends it again`
      const facts = { limit: limits[limit] ?? 'requests' }
      await tell({ sn, kind: 'Flood', subject: 'requests', detail, facts })
    },
    async sweep() {
      const before = clock.now() - overAfterMs
      const due = await store.read
        .selectFrom('incident')
        .select('id')
        .where('kind', 'in', kinds)
        .where('ended_at', 'is', null)
        .where('last_at', '<', before)
        .limit(1)
        .executeTakeFirst()
      if (due === undefined) return
      await store.write(async write => {
        for (const kind of kinds)
          for (const sn of await endIncidents(write, kind, before))
            await clearAlert(write, `${kind} ${sn}`, clock.now())
      })
    },
    forget(sns) {
      addresses.forget(sns)
      for (const sn of sns) for (const kind of kinds) toldAt.delete(`${sn} ${kind}`)
    },
  }
}

/** A reverse proxy on this computer stands for every terminal behind it, so its address proves nothing. */
function isProxy(address: string | null): boolean {
  return address === '127.0.0.1' || address === '::1'
}

/** Wrong keys by serial number and address, forgotten when none has come for a while. */
function createGuesses(clock: Pick<GatewayDeps['clock'], 'now'>) {
  const wrong = new Map<string, { times: number; at: number }>()
  return {
    count(guesser: string): number {
      const known = wrong.get(guesser)
      return known && clock.now() - known.at < guessWindowMs ? known.times : 0
    },
    note(guesser: string): void {
      const times = this.count(guesser) + 1
      const [oldest] = wrong.keys()
      if (wrong.size >= guessersKept && oldest !== undefined) wrong.delete(oldest)
      wrong.delete(guesser)
      wrong.set(guesser, { times, at: clock.now() })
    },
  }
}

/** An access terminal shows it in the body it registers with (iclock-push 9.3). */
function shownKey({ cdata, endpoint, query }: KnownRequest, body: Buffer): string | undefined {
  const atHandshake = cdata?.kind === 'handshake' ? (cdata.commKey ?? undefined) : undefined
  const atRegistry = endpoint === 'registry' ? parseOptions(body).values.get('authKey') : undefined
  return query.get('comkey') ?? atHandshake ?? query.get('pushcommkey') ?? atRegistry
}
