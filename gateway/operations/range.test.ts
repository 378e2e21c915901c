import fc from 'fast-check'
import { expect, it } from 'vitest'
import { localAt } from '../time/zone.ts'
import { reachesToday, readRange } from './range.ts'

const dayMs = 86_400_000
const zones = [
  'UTC',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/New_York',
]

it.each([
  // 02:11 on the 28th in Kolkata; UTC still has the 27th.
  ['2026-11-27T20:41:00Z', 'Asia/Kolkata', '2026-11-27', '2026-11-28', true],
  ['2026-11-27T20:41:00Z', 'Asia/Kolkata', '2026-11-26', '2026-11-27', false],
  ['2026-11-27T20:41:00Z', 'Asia/Kolkata', '2026-11-28', '2026-11-28', false],
  // 19:00 on the 27th in New York; UTC has the 28th.
  ['2026-11-28T00:00:00Z', 'America/New_York', '2026-11-26', '2026-11-27', true],
  ['2026-11-28T00:00:00Z', 'America/New_York', '2026-11-01', '2026-11-26', false],
  ['2026-11-28T00:00:00Z', 'America/New_York', '2026-11-26 08:00', '2026-11-27 18:59', true],
])('at %s in %s, %s to %s reaches today: %s', (now, zone, FromDate, ToDate, reaches) => {
  expect(reachesToday(readRange({ FromDate, ToDate }), Date.parse(now), zone)).toBe(reaches)
})

it('yesterday and today as the terminal has them are enough at any hour of any zone', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2040-01-01') }),
      fc.constantFrom(...zones),
      (now, zone) => {
        const today = localAt(now, zone).local.slice(0, 10)
        const yesterday = new Date(Date.parse(today) - dayMs).toISOString().slice(0, 10)
        const range = (FromDate: string, ToDate: string) =>
          reachesToday(readRange({ FromDate, ToDate }), now, zone)
        expect(range(yesterday, today)).toBe(true)
        expect(range(today, today)).toBe(false)
        expect(range(yesterday, yesterday)).toBe(false)
      },
    ),
  )
})
