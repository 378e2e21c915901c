export const commands = {
  state: {
    Queued: 'Waiting for the terminal',
    Sent: 'Handed to the terminal',
    Done: 'The terminal says done',
    Failed: 'The terminal refused',
    Expired: 'Expired; it was never handed over',
    Cancelled: 'Cancelled',
    Unconfirmed: 'No answer came; nobody knows',
  },
  short: {
    Queued: 'Waiting',
    Sent: 'Handed over',
    Done: 'Done',
    Failed: 'Failed',
    Expired: 'Expired',
    Cancelled: 'Cancelled',
    Unconfirmed: 'Not confirmed',
  },
  returnCode: (code: string) => `Terminal code ${code}`,
  cannotFollow: 'The order was accepted. Your role cannot follow what became of it.',
}
