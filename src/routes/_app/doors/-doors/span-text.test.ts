import { expect, it } from 'vitest'
import { clockSpan } from './span-text.ts'

it('counts down to nought and stays there', () => {
  expect([3_720_000, 245_000, 59_001, 1, 0, -5000].map(clockSpan)).toEqual([
    '1:02:00',
    '4:05',
    '1:00',
    '0:01',
    '0:00',
    '0:00',
  ])
})
