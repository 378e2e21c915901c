import { sql } from 'kysely'
import type { EventBody } from '#contract/events.ts'
import { rowsFromJson } from '#platform/database/dialect.ts'
import type { Gap } from '../commands/catch-up.ts'
import type { GatewayDeps } from '../deps.ts'
import type { AwayCause } from '../health/group-losses.ts'
import { declareAway, declareBack, type LossInZone } from '../health/outages.ts'
import { type DeviceRow, findDevice } from '../store/devices.ts'
import type { Write } from '../store/index.ts'
import { formatOffset, localAt } from '../time/zone.ts'
import { recordEvents } from '../webhooks/outbox.ts'

interface Contact {
  lastSeen: number
  address: string | null
  online: boolean
  /** Milliseconds between polls, smoothed; null until two polls were seen. */
  rhythm: number | null
  lastPoll: number | null
  skew: number | null
  dirty: boolean
  /** When it was last heard before we started, until it is heard again. */
  resumedFrom: number | null
  /** Its silence counts from here on, where we stood still before. */
  graceAt: number
  /** When it last called and was turned away, and why. */
  refusedAt: number
  refusedFor: Exclude<AwayCause, 'NoPoll' | 'Restart'> | null
}

export interface Presence {
  /** Notes a contact; only the change from away to here writes at once. */
  seen(sn: string, contact: { address: string | null; isPoll: boolean }): Promise<void>
  /** Notes that a terminal called and was turned away; it stays away, but not for want of a line. */
  refused(sn: string, why: Exclude<AwayCause, 'NoPoll' | 'Restart'>): void
  /** Notes that nobody looked until now: what was not heard meanwhile is no silence. */
  forgive(): void
  /** Notes the measured clock difference, in milliseconds. */
  measured(sn: string, skewMs: number): void
  /** Declares those silent for longer than their own rhythm allows; answers how many went away. */
  sweep(): Promise<number>
  /** Writes what contacts have changed since the last time, in one statement. */
  flush(): Promise<void>
  /** Reads what was known before this start. Until a terminal had time to call again, nobody is declared away. */
  load(): Promise<void>
  /** Forgets terminals that were removed. */
  forget(sns: readonly string[]): void
}

type PresenceDeps = Pick<GatewayDeps, 'store' | 'clock' | 'wakeDelivery' | 'log'> & {
  /** Told of a silence that ends, in the transaction that notes the end. */
  readonly returned?: (write: Write, gap: Gap) => Promise<void>
}

const silenceMinMs = 45_000
const silenceMaxMs = 180_000
const missedPolls = 4
/** A restart of ours shorter than this is no gap (iclock-push 14). */
const restartGapMs = 120_000
/** A restart we ordered may take this long. */
const rebootMs = 180_000
const sweptAtOnce = 100

/** How long a terminal may be silent before it counts as away: four of its own polls, within bounds. */
export function silenceAllowed(rhythmMs: number | null): number {
  if (rhythmMs === null) return silenceMaxMs
  return Math.min(silenceMaxMs, Math.max(silenceMinMs, rhythmMs * missedPolls))
}

/**
 * Who is here, kept in memory and written behind: thousands of polls a minute must not become thousands of commits.
 */
