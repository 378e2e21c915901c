import { describe, expect, it } from 'vitest'
import type { ExplainedDay } from './explanation-text.ts'
import { timelineScale } from './timeline-scale.ts'

const dayOf = (zone: string, from: string, to: string) =>
  ({
    TimeZone: zone,
    From: from,
    To: to,
    Punches: [],
    Shifts: [{ From: null, To: null, Bands: [{ Kind: 'worked', From: from, To: to, Paid: false }] }],
  }) as unknown as ExplainedDay
const hoursOf = (day: ExplainedDay) => timelineScale(day).ticks.map(tick => tick.label)

describe('the timeline of a day', () => {
  it('leaves out the hour that never came', () => {
    const hours = hoursOf(dayOf('Europe/Berlin', '2026-03-29T01:00:00+01:00', '2026-03-29T06:00:00+02:00'))
    expect(hours).toEqual(['01', '03', '04', '05', '06'])
  })

  it('draws the hour that came twice twice', () => {
    const hours = hoursOf(dayOf('Europe/Berlin', '2026-10-25T01:00:00+02:00', '2026-10-25T05:00:00+01:00'))
    expect(hours).toEqual(['01', '02', '02', '03', '04', '05'])
  })

  it('stands on full hours of the wall clock also where the offset has a half one', () => {
    const hours = hoursOf(dayOf('Asia/Kolkata', '2026-03-02T09:10:00+05:30', '2026-03-02T14:20:00+05:30'))
    expect(hours).toEqual(['09', '10', '11', '12', '13', '14', '15'])
  })

  it('goes over midnight and marks it', () => {
    const { ticks, place, toMs } = timelineScale(
      dayOf('UTC', '2026-03-02T22:00:00+00:00', '2026-03-03T06:00:00+00:00'),
    )
    expect(ticks.filter(tick => tick.isMidnight)).toHaveLength(1)
    expect(place(toMs)).toBe(1)
  })
})
