import type { EventBody } from '#contract/events.ts'
import { doorRows, stateOf } from '../store/door-states.ts'
import type { Write } from '../store/index.ts'
import { localAt } from '../time/zone.ts'

/** Something that is known of a door and stands in no log: an order that came into force, an alarm somebody took. */
export interface DoorNote {
  readonly sn: string
  readonly door: number
  /** The same for the same news, so that a repeated telling is known as one. */
  readonly id: string
  readonly detail: string
}

/** OnDoor for such news, so that every page that shows the door looks again. Doors of unknown terminals are left out. */
export async function doorNews(
  write: Write,
  notes: readonly DoorNote[],
  now: number,
): Promise<EventBody<'OnDoor'>[]> {
  if (notes.length === 0) return []
  const devices = await write
    .selectFrom('device')
    .select(['sn', 'label', 'site', 'zone'])
    .where('sn', 'in', [...new Set(notes.map(({ sn }) => sn))])
    .execute()
  const places = new Map(devices.map(device => [device.sn, device]))
  const states = new Map<string, Awaited<ReturnType<typeof doorRows>>>()
  const told: EventBody<'OnDoor'>[] = []
  for (const { sn, door, id, detail } of notes) {
    const place = places.get(sn)
    if (!place) continue
    const rows = states.get(sn) ?? (await doorRows(write, sn))
    states.set(sn, rows)
    told.push({
      Event: 'OnDoor',
      OperationID: `${id}-${now}`.slice(0, 64),
      OccurredAt: new Date(now).toISOString(),
      EventID: null,
      DeviceSN: sn,
      LabelName: place.label,
      Site: place.site,
      DoorNo: door,
      DoorEvent: 'StateChanged',
      State: stateOf(rows.get(door)),
      EmployeeCode: null,
      EventTime: localAt(now, place.zone).local,
      ReceivedAt: new Date(now).toISOString(),
      CommandID: null,
      Actor: null,
      Detail: detail,
    })
  }
  return told
}
