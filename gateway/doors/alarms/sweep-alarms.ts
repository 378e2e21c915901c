import { z } from 'zod'
import type { GatewayDeps } from '../../deps.ts'
import { type AlarmRow, changeAlarm, leftAlone, sleptEnough } from '../../store/door-alarms.ts'
import type { Write } from '../../store/index.ts'
import { recordEvents } from '../../webhooks/outbox.ts'
import { doorNews } from '../door-news.ts'
import { tellFurther } from './tell-alert.ts'

const Names = z.array(z.string())

/** Wakes alarms somebody has sent to sleep, and takes those nobody has taken on to others. Answers how many. */
export async function sweepAlarms(deps: GatewayDeps): Promise<number> {
  const now = deps.clock.now()
  const [due, alone] = await Promise.all([sleptEnough(deps.store.read, now), leftAlone(deps.store.read, now)])
  if (due.length + alone.length === 0) return 0
  await deps.store.write(async write => {
    for (const { id } of due)
      await changeAlarm(
        write,
        id,
        { state: 'raised', snoozed_until: null },
        { at: now, actor: null, what: 'Woke', text: null },
      )
    for (const alarm of alone) await escalate(write, alarm, now)
    const notes = [
      ...due.map(alarm => noteOf(alarm, 'woke', 'Alarm: awake again')),
      ...alone.map(alarm => noteOf(alarm, 'escalated', 'Alarm: told to others')),
    ]
    await recordEvents(write, await doorNews(write, notes, now), deps.clock)
  })
  deps.wakeDelivery()
  return due.length + alone.length
}

/** Those named for it are told as well; where nobody is named, everybody. */
async function escalate(write: Write, alarm: AlarmRow, now: number): Promise<void> {
  const further = alarm.escalate_to === null ? [] : Names.parse(JSON.parse(alarm.escalate_to))
  const before = Names.parse(JSON.parse(alarm.notify))
  // Nobody named means everybody, and stays so.
  const whom = further.length === 0 || before.length === 0 ? [] : [...new Set([...before, ...further])]
  await changeAlarm(
    write,
    alarm.id,
    { notify: JSON.stringify(whom), escalated_at: now },
    { at: now, actor: null, what: 'Escalated', text: further.join(', ') || null },
  )
  await tellFurther(write, { id: alarm.id, at: now }, further)
}

function noteOf({ id, sn, door_no }: AlarmRow, what: string, detail: string) {
  return { sn, door: door_no, id: `a${id}-${what}`, detail }
}
