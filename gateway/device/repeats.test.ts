import { expect, it } from 'vitest'
import { createRepeats, noRepeats, repeatWindowMs } from './repeats.ts'

const at = (start: number) => {
  const clock = { time: start, now: () => clock.time }
  return clock
}
const body = Buffer.from('7\t2026-03-02 08:00:00\t0\t1\n')

it('counts what was stored and acknowledged, not what was only looked at', () => {
  const repeats = createRepeats(at(0))
  expect(repeats.look('A', 'attlog', body).times).toBe(0)
  expect(repeats.look('A', 'attlog', body).times).toBe(0)
  repeats.look('A', 'attlog', body).note()
  repeats.look('A', 'attlog', body).note()
  expect(repeats.look('A', 'attlog', body).times).toBe(2)
})

it('tells terminals, tables and bodies apart, and forgets after the window', () => {
  const clock = at(0)
  const repeats = createRepeats(clock)
  repeats.look('A', 'attlog', body).note()
  expect(repeats.look('B', 'attlog', body).times).toBe(0)
  expect(repeats.look('A', 'operlog', body).times).toBe(0)
  expect(repeats.look('A', 'attlog', body.subarray(1)).times).toBe(0)
  clock.time = repeatWindowMs - 1
  expect(repeats.look('A', 'attlog', body).times).toBe(1)
  clock.time = repeatWindowMs
  expect(repeats.look('A', 'attlog', body).times).toBe(0)
})

it('notices a body that alternates with a few others', () => {
  const repeats = createRepeats(at(0))
  for (let round = 0; round < 3; round += 1)
    for (const byte of [1, 2, 3]) repeats.look('A', 'attlog', Buffer.from([byte])).note()
  expect(repeats.look('A', 'attlog', Buffer.from([1])).times).toBe(3)
})

it('forgets a terminal that was asked for something', () => {
  const repeats = createRepeats(at(0))
  repeats.look('A', 'attlog', body).note()
  repeats.forget('A')
  expect(repeats.look('A', 'attlog', body).times).toBe(0)
})

it('holds no more than a bounded number of tables, however many names somebody makes up', () => {
  const repeats = createRepeats(at(0))
  for (let table = 0; table < 1000; table += 1) repeats.look('A', `t${table}`, body).note()
  expect(repeats.look('A', 't0', body).times).toBe(0)
  expect(repeats.look('A', 't999', body).times).toBe(1)
})

it('sees nothing in empty bodies, nor in what is taken in later', () => {
  const repeats = createRepeats(at(0))
  repeats.look('A', 'attlog', Buffer.alloc(0)).note()
  expect(repeats.look('A', 'attlog', Buffer.alloc(0)).times).toBe(0)
  noRepeats.look('A', 'attlog', body).note()
  expect(noRepeats.look('A', 'attlog', body).times).toBe(0)
})
