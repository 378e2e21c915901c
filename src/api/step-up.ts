import { errorFromReply } from '#contract/envelope.ts'
import type { FileId, OperationId, OperationInput, OperationResult } from '#contract/types.ts'
import { browserFetch, client } from './client.ts'

/** Shows the password once more and answers a pass that is good for one action within a minute. */
export async function confirmPassword(password: string): Promise<string> {
  const reply = await browserFetch('/api/session/confirm', {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ Password: password }),
  })
  const body = JSON.parse(await reply.text()) as { Pass?: string }
  if (reply.status !== 200 || !body.Pass)
    throw errorFromReply(reply.status, body, reply.headers.get('retry-after'))
  return body.Pass
}

/** An order that may need such a pass; without one it is tried plainly. */
export function callWithPass<Id extends Exclude<OperationId, FileId>>(
  id: Id,
  input: OperationInput<Id>,
  given: { readonly idempotencyKey: string; readonly pass?: string | undefined },
): Promise<OperationResult<Id>> {
  return client.call(id, input, {
    idempotencyKey: given.idempotencyKey,
    ...(given.pass ? { headers: { 'x-step-up': given.pass } } : {}),
  })
}
