import { counter } from '../plural.ts'

const counted = counter('en')

export const webhooks = {
  title: 'Webhooks',
  lead: 'Programs that are told of punches, doors and terminals as they happen.',
  add: 'Add receiver',
  states: { Active: 'Active', Paused: 'Paused' },
  allDevices: 'All terminals',
  devices: (count: number) => counted(count, { one: '# terminal', other: '# terminals' }),
  since: (age: string) => `since ${age}`,
  formats: {
    v3: 'Gatehouse form',
    'web-api-3': 'Web API 3.0',
    'web-api-2': 'Web API 2.0',
    'web-api-1': 'Web API 1.0',
  },
  encrypted: 'encrypted',
  delivered: 'Delivered',
  pending: 'Pending',
  parked: 'Given up',
  parkedWhy: 'Given up after the last attempt; kept.',
  lastSuccess: 'Last success',
  lastError: 'Last error',
  health: {
    ok: 'Delivering',
    waiting: 'Delivery waits',
    parked: 'Deliveries given up',
    idle: 'Nothing sent yet',
  },
  none: 'No receivers yet',
  noneBody:
    'A receiver is an address of yours that Gatehouse calls with every event you choose: a payroll system, a chat, your own program.',
  events: {
    OnAttendance: 'A punch was recorded',
    OnDeviceStatus: 'A terminal came, went, or waits to be adopted',
    OnUserSync: 'A person or template landed on a terminal',
    OnMigration: 'Progress of a bulk copy',
    OnCommand: 'An order changed its state',
    OnDoor: 'Something happened at a door',
    OnUserUpdated: 'A person was added or changed at a terminal',
    OnUserDeleted: 'A person was deleted at a terminal',
  },
  form: {
    title: 'Add receiver',
    lead: 'The same address again changes what it receives.',
    url: 'Address',
    urlHint: 'Called with POST, for example https://payroll.example.com/hook',
    events: 'Events',
    eventsMissing: 'Choose at least one event.',
    devices: 'Terminals',
    devicesHint: 'Empty: events of all terminals. Else serial numbers, one a line.',
    addDevice: 'Add a terminal',
    removeDevice: (name: string) => `Remove ${name}`,
    format: 'Form',
    formats: {
      v3: 'Gatehouse form (recommended)',
      'web-api-3': 'CAMS Web API 3.0',
      'web-api-2': 'CAMS Web API 2.0',
      'web-api-1': 'CAMS Web API 1.0',
    },
    formatHints: {
      v3: 'Every event, as flat JSON.',
      'web-api-3':
        'For receivers written for this generation. They hear of punches and of people changed at a terminal.',
      'web-api-2':
        'For receivers written for this generation. They hear of punches and of people changed at a terminal.',
      'web-api-1': 'For receivers written for this generation. They hear of punches only.',
    },
    acknowledgement: 'Counts as received',
    acknowledgements: {
      done: 'The word done or ok, however it is written',
      exact: 'Only what the form itself asks for',
      any2xx: 'Any answer that is no error',
    },
    encryptionKey: 'Security key',
    encryptionKeyHint: 'Optional, 32 characters. With it every call is sent encrypted.',
    token: 'Token',
    tokenHint: 'Optional. Sent back to you as AuthToken in every call.',
    submit: 'Save receiver',
    busy: 'Saving',
  },
  made: {
    title: 'Receiver saved',
    secret: 'Signing key',
    secretWhy:
      'Every call is signed with this key. It is shown this once: copy it into your receiver now. Registering the address again makes no new one visible.',
    noSecret: 'It keeps the signing key it has.',
    copy: 'Copy key',
    done: 'Done',
  },
}
