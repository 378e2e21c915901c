import { OperationError } from '#contract/errors.ts'
import { operations } from '#contract/operations/index.ts'
import type { OperationId } from '#contract/types.ts'

/** A handler that says honestly that it is not there. tests/contract/not-built-yet.test.ts lists them; the list can only shrink. */
export function notBuiltYet(id: OperationId): () => Promise<never> {
  return async () => {
    throw new OperationError('NOT_BUILT_YET', { detail: `${operations[id].name} comes with a later release` })
  }
}
