import type { GatewayDeps } from '../../deps.ts'
import { changeAlarm, sleptEnough } from '../../store/door-alarms.ts'
import { recordEvents } from '../../webhooks/outbox.ts'
import { doorNews } from '../door-news.ts'

/** Wakes alarms somebody has sent to sleep. Answers how many. */
export async function sweepAlarms(deps: GatewayDeps): Promise<number> {
  const now = deps.clock.now()
  const due = await sleptEnough(deps.store.read, now)
  if (due.length === 0) return 0
  await deps.store.write(async write => {
    for (const { id } of due)
      await changeAlarm(
        write,
        id,
        { state: 'raised', snoozed_until: null },
        { at: now, actor: null, what: 'Woke', text: null },
      )
    const notes = due.map(({ id, sn, door_no }) => ({
      sn,
      door: door_no,
      id: `a${id}-woke`,
      detail: 'Alarm: awake again',
    }))
    await recordEvents(write, await doorNews(write, notes, now), deps.clock)
  })
  deps.wakeDelivery()
  return due.length
}
