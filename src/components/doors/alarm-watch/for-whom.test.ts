import { describe, expect, it } from 'vitest'
import { type Alarm, isFor, toldAloud, toldTo } from './for-whom.ts'

const guard = { Name: 'Ravi', Roles: ['security'] }
const alarm = (about: Partial<Alarm>): Alarm => ({
  AlarmID: '1',
  Kind: 'Forced',
  State: 'Raised',
  Silent: false,
  DeviceSN: 'GATE1',
  DoorNo: 1,
  DoorCount: 1,
  LabelName: 'Gate',
  DoorName: null,
  Site: 'Pune',
  TimeZone: 'Asia/Kolkata',
  EmployeeCode: null,
  RaisedAt: '2026-03-02T03:40:02.000Z',
  LastAt: '2026-03-02T03:40:02.000Z',
  Count: 1,
  AcknowledgedAt: null,
  AssignedTo: null,
  SnoozedUntil: null,
  ClearedAt: null,
  Sound: true,
  Notify: [],
  EscalatesAt: null,
  EscalatedAt: null,
  Rule: null,
  Steps: [],
  ...about,
})

describe('whom an alarm reaches', () => {
  it.each([
    [[], true],
    [['ravi'], true],
    [[' SECURITY '], true],
    [['night desk', 'Security'], true],
    [['it', 'Meera'], false],
  ])('%j reaches Ravi of security: %s', (Notify, expected) => {
    expect(isFor({ Notify }, guard)).toBe(expected)
  })

  it('is told aloud while nobody has taken it, never when it sleeps, and never for duress', () => {
    const told = toldAloud(
      [
        alarm({ AlarmID: 'raised' }),
        alarm({ AlarmID: 'snoozed', State: 'Snoozed' }),
        alarm({ AlarmID: 'taken', State: 'Acknowledged' }),
        alarm({ AlarmID: 'duress', Kind: 'Duress', Silent: true }),
        alarm({ AlarmID: 'others', Notify: ['it'] }),
      ],
      guard,
    )
    expect(told.map(({ AlarmID }) => AlarmID)).toEqual(['raised'])
  })

  it('is told to whom somebody has given it, and to nobody else', () => {
    const told = toldTo(
      [
        alarm({ AlarmID: 'mine', State: 'Assigned', AssignedTo: 'ravi' }),
        alarm({ AlarmID: 'theirs', State: 'Assigned', AssignedTo: 'Meera' }),
      ],
      guard,
    )
    expect(told.map(({ AlarmID }) => AlarmID)).toEqual(['mine'])
  })
})
