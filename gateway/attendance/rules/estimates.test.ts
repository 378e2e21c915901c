import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrivedEstimates } from './estimates.ts'

const minute = 60_000
const estimate = (id: string, at: number, guessedAtMs = 0) => ({ id, instantMs: at * minute, guessedAtMs })
const real = (at: number, receivedAtMs = 1) => ({ instantMs: at * minute, receivedAtMs })
const arrived = (estimates: ReturnType<typeof estimate>[], arrivals: ReturnType<typeof real>[]) =>
  [...arrivedEstimates(estimates, arrivals, 90)].sort()

describe('an estimated punch', () => {
  it.each([
    ['gives way to a real one near it', [estimate('a', 480)], [real(500)], ['a']],
    ['stays where the real one is too far away', [estimate('a', 480)], [real(571)], []],
    ['stays where the real one was known when it was guessed', [estimate('a', 480, 5)], [real(480, 5)], []],
    [
      'stays where the real one stands for another nearer one',
      [estimate('in', 480), estimate('out', 540)],
      [real(490)],
      ['in'],
    ],
    [
      'gives way each to its own',
      [estimate('in', 480), estimate('out', 540)],
      [real(490), real(530)],
      ['in', 'out'],
    ],
    [
      'of two equally near ones the first named gives way',
      [estimate('b', 490), estimate('a', 470)],
      [real(480)],
      ['a'],
    ],
  ])('%s', (_, estimates, arrivals, expected) => {
    expect(arrived(estimates, arrivals)).toEqual(expected)
  })

  it('gives way to the same punches in whatever order they come, and never more of them than came', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 2000 }), { maxLength: 8 }),
        (guesses, arrivals) => {
          const estimates = guesses.map(at => estimate(`e${at}`, at))
          const once = arrived(
            estimates,
            arrivals.map(at => real(at)),
          )
          const again = arrived(
            [...estimates].reverse(),
            [...arrivals].reverse().map(at => real(at)),
          )
          expect(again).toEqual(once)
          expect(once.length).toBeLessThanOrEqual(arrivals.length)
        },
      ),
    )
  })
})
