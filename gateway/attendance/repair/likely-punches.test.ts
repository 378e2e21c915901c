import { describe, expect, it } from 'vitest'
import { likelyPunches, type RepairPerson } from './likely-punches.ts'

const midnight = Date.parse('2026-03-30T00:00:00Z')
const clock = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
const at = (text: string, day = midnight) => day + clock(text) * 60_000
const window = {
  fromMs: at('06:00'),
  toMs: at('12:00'),
  days: [{ date: '2026-03-30', startMs: midnight }],
}
const mondays = ['2026-03-02', '2026-03-09', '2026-03-16', '2026-03-23']
const worked = (dates: readonly string[], from = '08:00', to = '17:00') =>
  dates.flatMap(date =>
    [from, to].map(time => ({ instantMs: at(time, Date.parse(date)), date, minute: clock(time) })),
  )
const person = (more: Partial<RepairPerson> = {}): RepairPerson => ({
  punches: [],
  shifts: [],
  plannedDates: new Set(),
  leaveDates: new Set(),
  seen: [],
  ...more,
})
const shift = { date: '2026-03-30', startMs: at('07:00'), endMs: at('15:00') }
const brief = (own: RepairPerson, given = window) =>
  likelyPunches(own, given).map(punch => [
    punch.direction,
    new Date(punch.instantMs).toISOString().slice(11, 16),
    punch.basis,
    punch.isStrong,
  ])

describe('after an outage', () => {
  it.each([
    ['by plan, the start of the shift', person({ shifts: [shift] }), [['CheckIn', '07:00', 'plan', true]]],
    [
      'without a plan, the usual time of such a day',
      person({ punches: worked(mondays) }),
      [['CheckIn', '08:00', 'usual', true]],
    ],
    [
      'somebody who comes every other week is proposed, and left to be chosen',
      person({ punches: worked(mondays.slice(2)) }),
      [['CheckIn', '08:00', 'usual', false]],
    ],
    ['nobody who is on leave', person({ shifts: [shift], leaveDates: new Set(['2026-03-30']) }), []],
    ['nobody on a day off', person({ punches: worked(mondays), plannedDates: new Set(['2026-03-30']) }), []],
    ['nobody of whom nothing is known', person(), []],
    [
      'nobody who has punched elsewhere then',
      person({ shifts: [shift], punches: worked(['2026-03-30'], '07:10', '07:11') }),
      [],
    ],
    [
      'somebody on a day off whom a door has seen',
      person({
        punches: worked(mondays),
        plannedDates: new Set(['2026-03-30']),
        seen: [{ date: '2026-03-30', where: 'Store', localTime: '2026-03-30 09:00:00' }],
      }),
      [['CheckIn', '08:00', 'usual', true]],
    ],
  ])('%s', (_, own, expected) => {
    expect(brief(own)).toEqual(expected)
  })

  it('the half that is missing of a day whose other half is here', () => {
    const own = person({
      shifts: [{ ...shift, endMs: at('17:00') }],
      punches: [{ instantMs: at('17:05'), date: '2026-03-30', minute: clock('17:05') }],
    })
    expect(likelyPunches(own, window)).toMatchObject([
      { direction: 'CheckIn', isHalfHere: true, isStrong: true },
    ])
  })

  it('only what lies within the outage', () => {
    const whole = { ...window, toMs: at('18:00') }
    expect(brief(person({ shifts: [shift] }), whole).map(([direction]) => direction)).toEqual([
      'CheckIn',
      'CheckOut',
    ])
    expect(brief(person({ shifts: [shift] }), { ...window, fromMs: at('07:01') })).toEqual([])
  })
})
