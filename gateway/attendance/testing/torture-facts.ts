import { at, punch, terminal } from './build-evaluation.ts'
import { added, east, fact, march, monday, onMonday, type TortureCase } from './torture-case.ts'

export const factCases: readonly TortureCase[] = [
  onMonday('Certainty', 'absent, since every terminal has told everything', [], {
    hours: '08:00-17:00',
    expect: { status: 'absent', state: 'complete', found: ['absent'] },
  }),
  onMonday('Certainty', 'not known yet: the east gate is offline since 07:50', [], {
    hours: '08:00-17:00',
    more: { nowMs: at(`${monday} 18:00`), terminals: [east('07:50')] },
    also: 'at 18:00; east gate offline since 07:50',
    expect: { status: 'not_known_yet', state: 'provisional', found: [] },
  }),
  onMonday('Certainty', 'not known yet: no terminal is known', [], {
    hours: '08:00-17:00',
    more: { terminals: [] },
    also: 'no terminal',
    expect: { status: 'not_known_yet', state: 'provisional' },
  }),
  onMonday('Certainty', 'not known yet: a terminal holds a log that has not come', [], {
    hours: '08:00-17:00',
    more: {
      nowMs: at(`${monday} 18:00`),
      terminals: [
        terminal(0, {
          statement: {
            atMs: at(`${monday} 18:00`),
            lastLogMs: at(`${monday} 17:02`),
            lastReceivedMs: at(`${monday} 16:40`),
          },
        }),
      ],
    },
    also: 'its last log 17:02, the last we hold 16:40',
    expect: { status: 'not_known_yet' },
  }),
  onMonday('Certainty', 'not arrived while the shift runs', [], {
    hours: '08:00-17:00',
    more: { nowMs: at(`${monday} 12:00`), terminals: [terminal(at(`${monday} 12:00`))] },
    also: 'at 12:00',
    expect: { status: 'not_arrived', state: 'provisional', found: [] },
  }),
  onMonday('Certainty', 'expected before the shift', [], {
    hours: '08:00-17:00',
    more: { nowMs: at(`${monday} 07:00`), terminals: [terminal(at(`${monday} 07:00`))] },
    also: 'at 07:00',
    expect: { status: 'expected', found: [] },
  }),
  onMonday('Certainty', 'still in: the stay counts when it ends', ['in 08:00'], {
    hours: '08:00-17:00',
    more: { nowMs: at(`${monday} 12:00`), terminals: [terminal(at(`${monday} 12:00`))] },
    also: 'at 12:00',
    expect: { worked: 0, state: 'provisional', found: ['still_in'] },
  }),
  onMonday('Certainty', 'a punch that came three days late', ['in 08:00'], {
    hours: '08:00-17:00',
    more: {
      punches: [
        punch(`${monday} 17:00`, 'CheckOut', {
          flags: ['late_arrival'],
          receivedAtMs: at('2026-03-05 09:00'),
        }),
      ],
    },
    also: 'the exit at 17:00 arrives on 5 March',
    expect: { worked: 540, found: ['late_punch'] },
  }),
  onMonday('Corrections', 'a forgotten exit is added', ['in 08:00'], {
    hours: '08:00-17:00',
    more: { corrections: [added('17:00', 'CheckOut')] },
    also: 'exit added at 17:00',
    expect: { worked: 540, found: [] },
  }),
  onMonday('Corrections', 'a punch is ignored', ['in 08:00', 'in 13:00', 'out 17:00'], {
    hours: '08:00-17:00',
    more: { corrections: [{ ...fact, id: 'i', kind: 'ignore_punch', punchId: `${monday} 13:00` }] },
    also: '13:00 ignored',
    expect: { worked: 540, count: 2, found: [] },
  }),
  onMonday('Corrections', 'a direction is turned', ['in 08:00', 'in 17:00'], {
    hours: '08:00-17:00',
    more: {
      corrections: [
        { ...fact, id: 't', kind: 'set_direction', punchId: `${monday} 17:00`, direction: 'CheckOut' },
      ],
    },
    also: '17:00 turned to an exit',
    expect: { worked: 540, out: '17:00', found: [] },
  }),
  onMonday('Corrections', 'one that was withdrawn does nothing', ['in 08:00'], {
    hours: '08:00-17:00',
    more: {
      corrections: [
        added('17:00', 'CheckOut'),
        { ...fact, id: 'w', kind: 'withdraw', correctionId: 'add 17:00' },
      ],
    },
    also: 'exit added at 17:00 and taken back',
    expect: { worked: 0, found: ['missing_out'] },
  }),
  onMonday('Corrections', 'an absence is excused', [], {
    hours: '08:00-17:00',
    more: { corrections: [{ ...fact, id: 'e', kind: 'excuse', what: 'absence', date: monday }] },
    also: 'absence excused',
    expect: { status: 'excused', found: [] },
  }),
  onMonday('Corrections', 'an estimate counts while nothing better is known', ['in 08:00'], {
    hours: '08:00-17:00',
    more: { corrections: [added('17:00', 'CheckOut', true)] },
    also: 'exit estimated at 17:00',
    expect: { worked: 540, out: '17:00' },
  }),
  onMonday('Corrections', 'an estimate gives way to the real punch', ['in 08:00'], {
    hours: '08:00-17:00',
    more: {
      corrections: [added('17:00', 'CheckOut', true)],
      punches: [punch(`${monday} 16:30`, 'CheckOut', { receivedAtMs: at(`${monday} 20:00`) })],
    },
    also: 'exit estimated at 17:00; the real one of 16:30 arrives at 20:00',
    expect: { worked: 510, out: '16:30', early: 30 },
  }),
  onMonday('Closing', 'a closed period keeps its numbers', ['in 08:00', 'out 17:00'], {
    hours: '08:00-17:00',
    more: { closures: [march] },
    also: 'March closed with these numbers',
    expect: { state: 'closed', delta: null },
  }),
  onMonday('Closing', 'a late exit after closing is a difference', ['in 08:00'], {
    hours: '08:00-17:00',
    more: {
      closures: [march],
      punches: [
        punch(`${monday} 17:00`, 'CheckOut', {
          flags: ['late_arrival'],
          receivedAtMs: at('2026-04-02 09:00'),
        }),
      ],
    },
    also: 'March closed without an exit; it arrives on 2 April',
    expect: { state: 'closed', worked: 0, delta: 540 },
  }),
  onMonday('Closing', 'a correction after closing is a difference', ['in 08:00', 'out 17:00'], {
    hours: '08:00-17:00',
    more: {
      closures: [march],
      corrections: [
        { ...fact, id: 'i', atMs: at('2026-04-03 09:00'), kind: 'ignore_punch', punchId: `${monday} 17:00` },
      ],
    },
    also: 'March closed; the exit is ignored on 3 April',
    expect: { state: 'closed', worked: 540, delta: -540 },
  }),
  onMonday('Closing', 'a double punch that comes late changes no number', ['in 08:00', 'out 17:00'], {
    hours: '08:00-17:00',
    more: {
      closures: [march],
      punches: [punch(`${monday} 08:01`, 'CheckIn', { receivedAtMs: at('2026-04-02 09:00') })],
    },
    also: 'March closed; another entry of 08:01 arrives on 2 April',
    expect: { state: 'closed', worked: 540, delta: null },
  }),
]
