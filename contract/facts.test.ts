import { expect, it } from 'vitest'
import { operationFacts } from './facts.gen.ts'
import { operations } from './operations/index.ts'

it('the packed facts say of every operation what its record says', () => {
  expect(operationFacts).toEqual(
    Object.fromEntries(
      Object.entries(operations).map(([id, { name, method, changes }]) => [
        id,
        { name, method, changes: method === 'GET' ? [] : changes },
      ]),
    ),
  )
})
