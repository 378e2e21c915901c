import { expect, it } from 'vitest'
import { fuzz } from './fuzz.ts'

it('keeps every promise of the terminals port over a thousand mutated requests', async () => {
  const { failure, acknowledged, commands, statuses } = await fuzz({ requests: 1000, seed: 20_260_302 })
  expect(failure).toBeNull()
  // It would be easy to promise nothing.
  expect(acknowledged).toBeGreaterThan(100)
  expect(commands).toBeGreaterThan(0)
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '400', '404']))
})
