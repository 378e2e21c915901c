import { operations } from '#contract/operations/index.ts'
import type { OperationId, OperationInput } from '#contract/types.ts'
import { silentLogger } from '#platform/logger.ts'
import type { Call, Handler } from '../../operations/handler.ts'
import { webhookHandlers } from '../../operations/webhooks.ts'
import type { Bench } from './bench.ts'
import { benchConfig } from './bench-config.ts'

type Id = Extract<OperationId, keyof typeof webhookHandlers>

/** Calls an operation the way the edge does: parsed input in, answer checked against its schema. */
export function consoleCaller(bench: Bench) {
  const deps = {
    config: benchConfig,
    store: bench.store,
    clock: bench.clock,
    log: silentLogger,
    wakeDelivery: () => bench.wake(),
    wakeCommands: () => {},
    onDevicesRemoved: () => {},
  }
  const call: Call = {
    // Handlers of this group use these parts and no others.
    deps: deps as unknown as Call['deps'],
    caller: { tokenId: 1, permissions: 'all', devices: 'all', ratePerMinute: 0, actor: 'somebody' },
    idempotencyKey: null,
  }
  const ask = async <T extends Id>(id: T, input: OperationInput<T>) => {
    // The loop forgets which id it holds; the handlers tie each to its own input.
    const handler = webhookHandlers[id] as unknown as Handler<T>
    const answer = (await handler(operations[id].input.parse(input) as never, call)) as { body: object }
    const shown: unknown = operations[id].answers[200].parse(answer.body)
    return shown as Record<string, never>
  }
  return { ask, deps }
}
