import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createStore, type Store } from '../store/index.ts'
import { createClocks } from './clocks.ts'

const day = 86_400_000
let now = Date.parse('2026-03-02T04:00:00Z')
const clock = { now: () => now, sleep: async () => {} }
let store: Store
let clocks: ReturnType<typeof createClocks>
beforeAll(async () => {
  store = await createStore({ file: join(mkdtempSync(join(tmpdir(), 'gatehouse-clocks-')), 'gateway.db') })
})
beforeEach(() => {
  clocks = createClocks({ store, clock, measured: () => undefined })
})
afterAll(() => store.close())

it('believes a clock that is a little ahead at once', () => {
  clocks.note('T1', 90_000, 'event')
  expect(clocks.skewOf('T1')).toBe(90_000)
})

it.each([
  ['far behind', -3 * day],
  ['years behind, after its battery died', -26 * 365 * day],
  ['far ahead', 3 * day],
  ['decades ahead', 73 * 365 * day],
])('believes a clock that is %s once a second line says the same', (_, skewMs) => {
  clocks.note('T1', 2_000, 'event')
  clocks.note('T1', skewMs, 'event')
  expect(clocks.skewOf('T1')).toBe(2_000)
  now += 19_000
  clocks.note('T1', skewMs + 500, 'event')
  expect(clocks.skewOf('T1')).toBe(2_000)
  now += 2_000
  clocks.note('T1', skewMs + 1_000, 'state')
  expect(clocks.skewOf('T1')).toBe(skewMs + 1_000)
})

it('takes one line of nonsense for no clock: the next good one finds it as it was', () => {
  clocks.note('T1', 2_000, 'event')
  clocks.note('T1', 73 * 365 * day, 'event')
  clocks.note('T1', 1_000, 'event')
  expect(clocks.skewOf('T1')).toBe(1_000)
})
