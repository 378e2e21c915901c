import type { EventBody } from '#contract/events.ts'
import type { Clock } from '#platform/clock.ts'
import type { Write } from '../store/index.ts'

export async function recordEvents(trx: Write, events: readonly EventBody[], clock: Clock): Promise<number> {
  if (events.length === 0) return 0
  const subscriptions = await trx
    .selectFrom('subscription')
    .selectAll()
    .where('state', '=', 'Active')
    .execute()
  if (subscriptions.length === 0) return 0
  for (const event of events) {
    if (
      'AttendanceLog' in event &&
      Date.parse(event.ReceivedAt) - Date.parse(event.AttendanceLog) > 86_400_000
    )
      continue
    const sn = 'DeviceSN' in event && typeof event.DeviceSN === 'string' ? event.DeviceSN : null
    const row = await trx
      .insertInto('outbox')
      .values({
        event: event.Event,
        operation_id: event.OperationID,
        sn,
        body: JSON.stringify(event),
        occurred_at: clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    for (const sub of subscriptions) {
      if (!(JSON.parse(sub.events) as string[]).includes(event.Event)) continue
      await trx
        .insertInto('delivery')
        .values({
          outbox_id: row.id,
          subscription_id: sub.id,
          lane: sn ?? '',
          state: 'pending',
          attempts: 0,
          next_at: 0,
          created_at: clock.now(),
          settled_at: null,
        })
        .execute()
    }
  }
  return events.length
}
