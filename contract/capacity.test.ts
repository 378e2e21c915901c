import { describe, expect, it } from 'vitest'
import { readCapacity } from './capacity.ts'

describe('capacity of a terminal', () => {
  it.each([
    ['of 30 for people is 3,000', 'Users', 30, 12, 3000, true],
    ['of 3,000 is what it says', 'Users', 3000, 2999, 3000, false],
    ['that is less than what is held can only be hundreds', 'Faces', 1500, 1600, 150_000, true],
    ['of 1,000 for log lines is 100,000', 'Logs', 1000, 400, 100_000, true],
    ['of 200,000 for log lines is what it says', 'Logs', 200_000, null, 200_000, false],
    ['of nothing is not stated', 'Cards', 0, 5, null, false],
    ['that was not stated is not known', 'Cards', null, 5, null, false],
  ] as const)('%s', (_, kind, stated, used, maximum, inHundreds) => {
    expect(readCapacity(kind, stated, used)).toEqual({ maximum, inHundreds })
  })
})
