import { OperationError } from '#contract/errors.ts'
import { errorDetail, errorTextKey } from '../../../../api/error-text.ts'
import { words } from '../../../../words/index.ts'
import { consoleWords } from '../../../../words/webhook-console.ts'

/** Why something on these pages did not happen, in a sentence. */
export function failureText(error: Error): string {
  const { failures } = consoleWords
  if (error instanceof OperationError && Object.hasOwn(failures, error.code))
    return failures[error.code as keyof typeof failures]
  const { title, advice } = words.errors[errorTextKey(error)]
  return `${title}. ${errorDetail(error) ?? advice}`
}
