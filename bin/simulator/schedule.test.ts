import { describe, expect, it } from 'vitest'
import { flakyUntil } from './flaky.ts'
import { localAt, momentOf, punchesBetween, shiftLocal, startOfHistory } from './schedule.ts'
import { simulatedSite } from './site.ts'

const plan = simulatedSite()
const from = Date.UTC(2026, 8, 7)
const day = 86_400_000

describe('the schedule', () => {
  it('says the same whether a span is asked for at once or in parts', () => {
    const whole = punchesBetween(plan, from, from + 3 * day, 7)
    const parts = Array.from({ length: 12 }, (_, part) =>
      punchesBetween(plan, from + part * (day / 4), from + (part + 1) * (day / 4), 7),
    ).flat()
    expect(parts).toEqual(whole)
    expect(whole.length).toBeGreaterThan(2000)
  })

  it('makes 30 to 45 thousand punches of 45 days', () => {
    const until = Date.UTC(2026, 10, 23, 12)
    const punches = punchesBetween(plan, startOfHistory(plan, until, 45), until, 7)
    expect(punches.length).toBeGreaterThan(30_000)
    expect(punches.length).toBeLessThan(45_000)
    const keys = new Set(
      punches.map(punch => `${punch.terminal} ${punch.code} ${punch.local} ${punch.status}`),
    )
    expect(keys.size).toBe(punches.length)
  })

  it('knows the moment of a wall clock on both sides of a change of the clocks', () => {
    expect(momentOf('2026-10-24 09:00:00', 'Europe/Lisbon')).toBe(Date.UTC(2026, 9, 24, 8))
    expect(momentOf('2026-10-26 09:00:00', 'Europe/Lisbon')).toBe(Date.UTC(2026, 9, 26, 9))
    expect(momentOf('2026-10-25 09:30:00', 'Asia/Kolkata')).toBe(Date.UTC(2026, 9, 25, 4))
    expect(localAt(Date.UTC(2026, 9, 25, 4, 0, 7), 'Asia/Kolkata')).toBe('2026-10-25 09:30:07')
    expect(localAt(Date.UTC(2026, 9, 25, 4), '+05:30')).toBe('2026-10-25 09:30:00')
    expect(shiftLocal('2026-12-31 23:59:00', 95)).toBe('2027-01-01 00:00:35')
  })
})

describe('the flaky terminal', () => {
  it('is silent for four to nine minutes in every forty', () => {
    const minute = 60_000
    const start = Math.ceil(from / (40 * minute)) * 40 * minute
    for (let turn = 0; turn < 50; turn += 1) {
      const begin = start + turn * 40 * minute
      const silent = Array.from({ length: 2400 }, (_, second) => begin + second * 1000).filter(
        at => flakyUntil('SIM-PUN-03', at) !== undefined,
      )
      expect(silent.length).toBeGreaterThanOrEqual(240)
      expect(silent.length).toBeLessThanOrEqual(540)
      expect(flakyUntil('SIM-PUN-03', silent[0] ?? 0)).toBe((silent.at(-1) ?? 0) + 1000)
    }
  })
})
