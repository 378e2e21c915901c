import { describe, expect, it } from 'vitest'
import { ago, lasting, minuteNow, today, wallClock, zoneName } from './time.ts'

const now = Date.parse('2026-11-23T20:00:00Z')

describe('times', () => {
  it('show the wall clock of the terminal as it was, even in an hour that does not exist elsewhere', () => {
    expect(wallClock('2026-03-29 02:30:05')).toContain('30:05')
  })

  it('leave alone what they cannot read', () => {
    expect(wallClock('soon')).toBe('soon')
    expect(zoneName('Not/AZone')).toBe('Not/AZone')
  })

  it('are never in the future', () => {
    expect(ago(now + 5000, now)).toBe(ago(now, now))
    expect(lasting(-1)).toBe(lasting(0))
  })

  it('name the day of a clock that is days ahead, and do not call it now', () => {
    expect(ago('2099-01-01T12:00:00Z', now)).toContain('2099')
    expect(ago(now + 3_600_000, now)).toBe(ago(now, now))
  })

  it('use one unit', () => {
    expect(ago('2026-11-23T19:59:15Z', now)).toMatch(/^45\D/)
    expect(ago('2026-11-23T18:30:00Z', now)).toMatch(/^1\D/)
    expect(lasting(90_000)).toMatch(/^1\D/)
  })

  it('know the day and the minute of another zone', () => {
    expect(today('Asia/Kolkata', now)).toBe('2026-11-24')
    expect(minuteNow('Asia/Kolkata', now)).toBe(90)
  })
})
