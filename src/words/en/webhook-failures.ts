/** What only happens on the pages of webhooks, in sentences of their own. */
export const failures = {
  JOB_RUNNING:
    'A job of this kind is under way for this receiver. Wait for its end, or cancel it in the list of jobs.',
  DELIVERY_BUSY: 'It waits to be sent already, because its receiver is paused. Resume the receiver first.',
}
