import { afterAll, beforeAll, expect, it } from 'vitest'
import { operations, publishedOperations } from '#contract/operations/index.ts'
import type { OperationId } from '#contract/types.ts'
import type { Call } from '../../gateway/operations/handler.ts'
import { handlers } from '../../gateway/operations/index.ts'
import { sampleInput } from '../support/sample-input.ts'
import { startGateway, type TestGateway } from '../support/start-gateway.ts'

/** Operations whose handler comes later. This list can only shrink. */
const notBuiltYet: OperationId[] = []

let running: TestGateway
beforeAll(async () => {
  running = await startGateway()
})
afterAll(() => running.stop())

it('lists exactly the handlers that answer NOT_BUILT_YET', async () => {
  const call = {
    deps: running.gateway.deps,
    caller: { tokenId: 1, permissions: 'all', devices: 'all', ratePerMinute: 0, actor: null },
    idempotencyKey: null,
  } satisfies Call
  const answering: OperationId[] = []
  for (const id of Object.keys(operations) as OperationId[]) {
    const handler = handlers[id] as (input: unknown, call: Call) => Promise<unknown>
    const input = operations[id].input.parse(sampleInput(id))
    const error: unknown = await handler(input, call).then(
      () => undefined,
      error => error,
    )
    if (error instanceof Error && 'code' in error && error.code === 'NOT_BUILT_YET') answering.push(id)
  }
  expect(answering.sort()).toEqual([...notBuiltYet].sort())
})

it('answers 501 with the code over the wire', async () => {
  for (const id of notBuiltYet) {
    const { name } = operations[id]
    const reply = await fetch(`${running.apiUrl}/v3/${name}`, {
      method: 'POST',
      headers: { AuthToken: running.token, 'content-type': 'application/json' },
      body: JSON.stringify(sampleInput(id)),
    })
    expect([name, reply.status, ((await reply.json()) as { code: string }).code]).toEqual([
      name,
      501,
      'NOT_BUILT_YET',
    ])
  }
})

it('keeps the published 34', () => {
  expect(Object.keys(publishedOperations)).toHaveLength(34)
})
