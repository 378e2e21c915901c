import { randomUUID } from 'node:crypto'
import { createSecret } from '#contract/signature.ts'
import type { Handlers } from './handler.ts'

export const webhookHandlers = {
  async 'webhooks.register'(input, { deps, caller }) {
    const secret = input.SecurityKey ?? createSecret()
    const id = randomUUID()
    await deps.store.write(write =>
      write.deleteFrom('subscription').where('url', '=', input.CallbackUrl).execute(),
    )
    await deps.store.write(write =>
      write
        .insertInto('subscription')
        .values({
          id,
          url: input.CallbackUrl,
          events: JSON.stringify(input.Events),
          devices: null,
          format: 'v3',
          secret,
          callback_token: null,
          local_allowed: 1,
          state: 'Active',
          token_id: caller.tokenId,
          created_at: deps.clock.now(),
        })
        .execute(),
    )
    return {
      status: 200,
      body: { SubscriptionID: id, ...(input.SecurityKey ? {} : { SecurityKey: secret }) },
    }
  },
  async 'webhooks.list'() {
    return { status: 200, body: { Subscriptions: [] } }
  },
} satisfies Pick<Handlers, Extract<keyof Handlers, `webhooks.${string}`>>
