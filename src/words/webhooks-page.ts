import { webhooks } from './en/webhooks.ts'
import { pageWords } from './index.ts'

export type WebhooksWords = typeof webhooks

/** Words that travel with what shows them, in the language shown. */
export const webhooksWords: WebhooksWords = pageWords.webhooks ?? webhooks