export function createPresence(deps: PresenceDeps): Presence {
  const contacts = new Map<string, Contact>()
  const arriving = new Map<string, Promise<void>>()

  async function arrive(sn: string, contact: Contact): Promise<void> {
    const at = contact.lastSeen
    await deps.store.write(async write => {
      const before = await write
        .selectFrom('device_contact')
        .select(['online', 'last_seen_at'])
        .where('sn', '=', sn)
        .executeTakeFirst()
      await changeOnline(deps, write, sn, { online: true, at, address: contact.address })
      const lastSeen = before?.last_seen_at ?? null
      await declareBack(write, sn, at)
      const isGap = lastSeen !== null && (before?.online === 0 || at - lastSeen > restartGapMs)
      if (isGap) await deps.returned?.(write, { sn, at })
    })
    contact.online = true
    contact.resumedFrom = null
    deps.wakeDelivery()
  }

  return {
    async seen(sn, { address, isPoll }) {
      const now = deps.clock.now()
      const known = contacts.get(sn)
      const contact: Contact = known ?? {
        lastSeen: now,
        address,
        online: false,
        rhythm: null,
        lastPoll: null,
        skew: null,
        dirty: true,
        resumedFrom: null,
        ...ungraced,
      }
      if (!known) contacts.set(sn, contact)
      contact.lastSeen = now
      contact.address = address
      contact.dirty = true
      if (isPoll) notePoll(contact, now)
      const { resumedFrom } = contact
      if (contact.online && (resumedFrom === null || now - resumedFrom <= restartGapMs)) {
        contact.resumedFrom = null
        return
      }
      const pending = arriving.get(sn) ?? arrive(sn, contact).finally(() => arriving.delete(sn))
      arriving.set(sn, pending)
      await pending
    },
    measured(sn, skewMs) {
      const contact = contacts.get(sn)
      if (!contact) return
      contact.skew = skewMs
      contact.dirty = true
    },
    async sweep() {
      const now = deps.clock.now()
      const silent: [string, Contact][] = []
      for (const [sn, contact] of contacts)
        if (contact.online && isSilent(contact, now)) silent.push([sn, contact])
      if (silent.length === 0) return 0
      await this.flush()
      const rebooting = await rebootsUnderWay(deps, now)
      const gone = silent.filter(([sn]) => !rebooting.has(sn))
      for (let first = 0; first < gone.length; first += sweptAtOnce) {
        const some = gone.slice(first, first + sweptAtOnce)
        const away = await deps.store.write(write => sendAway(deps, write, some, now))
        for (const [sn, contact] of some) {
          // Not among them when another process sharing the store has heard from it meanwhile.
          if (away.has(sn)) contact.online = false
          else contact.lastSeen = now
        }
      }
      deps.wakeDelivery()
      return gone.length
    },
    refused(sn, why) {
      const contact = contacts.get(sn)
      if (!contact) return
      contact.refusedAt = deps.clock.now()
      contact.refusedFor = why
    },
    forgive() {
      const now = deps.clock.now()
      for (const contact of contacts.values()) contact.graceAt = now
    },
    async flush() {
      const rows = [...contacts]
        // What the store knows of the time before our start is needed until its end has been noted.
        .filter(([, contact]) => contact.dirty && contact.online && contact.resumedFrom === null)
        .map(([sn, contact]) => ({
          sn,
          last_seen_at: contact.lastSeen,
          address: contact.address,
          clock_skew_ms: contact.skew,
          poll_interval_ms: contact.rhythm === null ? null : Math.round(contact.rhythm),
        }))
      if (rows.length === 0) return
      for (const { sn } of rows) {
        const contact = contacts.get(sn)
        if (contact) contact.dirty = false
      }
      const given = rowsFromJson(
        deps.store.dialect,
        {
          sn: 'text',
          last_seen_at: 'integer',
          address: 'text',
          clock_skew_ms: 'integer',
          poll_interval_ms: 'integer',
        },
        rows,
      )
      await deps.store.write(write =>
        sql`update device_contact set last_seen_at = given.last_seen_at, address = given.address,
          clock_skew_ms = coalesce(given.clock_skew_ms, device_contact.clock_skew_ms), poll_interval_ms = coalesce(given.poll_interval_ms, device_contact.poll_interval_ms)
          from ${given} as given where given.sn = device_contact.sn`.execute(write),
      )
    },
    async load() {
      const now = deps.clock.now()
      for (const row of await deps.store.read.selectFrom('device_contact').selectAll().execute()) {
        contacts.set(row.sn, {
          lastSeen: row.online === 1 ? now : (row.last_seen_at ?? 0),
          address: row.address,
          online: row.online === 1,
          rhythm: row.poll_interval_ms,
          lastPoll: null,
          skew: row.clock_skew_ms,
          dirty: false,
          resumedFrom: row.online === 1 ? row.last_seen_at : null,
          ...ungraced,
        })
      }
    },
    forget(sns) {
      for (const sn of sns) contacts.delete(sn)
    },
  }
}

const ungraced = { graceAt: 0, refusedAt: 0, refusedFor: null } as const

function isSilent({ lastSeen, graceAt, rhythm }: Contact, now: number): boolean {
  return now - Math.max(lastSeen, graceAt) > silenceAllowed(rhythm)
}

/** Terminals we told to restart that may still be at it. */
async function rebootsUnderWay(
  { store }: Pick<GatewayDeps, 'store'>,
  now: number,
): Promise<ReadonlySet<string>> {
  const rows = await store.read
    .selectFrom('command')
    .select('sn')
    .where('kind', '=', 'device.restart')
    .where('state', 'in', ['sent', 'done', 'unconfirmed'])
    .where('sent_at', '>', now - rebootMs)
    .execute()
  return new Set(rows.map(({ sn }) => sn))
}

