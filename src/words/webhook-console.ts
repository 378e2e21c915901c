import { deliveries, issues } from './en/webhook-deliveries.ts'
import { failures } from './en/webhook-failures.ts'
import { jobs, keys, receivers, tests } from './en/webhook-receivers.ts'
import { pageWords } from './index.ts'

const en = {
  nav: {
    label: 'Sections of webhooks',
    receivers: 'Receivers',
    deliveries: 'Deliveries',
    dead: 'Dead letters',
    issues: 'Issues',
    events: 'Events',
  },
  receivers,
  keys,
  jobs,
  tests,
  deliveries,
  issues,
  failures,
  events: {
    title: 'Events',
    lead: 'What receivers can be told of, made from the same description the gateway checks with.',
    schema: 'Schema',
    sample: 'Sample',
    published: 'Published by CAMS',
    own: 'Own',
    right: (right: string) => `Needs the right ${right}`,
    form: 'Form',
    copy: 'Copy',
    field: 'Field',
    type: 'Type',
    meaning: 'Meaning',
    choose: 'Event',
  },
}

export type WebhookConsoleWords = typeof en

/** Words of the webhook pages beyond the first, in the language shown. */
export const consoleWords: WebhookConsoleWords = pageWords.webhookConsole ?? en
