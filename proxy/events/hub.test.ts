import { describe, expect, it } from 'vitest'
import { makePerson } from '../access/person.ts'
import type { Role } from '../access/roles.ts'
import { deviceEvent, punchEvent } from '../testing/events.ts'
import { until } from '../testing/until.ts'
import { createHub, type Listener } from './hub.ts'

interface Frame {
  readonly id?: string
  readonly event?: string
  readonly data?: string
}

/** A connection that keeps what it is given. */
function listen(roles: readonly Role[], pending = () => 0) {
  const writes: Buffer[] = []
  const closed: string[] = []
  const person = makePerson({
    userId: `user-${roles.join()}`,
    name: 'x',
    roles,
    sessionId: `session-${Math.random()}`,
    expiresAt: 0,
    passwordIsInitial: false,
  })
  const sink = {
    write: (frames: Buffer) => void writes.push(frames),
    pendingBytes: pending,
    end: (reason: string) => void closed.push(reason),
    drop: () => void closed.push('dropped'),
  }
  const text = () => Buffer.concat(writes).toString()
  const frames = (): Frame[] =>
    text()
      .split('\n\n')
      .map(block =>
        Object.fromEntries(
          block
            .split('\n')
            .filter(line => /^\w/.test(line))
            .map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        ),
      )
  const told = () =>
    frames()
      .filter(({ data }) => data !== undefined)
      .map(({ data }) => (JSON.parse(data ?? '') as { OperationID?: string }).OperationID)
  const listener: Listener = { person, sink }
  return {
    listener,
    writes,
    closed,
    text,
    frames,
    told,
    lastId: () => frames().findLast(({ id }) => id)?.id ?? '',
  }
}

/** A hand on the clock: events in one frozen second count as one second. */
function frozenClock() {
  let now = 1_000_000
  return { now: () => now, sleep: async () => undefined, advance: (ms: number) => (now += ms) }
}

describe('the hub', () => {
  it('tells those who may know, masked like a read, and nobody else', () => {
    const hub = createHub({ clock: frozenClock() })
    const [hr, viewer, it_] = [listen(['hr']), listen(['viewer']), listen(['it'])]
    for (const { listener } of [hr, viewer, it_]) hub.join(listener, undefined)
    hub.publish(punchEvent('p1'))
    hub.publish(deviceEvent('d1'))
    expect(hr.told()).toEqual(['p1'])
    expect(viewer.told()).toEqual(['p1', 'd1'])
    expect(it_.told()).toEqual(['d1'])
    expect(hr.text()).toContain('"EmployeeCode":"0042"')
    expect(viewer.text()).toContain('"EmployeeCode":"•••"')
    expect(viewer.text()).not.toContain('Sam Lee')
    expect(hr.frames().find(({ event }) => event)?.event).toBe('OnAttendance')
  })

  it('serialises once for people with equal rights: they are given the same bytes', () => {
    const hub = createHub({ clock: frozenClock() })
    const [one, two] = [listen(['hr']), listen(['hr'])]
    hub.join(one.listener, undefined)
    hub.join(two.listener, undefined)
    hub.publish(punchEvent('p1'))
    expect(one.writes.at(-1)).toBe(two.writes.at(-1))
  })

  it('writes at once while it is calm, and gathers a storm into few writes without losing or turning round any', async () => {
    const hub = createHub({ clock: frozenClock() })
    const hr = listen(['hr'])
    hub.join(hr.listener, undefined)
    const ids = Array.from({ length: 500 }, (_, at) => `p${at}`)
    for (const id of ids.slice(0, 20)) hub.publish(punchEvent(id))
    expect(hr.told()).toHaveLength(20)
    for (const id of ids.slice(20)) hub.publish(punchEvent(id))
    await until(() => hr.told().length === 500, 'the storm to arrive')
    expect(hr.told()).toEqual(ids)
    expect(hr.writes.length).toBeLessThan(30)
    hub.close()
  })

  it('replays what was missed after an id, and never the same twice, even in the middle of a storm', async () => {
    const hub = createHub({ clock: frozenClock() })
    const first = listen(['hr'])
    hub.join(first.listener, undefined)
    for (let at = 0; at < 30; at++) hub.publish(punchEvent(`p${at}`))
    const lastId = first.lastId()
    const seen = first.told()
    hub.leave(first.listener)
    for (let at = 30; at < 60; at++) hub.publish(punchEvent(`p${at}`))
    const other = listen(['hr'])
    hub.join(other.listener, undefined)
    for (let at = 60; at < 90; at++) hub.publish(punchEvent(`p${at}`))
    const back = listen(['hr'])
    hub.join(back.listener, lastId)
    hub.publish(punchEvent('p90'))
    await until(() => back.told().includes('p90'), 'the newest')
    expect([...seen, ...back.told()]).toEqual(Array.from({ length: 91 }, (_, at) => `p${at}`))
    hub.close()
  })

  it('says resync instead of pretending to be complete: too old, another process, or nonsense', () => {
    const clock = frozenClock()
    const hub = createHub({ clock, bufferSize: 10 })
    const first = listen(['hr'])
    hub.join(first.listener, undefined)
    hub.publish(punchEvent('p0'))
    const old = first.lastId()
    for (let at = 1; at < 15; at++) hub.publish(punchEvent(`p${at}`))
    const stranger = listen(['hr'])
    createHub({ clock }).join(stranger.listener, undefined)
    for (const id of [
      old,
      stranger.lastId(),
      'nonsense',
      `${old.split('-')[0]}-99999`,
      `${old.split('-')[0]}-1e1`,
    ]) {
      const back = listen(['hr'])
      hub.join(back.listener, id)
      expect(
        back
          .frames()
          .filter(({ event }) => event)
          .map(({ event }) => event),
      ).toEqual(['resync'])
    }
  })

  it('a replay obeys the rights of today, not those of the event’s day', () => {
    const hub = createHub({ clock: frozenClock() })
    const hr = listen(['hr'])
    hub.join(hr.listener, undefined)
    const position = hr.lastId()
    hub.publish(punchEvent('p1'))
    const moved = listen(['security'])
    hub.join(moved.listener, position)
    expect(moved.told()).toEqual([])
  })

  it('keeps the position of those who may hear little, so that silence does not become a resync', () => {
    const hub = createHub({ clock: frozenClock(), bufferSize: 10 })
    const it_ = listen(['it'])
    hub.join(it_.listener, undefined)
    for (let at = 0; at < 50; at++) hub.publish(punchEvent(`p${at}`))
    hub.beat()
    const back = listen(['it'])
    hub.join(back.listener, it_.lastId())
    expect(back.text()).not.toContain('resync')
  })

  it('drops who does not read, and keeps serving the others', () => {
    const hub = createHub({ clock: frozenClock(), pendingBytesMax: 1000 })
    const [stuck, fine] = [listen(['hr'], () => 1001), listen(['hr'])]
    hub.join(fine.listener, undefined)
    hub.join(stuck.listener, undefined)
    hub.publish(punchEvent('p1'))
    expect(stuck.closed).toContain('dropped')
    expect(stuck.told()).toEqual([])
    expect(fine.told()).toEqual(['p1'])
  })
})