/** Says of those that are still silent that they are away, and keeps since when and why. Answers which. */
async function sendAway(
  deps: PresenceDeps,
  write: Write,
  silent: readonly (readonly [string, Contact])[],
  now: number,
): Promise<ReadonlySet<string>> {
  const losses: LossInZone[] = []
  const away = new Set<string>()
  for (const [sn, contact] of silent) {
    const allowed = silenceAllowed(contact.rhythm)
    const cause = await causeOf(write, sn, contact, now)
    const left = await changeOnline(deps, write, sn, {
      online: false,
      at: now,
      quietSince: now - allowed,
      cause,
    })
    if (left === null) continue
    away.add(sn)
    const { device, lastSeen } = left
    if (device?.state !== 'adopted') continue
    losses.push({
      ...device,
      address: contact.address,
      from: lastSeen,
      to: heardUntil(contact, lastSeen, now - allowed) + (contact.rhythm ?? allowed),
      cause,
    })
  }
  await declareAway(write, losses, now)
  return away
}

/** Until when it may have called: nobody heard it while we were down or stood still. */
function heardUntil({ graceAt, resumedFrom }: Contact, lastSeen: number, begun: number): number {
  return Math.max(lastSeen, graceAt, resumedFrom === null ? 0 : begun)
}

async function causeOf(write: Write, sn: string, contact: Contact, now: number): Promise<AwayCause> {
  const { refusedAt, refusedFor, lastSeen } = contact
  if (refusedFor !== null && refusedAt > lastSeen && now - refusedAt < silenceMaxMs) return refusedFor
  const restart = await write
    .selectFrom('command')
    .select('id')
    .where('sn', '=', sn)
    .where('kind', '=', 'device.restart')
    .where('sent_at', '>', lastSeen - rebootMs)
    .limit(1)
    .executeTakeFirst()
  return restart === undefined ? 'NoPoll' : 'Restart'
}

function notePoll(contact: Contact, now: number): void {
  const gap = contact.lastPoll === null ? null : now - contact.lastPoll
  contact.lastPoll = now
  // A gap after an absence says nothing about the rhythm.
  if (gap === null || gap > silenceMaxMs) return
  contact.rhythm = contact.rhythm === null ? gap : contact.rhythm * 0.8 + gap * 0.2
}

interface OnlineChange {
  readonly online: boolean
  readonly at: number
  readonly address?: string | null
  /** Going away counts only if the store has not heard from it since. */
  readonly quietSince?: number
  readonly cause?: AwayCause
}

/** Null when nothing changed: nobody knows the terminal, or it has been heard since. */
async function changeOnline(
  deps: PresenceDeps,
  write: Write,
  sn: string,
  change: OnlineChange,
): Promise<{ readonly device: DeviceRow | undefined; readonly lastSeen: number } | null> {
  const row = await write.selectFrom('device_contact').selectAll().where('sn', '=', sn).executeTakeFirst()
  if (!row) return null
  const alreadySo = (row.online === 1) === change.online
  const heardSince = change.quietSince !== undefined && (row.last_seen_at ?? 0) > change.quietSince
  if (heardSince) return null
  await write
    .updateTable('device_contact')
    .set({
      online: change.online ? 1 : 0,
      away_cause: change.cause ?? null,
      ...(alreadySo ? {} : { since: change.online ? change.at : (row.last_seen_at ?? change.at) }),
      ...(change.online ? { last_seen_at: change.at, address: change.address ?? row.address } : {}),
    })
    .where('sn', '=', sn)
    .execute()
  const device = alreadySo ? undefined : await findDevice(write, sn)
  if (device)
    await recordEvents(
      write,
      [
        statusEvent(
          device,
          change.online ? 'online' : 'offline',
          change.online ? change.at : row.last_seen_at,
          change.at,
        ),
      ],
      deps.clock,
    )
  return { device, lastSeen: row.last_seen_at ?? change.at }
}

/** OnDeviceStatus for a terminal. */
export function statusEvent(
  device: DeviceRow,
  status: EventBody<'OnDeviceStatus'>['Status'],
  lastSeen: number | null,
  now: number,
): EventBody<'OnDeviceStatus'> {
  const seen = lastSeen === null ? null : localAt(lastSeen, device.zone)
  return {
    Event: 'OnDeviceStatus',
    OperationID: `s${now.toString(36)}-${status}-${device.sn}`.slice(0, 64),
    OccurredAt: new Date(now).toISOString(),
    DeviceSN: device.sn,
    LabelName: device.label,
    Site: device.site,
    Status: status,
    LastSeen: seen === null ? null : `${seen.local} ${formatOffset(seen.offsetMinutes)}`,
    QueueDepth: 0,
  }
}
