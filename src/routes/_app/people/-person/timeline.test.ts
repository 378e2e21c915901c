import { describe, expect, it } from 'vitest'
import { momentsByDay } from './timeline.ts'

const punch = (AttendanceLog: string) =>
  ({ OperationID: AttendanceLog, AttendanceLog }) as Parameters<typeof momentsByDay>[0]['punches'][number]
const door = (EventTime: string) =>
  ({ DeviceSN: 'D', DoorNo: 1, Event: 'Opened', EventTime }) as Parameters<
    typeof momentsByDay
  >[0]['doors'][number]
const change = (At: string) =>
  ({ ChangeID: At, Field: null, At }) as Parameters<typeof momentsByDay>[0]['changes'][number]

describe('the timeline of a person', () => {
  it('puts punches, doors and changes into one order, newest first, by day', () => {
    const days = momentsByDay(
      {
        punches: [punch('2026-03-02 08:00:00'), punch('2026-03-01 17:00:00')],
        doors: [door('2026-03-02 08:00:05')],
        changes: [change('2026-03-02T04:00:00Z')],
      },
      () => '2026-03-02 09:30:00',
    )
    expect(days.map(({ day, moments }) => [day, moments.map(({ kind }) => kind)])).toEqual([
      ['2026-03-02', ['change', 'door', 'punch']],
      ['2026-03-01', ['punch']],
    ])
  })
})
