import { expect, it } from 'vitest'
import { forecast } from './storage.ts'

const samples = (...counts: number[]) =>
  counts.map((count, index) => ({ day: `2026-03-${String(index + 1).padStart(2, '0')}`, count }))

it('says how many whole days are left at the pace seen', () => {
  expect(forecast(samples(100, 200, 300, 400), 1000)).toEqual({ perDay: 100, daysLeft: 6 })
})

it.each([
  ['less than three days', samples(100, 200, 300), 1000, { perDay: null, daysLeft: null }],
  ['a memory that stays as it is', samples(5, 5, 5, 5), 1000, { perDay: 0, daysLeft: null }],
  ['no stated maximum', samples(0, 10, 20, 30), null, { perDay: 10, daysLeft: null }],
  ['a maximum stated in hundreds', samples(0, 1000, 2000, 3000), 50, { perDay: 1000, daysLeft: null }],
])('promises nothing of %s', (_what, list, capacity, expected) => {
  expect(forecast(list, capacity)).toEqual(expected)
})

it('starts anew when somebody has cleared it', () => {
  expect(forecast(samples(900, 950, 10, 20, 30, 40), 100)).toEqual({ perDay: 10, daysLeft: 6 })
})
