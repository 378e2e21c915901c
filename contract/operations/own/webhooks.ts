import { z } from 'zod'
import { Subscription } from '../../entities/subscription.ts'
import { defineOperations } from '../../operation.ts'
import { common } from '../../primitives.ts'

export const ownWebhooks = defineOperations('webhooks', {
  list: {
    name: 'ListWebhooks',
    aliases: ['ListSubscriptions'],
    known: false,
    origin: 'own',
    method: 'GET',
    summary: 'Who receives events, and how that goes',
    permission: 'webhooks:read',
    input: z.object({ ...common }),
    answers: { 200: z.object({ Subscriptions: z.array(Subscription) }) },
    errors: [],
    changes: [],
  },
})
