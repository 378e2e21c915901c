import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayAbove, isWithin, normaliseWindows, scheduleDays, type Window, weekdays } from './windows.ts'

const clock = fc
  .integer({ min: 0, max: 1439 })
  .map(
    minute => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  )
const anyWindow: fc.Arbitrary<Window> = fc.record({
  Day: fc.constantFrom(...weekdays),
  Start: clock,
  End: clock,
})
/** 2026-03-01 was a Sunday. */
const at = (day: number, time: string) => `2026-03-${String(1 + day).padStart(2, '0')} ${time}:30`

/** What a window says, minute by minute, without any arithmetic on windows. */
function covers({ Day, Start, End }: Window, day: number, time: string): boolean {
  const own = scheduleDays.indexOf(Day)
  if (End === '00:00') return day === own && time >= Start
  if (End >= Start) return day === own && time >= Start && time <= End
  return (day === own && time >= Start) || (day === (own + 1) % 7 && time <= End)
}

describe('windows', () => {
  it('mean the same minutes after they are brought into order', () => {
    fc.assert(
      fc.property(
        fc.array(anyWindow, { maxLength: 6 }),
        fc.integer({ min: 0, max: 6 }),
        clock,
        (windows, day, time) => {
          const said = windows.some(window => covers(window, day, time))
          expect(isWithin(normaliseWindows(windows), at(day, time))).toBe(said)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('never overlap, never cross midnight, and stay as they are once in order', () => {
    fc.assert(
      fc.property(fc.array(anyWindow, { maxLength: 8 }), windows => {
        const once = normaliseWindows(windows)
        expect(once.every(({ Start, End }) => Start <= End)).toBe(true)
        expect(normaliseWindows(once)).toEqual(once)
      }),
    )
  })

  it('over midnight are two, and those that touch are one', () => {
    expect(
      normaliseWindows([
        { Day: 'Saturday', Start: '22:00', End: '06:00' },
        { Day: 'Monday', Start: '08:00', End: '11:59' },
        { Day: 'Monday', Start: '12:00', End: '18:00' },
      ]),
    ).toEqual([
      { Day: 'Sunday', Start: '00:00', End: '06:00' },
      { Day: 'Monday', Start: '08:00', End: '18:00' },
      { Day: 'Saturday', Start: '22:00', End: '23:59' },
    ])
  })

  it('name the day that has too many', () => {
    const three = ['08', '12', '16'].map(hour => ({
      Day: 'Friday' as const,
      Start: `${hour}:00`,
      End: `${hour}:30`,
    }))
    expect([dayAbove(three, 3), dayAbove(three, 2)]).toEqual([null, 'Friday'])
  })
})
