import type { z } from 'zod'
import { OperationError } from '#contract/errors.ts'

/** Parses the input of a route of our own; the first fault becomes INVALID_INPUT with its field. */
export function parseOrRefuse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input ?? {})
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path[0]
  throw new OperationError('INVALID_INPUT', {
    detail: `${field === undefined ? 'The input' : String(field)}: ${issue?.message ?? 'cannot be read'}`,
    ...(field === undefined ? {} : { field: String(field) }),
  })
}
