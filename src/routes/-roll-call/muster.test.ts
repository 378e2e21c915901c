import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KeptMuster, mergeTicks, statesOf, type Tick, takeAnswer } from './muster.ts'

const tick = (TickID: string, EmployeeCode: string, State: Tick['State'], second: number): Tick => ({
  TickID,
  EmployeeCode,
  State,
  At: new Date(Date.UTC(2026, 0, 1, 9, 0, second)).toISOString(),
  By: null,
})

const anyTick = fc.record({
  TickID: fc.string({ minLength: 8, maxLength: 10 }),
  EmployeeCode: fc.constantFrom('1', '2', '3'),
  State: fc.constantFrom('Safe', 'Missing', 'Unmarked'),
  At: fc.integer({ min: 0, max: 999 }).map(second => tick('', '', 'Safe', second).At),
  By: fc.constant(null),
}) satisfies fc.Arbitrary<Tick>
const ticks = fc.uniqueArray(anyTick, { selector: ({ TickID }) => TickID })

describe('ticks of several phones', () => {
  it('merge to the same in any order, and again to the same', () => {
    fc.assert(
      fc.property(ticks, fc.integer({ min: 0, max: 20 }), (all, at) => {
        const [one, other] = [all.slice(0, at), all.slice(Math.max(0, at - 2))]
        const merged = mergeTicks(one, other)
        expect(mergeTicks(other, one)).toEqual(merged)
        expect(mergeTicks(merged, one)).toEqual(merged)
        expect(merged).toHaveLength(new Set([...one, ...other].map(({ TickID }) => TickID)).size)
      }),
    )
  })

  it('count by the latest, wherever it was made', () => {
    const states = statesOf([tick('b', '1', 'Safe', 20), tick('a', '1', 'Missing', 10)])
    expect(states.get('1')?.State).toBe('Safe')
  })
})

describe('the list of the server', () => {
  const answer = {
    RollCallID: '7',
    At: '2026-01-01T09:00:00.000Z',
    Sites: [],
    People: [],
    Ticks: [],
    Sureness: [],
  }
  it('loses nothing this phone has ticked and not sent', () => {
    const kept: KeptMuster = {
      ...takeAnswer(null, answer, 'Guard'),
      ticks: [tick('mine-0001', '1', 'Safe', 1)],
      unsent: ['mine-0001'],
    }
    expect(takeAnswer(kept, answer, 'Guard')).toMatchObject({
      ticks: [{ TickID: 'mine-0001' }],
      unsent: ['mine-0001'],
    })
    const heard = {
      ...answer,
      Ticks: [{ ...tick('mine-0001', '1', 'Safe', 1), Actor: null, ReceivedAt: answer.At, Note: null }],
    }
    expect(takeAnswer(kept, heard, 'Guard').unsent).toEqual([])
    expect(takeAnswer(kept, { ...answer, RollCallID: '8' }, 'Guard').ticks).toEqual([])
  })
})
