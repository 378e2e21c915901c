import { randomBytes } from 'node:crypto'
import { type EventBody, type EventRecord, events } from '#contract/events.ts'
import type { Permission } from '#contract/permissions.ts'
import type { Clock } from '#platform/clock.ts'
import { hiddenFields, mask } from '../access/mask.ts'
import type { Person } from '../access/person.ts'
import { mayHearOf } from '../access/site-scope.ts'
import { createRing } from './ring.ts'

/** One open connection, as the hub sees it. */
export interface Sink {
  write(frames: Buffer): void
  /** Bytes accepted and not yet taken by the network. */
  pendingBytes(): number
  /** Says why, then closes. */
  end(reason: EndReason): void
  /** Closes at once: it does not read, and memory is not endless. */
  drop(): void
}

export type EndReason = 'session_ended' | 'rights_changed' | 'cannot_verify'

export interface Listener {
  readonly person: Person
  readonly sink: Sink
}

export interface Hub {
  /** Numbers an event, keeps it for those who come back, and tells those who may know. */
  publish(event: EventBody): void
  /** Joins a connection: replays what it missed or says that it cannot, then keeps it up to date. */
  join(listener: Listener, lastEventId: string | undefined): void
  leave(listener: Listener): void
  /** Comment line on every connection, so that both ends notice a dead one. */
  beat(): void
  listeners(): Iterable<Listener>
  close(): void
}

interface HubDeps {
  readonly clock: Clock
  readonly bufferSize?: number
  readonly pendingBytesMax?: number
}

/** What decides who may hear of an event. */
interface Rights {
  readonly permissions: ReadonlySet<Permission>
  readonly sites: readonly string[] | null
}

/** Listeners with equal rights get the same bytes: masked, serialised and written into one buffer once. */
interface Group extends Rights {
  readonly listeners: Set<Listener>
  waiting: string
  timer: NodeJS.Timeout | undefined
}

const calmPerSecond = 20
const coalesceMs = 50

/** The one place events pass through on their way to browsers (house 3.5, step 7). */
export function createHub(deps: HubDeps): Hub {
  const { clock, bufferSize = 5000, pendingBytesMax = 1024 * 1024 } = deps
  // Another process, another count: a listener of an earlier life must not be told "nothing missed".
  const boot = randomBytes(6).toString('hex')
  const ring = createRing<EventBody>(bufferSize)
  const groups = new Map<string, Group>()
  const rate = createRate(clock)

  const idOf = (number: number) => `${boot}-${number}`
  const send = (group: Group, frames: string, to: Iterable<Listener> = group.listeners) => {
    const bytes = Buffer.from(frames)
    for (const { sink } of to) {
      if (sink.pendingBytes() > pendingBytesMax) sink.drop()
      else sink.write(bytes)
    }
  }
  const flush = (group: Group) => {
    clearTimeout(group.timer)
    group.timer = undefined
    const frames = group.waiting
    group.waiting = ''
    if (frames !== '') send(group, frames)
  }
  const replay = (rights: Rights, lastEventId: string | undefined): string => {
    // An id alone moves the browser's position without being an event.
    const position = `id: ${idOf(ring.newest())}\n\n`
    if (lastEventId === undefined || lastEventId === '') return position
    const [from, number] = lastEventId.split('-')
    const missed = from === boot && /^\d{1,15}$/.test(number ?? '') ? ring.after(Number(number)) : null
    if (missed === null) return `event: resync\nid: ${idOf(ring.newest())}\ndata: {}\n\n`
    const frames = missed.map(({ number, entry }) => frame(idOf(number), entry, rights) ?? '')
    return frames.join('') + position
  }
  return {
    publish(event) {
      const id = idOf(ring.push(event))
      const isCalm = rate.note() <= calmPerSecond
      for (const group of groups.values()) {
        const text = frame(id, event, group)
        if (text === null) continue
        group.waiting += text
        if (isCalm && group.timer === undefined) flush(group)
        else group.timer ??= setTimeout(() => flush(group), coalesceMs)
      }
    },
    join(listener, lastEventId) {
      const { person } = listener
      const group = groups.get(person.profile) ?? newGroup(person)
      groups.set(person.profile, group)
      // What waits is already counted as sent by the replay; the newcomer must not get it twice.
      flush(group)
      send(group, `retry: 2000\n${replay(group, lastEventId)}`, [listener])
      group.listeners.add(listener)
    },
    leave(listener) {
      const group = groups.get(listener.person.profile)
      group?.listeners.delete(listener)
      if (!group || group.listeners.size > 0) return
      clearTimeout(group.timer)
      groups.delete(listener.person.profile)
    },
    beat() {
      for (const group of groups.values()) {
        flush(group)
        send(group, `: beat\nid: ${idOf(ring.newest())}\n\n`)
      }
    },
    *listeners() {
      for (const group of groups.values()) yield* group.listeners
    },
    close() {
      for (const group of groups.values()) clearTimeout(group.timer)
      groups.clear()
    },
  }
}

/** The frame as these rights may see it, or null where they may not. JSON holds no line breaks of its own. */
function frame(id: string, event: EventBody, { permissions, sites }: Rights): string | null {
  const record: EventRecord = events[event.Event]
  if (!permissions.has(record.permission) || !mayHearOf(sites, event)) return null
  const data = JSON.stringify(mask(event, hiddenFields(record.sensitive, permissions)))
  return `id: ${id}\nevent: ${event.Event}\ndata: ${data}\n\n`
}

function newGroup({ permissions, sites }: Rights): Group {
  return { permissions, sites, listeners: new Set(), waiting: '', timer: undefined }
}

/** Events within the last second, roughly: counted by whole seconds, the larger of this one and the one before. */
function createRate(clock: Clock): { note(): number } {
  let second = 0
  let count = 0
  let before = 0
  return {
    note() {
      const now = Math.floor(clock.now() / 1000)
      if (now !== second) {
        before = now === second + 1 ? count : 0
        second = now
        count = 0
      }
      count += 1
      return Math.max(count, before)
    },
  }
}
