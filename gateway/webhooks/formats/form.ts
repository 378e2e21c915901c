import type { EventBody, EventId } from '#contract/events.ts'

/** One form of callback: which events it has words for, and the bytes of each. */
export interface CallbackForm {
  readonly contentType: string
  /** Anything else is never put into the outbox for a subscription of this form. */
  readonly events: ReadonlySet<EventId>
  /** What its own documentation demands as acknowledgement (cams-gateway 2.4). */
  readonly acknowledgedBy: 'status-done' | 'ok'
  /**
   * The body, or null for an event it has no words for. The same event and token give the same text, so a retry is
   * the same message.
   */
  write(event: EventBody, callbackToken: string | null): string | null
}
