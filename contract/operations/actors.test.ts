import { expect, it } from 'vitest'
import { z } from 'zod'
import type { OperationRecord } from '../operation.ts'
import { operations } from './index.ts'

/** Who ordered a door to do what is named for those who operate doors alone, by a list of accounts they may read. */
const isNamedElsewhere = (id: string) => id.startsWith('doors.')

it('every read that tells who acted has the name of the account put there', () => {
  const unnamed = Object.entries<OperationRecord>(operations)
    .filter(([id, { method }]) => method === 'GET' && !isNamedElsewhere(id))
    .filter(([, { answers, actors = [] }]) => tellsActor(answers[200]) && !actors.includes('Actor'))
    .map(([id]) => id)
  expect(unnamed).toEqual([])
})

function tellsActor(answer: z.ZodType | undefined): boolean {
  if (answer === undefined) return false
  return JSON.stringify(z.toJSONSchema(answer, { unrepresentable: 'any' })).includes('"Actor":{')
}
