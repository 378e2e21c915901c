/** Lives beside the delivery worker, whose own tests need it too and may not import from here (tsconfig references). */
export {
  type Answer,
  answers,
  type Received,
  startReceiver,
  type WebhookReceiver,
} from '../../gateway/webhooks/testing/receiver.ts'
