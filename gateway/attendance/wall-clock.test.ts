import { describe, expect, it } from 'vitest'
import { at, day, kindsOf, lunch, plan, punch, punches, shift, shiftOf } from './testing/build-evaluation.ts'

const night = shift('22:00-06:00')

describe('a night over a change of the clock', () => {
  it.each([
    ['Europe/Berlin', '2026-03-28', 7],
    ['Europe/Berlin', '2026-10-24', 9],
    ['America/New_York', '2026-03-07', 7],
    ['America/New_York', '2026-10-31', 9],
    ['Australia/Lord_Howe', '2026-10-03', 7.5],
    ['Australia/Lord_Howe', '2026-04-04', 8.5],
  ])('in %s on %s has %s real hours, and nobody is late or gone early', (zone, date, hours) => {
    const result = day(date, {
      plan: plan({ [date]: [night] }, { zone }),
      punches: punches(date, ['in 22:00', 'out +1 06:00'], { zone }),
    })
    expect([result.workedMinutes, result.expectedMinutes, kindsOf(result)]).toEqual([
      hours * 60,
      hours * 60,
      [],
    ])
  })

  it.each([
    ['2026-03-28', 7],
    ['2026-10-24', 9],
  ])('without a plan has its real hours too: %s', (date, hours) => {
    expect(day(date, { punches: punches(date, ['in 22:00', 'out +1 06:00']) }).workedMinutes).toBe(hours * 60)
  })

  it('keeps an exit in the hour that comes twice apart from an entry an hour before it', () => {
    const zone = 'Europe/Berlin'
    const twice = '2026-10-25 02:30:00'
    const first = punch('2026-10-25 02:30', 'CheckIn', { id: 'first' })
    const second = punch('2026-10-25 02:30', 'CheckOut', {
      id: 'second',
      instantMs: first.instantMs + 3_600_000,
      offsetMinutes: 60,
    })
    const result = day('2026-10-25', { punches: [second, first] })
    expect([result.firstIn?.localTime, result.lastOut?.localTime, result.workedMinutes]).toEqual([
      twice,
      twice,
      60,
    ])
    expect(result.zone).toBe(zone)
  })

  it('planned to start in the hour that is skipped starts when the clock has been put forward', () => {
    const result = day('2026-03-29', {
      plan: plan({ '2026-03-29': [shift('02:30-10:30')] }),
      punches: punches('2026-03-29', ['in 03:30', 'out 10:30']),
    })
    expect([result.lateMinutes, result.workedMinutes, result.expectedMinutes]).toEqual([0, 420, 420])
  })

  it('has its fixed break where the wall clock shows it', () => {
    const result = day('2026-10-24', {
      plan: plan({ '2026-10-24': [shift('22:00-06:00', { breaks: [lunch('26:00-26:30')] })] }),
      punches: punches('2026-10-24', ['in 22:00', 'out +1 06:00']),
    })
    expect([result.breakMinutes, result.workedMinutes]).toEqual([30, 510])
  })
})

describe('zones', () => {
  it.each([
    'UTC',
    'Asia/Kolkata',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'America/New_York',
    'Asia/Singapore',
  ])('a night worker gets the same day in %s', zone => {
    const result = day('2026-06-10', {
      plan: plan({ '2026-06-10': [night], '2026-06-11': [night] }, { zone }),
      punches: punches('2026-06-10', ['in 22:06', 'out +1 06:00', 'in +1 22:00', 'out +2 06:00'], { zone }),
    })
    expect([result.date, result.status, result.workedMinutes, result.lateMinutes]).toEqual([
      '2026-06-10',
      'present',
      474,
      6,
    ])
    expect(shiftOf(result).plannedFromMs).toBe(at('2026-06-10 22:00', zone))
  })

  it('a shift that begins in one zone and ends in another is as long as it lasted', () => {
    const result = day('2026-06-10', {
      punches: [
        punch('2026-06-10 08:00', 'CheckIn', { zone: 'Europe/London' }),
        punch('2026-06-10 18:00', 'CheckOut', { zone: 'Europe/Berlin' }),
      ],
    })
    expect(result.workedMinutes).toBe(540)
  })
})
