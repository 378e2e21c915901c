import { counter } from '../plural.ts'

const counted = counter('en')

export const punches = {
  direction: {
    CheckIn: 'In',
    CheckOut: 'Out',
    BreakIn: 'Back from break',
    BreakOut: 'To break',
    OverTimeIn: 'Overtime in',
    OverTimeOut: 'Overtime out',
    None: 'No key',
  },
  method: {
    fingerprint: 'Finger',
    face: 'Face',
    card: 'Card',
    palm: 'Palm',
    fingervein: 'Finger vein',
    iris: 'Iris',
    retina: 'Retina',
    password: 'Code',
    others: 'Other',
  },
  flags: {
    implausible_time: 'Terminal clock is implausible',
    late_arrival: 'Arrived late from the terminal',
    estimated_instant: 'Moment estimated',
  },
  hiddenPerson: 'Hidden',
  hiddenPersonWhy: 'Your role does not show who this is',
  person: (code: string) => `Person ${code}`,
  count: (value: number) => counted(value, { one: '# punch', other: '# punches' }),
}
