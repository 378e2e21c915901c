import type { OperationAnswer } from '#contract/types.ts'
import { doorKey } from '../../../../components/doors/door-cards.tsx'
import type { Door } from '../../../../components/doors/door-state.tsx'

type DoorEvent = OperationAnswer<'doors.logs'>['Events'][number]

/** An event with what its door adds: the log itself states neither zone nor site. */
export interface LogRow extends DoorEvent {
  readonly key: string
  /** What the door is called: its own name, else its terminal's. */
  readonly Name: string
  /** Its number where the name does not tell it from others of the same terminal. */
  readonly Number: number | null
  readonly Site: string
  readonly TimeZone: string | null
}

/** Rows with a key of their own: two equal events in one second are still two. */
export function logRows(events: readonly DoorEvent[], doors: readonly Door[]): LogRow[] {
  const places = new Map(doors.map(door => [doorKey(door), door]))
  const times = new Map<string, number>()
  return events.map(event => {
    const door = places.get(doorKey(event))
    const same = `${doorKey(event)} ${event.EventTime} ${event.Event} ${event.ReceivedAt}`
    const nth = times.get(same) ?? 0
    times.set(same, nth + 1)
    return {
      ...event,
      key: `${same} ${nth}`,
      Name: door?.DoorName ?? event.LabelName,
      Number: isOneOfSeveral(event, door) ? event.DoorNo : null,
      Site: door?.Site ?? '',
      TimeZone: door?.TimeZone ?? null,
    }
  })
}

function isOneOfSeveral({ DoorNo }: DoorEvent, door: Door | undefined): boolean {
  if (door === undefined) return DoorNo > 1
  return !door.DoorName && door.DoorCount > 1
}
