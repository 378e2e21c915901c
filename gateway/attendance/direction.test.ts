import { describe, expect, it } from 'vitest'
import { defaultPolicy } from './rules/policy.ts'
import {
  at,
  day,
  days,
  kindsOf,
  plan,
  punch,
  punches,
  rolesOf,
  shift,
  shiftOf,
} from './testing/build-evaluation.ts'

const monday = '2026-03-02'
const dayShift = plan({ [monday]: [shift('08:00-17:00')] })
/** A day around it on which keys were pressed properly, so that the habit shows. */
const habit = [
  ...punches('2026-03-01', ['in 08:00', 'out 17:00']),
  ...punches('2026-03-03', ['in 08:00', 'out 17:00']),
]

describe('directions', () => {
  it.each([
    [
      'keys that make sense are believed',
      ['in 08:00', 'out 12:00', 'in 13:00', 'out 17:00'],
      ['in', 'out', 'in', 'out'],
      [],
    ],
    ['a wrong key on leaving is outvoted', ['in 08:00', 'in 17:02'], ['in', 'out'], ['guessed_direction']],
    ['a wrong key on arriving is outvoted', ['out 07:58', 'out 17:02'], ['in', 'out'], ['guessed_direction']],
    [
      'a wrong key at noon is outvoted',
      ['in 08:00', 'out 12:00', 'out 13:00', 'out 17:00'],
      ['in', 'out', 'in', 'out'],
      ['guessed_direction'],
    ],
    [
      'a return without leaving is a missing exit',
      ['in 08:00', 'in 13:00', 'out 17:00'],
      ['in', 'in', 'out'],
      ['missing_out'],
    ],
    [
      'breaks are breaks',
      ['in 08:00', 'pause 12:00', 'back 12:30', 'out 17:00'],
      ['in', 'break_start', 'break_end', 'out'],
      [],
    ],
    [
      'a break that ends with the entry key is one',
      ['in 08:00', 'pause 12:00', 'in 12:30', 'out 17:00'],
      ['in', 'break_start', 'break_end', 'out'],
      ['guessed_direction'],
    ],
    ['punches without a key are told by their order', ['- 08:00', '- 17:00'], ['in', 'out'], []],
    [
      'a reader without keys passed in between means nothing where the keys of the day say all',
      ['in 08:00', '- 08:06', '- 12:10', 'out 12:30', 'in 13:00', '- 15:00', 'out 17:00'],
      ['in', 'between', 'between', 'out', 'in', 'between', 'out'],
      [],
    ],
    [
      'a punch without a key stands in for the exit that is missing',
      ['in 08:00', '- 12:00', 'in 13:00', 'out 17:00'],
      ['in', 'out', 'in', 'out'],
      [],
    ],
    ['an exit at a terminal without keys ends the day', ['in 08:00', '- 17:01'], ['in', 'out'], []],
    [
      'a door inside the building that was passed last is no exit: the exit is missing',
      ['in 08:00', '- 08:04'],
      ['in', 'between'],
      ['missing_out'],
    ],
    [
      'doors inside do not become exits because the key on leaving was wrong',
      ['in 07:50', '- 07:55', '- 12:02', '- 13:48', '- 15:17', 'in 17:04'],
      ['in', 'between', 'between', 'between', 'between', 'out'],
      ['guessed_direction'],
    ],
    [
      'doors inside do not become exits because somebody came back in the evening',
      ['in 07:50', '- 07:55', '- 10:18', '- 11:03', 'out 17:15', 'out 18:28'],
      ['in', 'between', 'between', 'between', 'break_start', 'out'],
      ['guessed_direction'],
    ],
    [
      'overtime that is stamped after the exit leaves the doors of the day alone',
      [
        'in 07:48',
        '- 07:55',
        '- 10:18',
        '- 11:03',
        '- 11:51',
        '- 12:10',
        'out 17:15',
        'extra 17:16',
        'done 18:28',
      ],
      ['in', 'between', 'between', 'between', 'between', 'between', 'out', 'in', 'out'],
      [],
    ],
    [
      'an entry at a door without keys begins the day',
      ['- 07:58', '- 10:00', 'out 17:00'],
      ['in', 'between', 'out'],
      [],
    ],
  ])('%s', (_, entries, roles, found) => {
    const result = day(monday, { plan: dayShift, punches: [...habit, ...punches(monday, entries)] })
    expect(rolesOf(shiftOf(result)).map(role => role.split(' ')[0])).toEqual(roles)
    const telling = ['guessed_direction', 'missing_out', 'missing_in']
    expect(kindsOf(result).filter(kind => telling.includes(kind))).toEqual(found)
  })

  it('of somebody who is still there do not make an exit of a door without keys', () => {
    const nowMs = at(`${monday} 11:00`)
    const seen = punches(monday, ['in 08:00', '- 08:06'])
    const result = day(monday, { plan: dayShift, punches: [...habit.slice(0, 2), ...seen], nowMs })
    expect(rolesOf(shiftOf(result))).toEqual(['in 08:00', 'between 08:06'])
    expect(kindsOf(result)).toContain('still_in')
  })

  it('carry a confidence: full where all keys fit, less where one was outvoted, least where a lone punch was guessed', () => {
    const confidence = (entries: string[]) =>
      day(monday, { plan: dayShift, punches: [...habit, ...punches(monday, entries)] }).confidence
    const [fits, outvoted] = [confidence(['in 08:00', 'out 17:00']), confidence(['in 08:00', 'in 17:02'])]
    expect(fits).toBe(1)
    expect(outvoted).toBeGreaterThan(0.8)
    expect(outvoted).toBeLessThan(1)
    const lone = day(monday, { plan: dayShift, punches: punches(monday, ['- 16:55']) })
    expect([rolesOf(shiftOf(lone)), lone.confidence]).toEqual([['out 16:55'], 0.5])
  })

  it('of a key that was outvoted keep the key, and say why', () => {
    const result = day(monday, {
      plan: dayShift,
      punches: [...habit, ...punches(monday, ['in 08:00', 'in 17:02'])],
    })
    expect(shiftOf(result).punches[1]).toMatchObject({
      pressed: 'CheckIn',
      role: 'out',
      reason: 'key_contradicts_order',
    })
    expect(result.explanation.find(({ rule }) => rule === 'direction_guessed')).toMatchObject({
      punchIds: [`${monday} 17:02`],
    })
  })

  it.each([
    [
      'first_last',
      ['in 08:00', 'out 08:30', 'out 12:00', 'in 17:00'],
      ['in', 'between', 'between', 'out'],
      540,
    ],
    ['toggle', ['in 08:00', 'in 12:00', 'in 13:00', 'in 17:00'], ['in', 'out', 'in', 'out'], 480],
  ] as const)('can be told by policy: %s', (direction, entries, roles, worked) => {
    const result = day(monday, { punches: punches(monday, entries), policy: { direction } })
    expect(rolesOf(shiftOf(result)).map(role => role.split(' ')[0])).toEqual(roles)
    expect(result.workedMinutes).toBe(worked)
  })

  it('do not hang on what was pressed last month', () => {
    const own = punches(monday, ['in 08:00', 'in 17:02'])
    const before = punches('2026-02-01', ['in 08:00', 'in 17:02', 'in +1 08:00', 'out +1 17:00'])
    expect(days({ punches: [...before, ...own] }).find(({ date }) => date === monday)).toEqual(
      day(monday, { punches: own }),
    )
  })
})

it('overtime with its own keys is overtime of the shift it follows', () => {
  const entries = ['in 07:48', 'out 17:15', 'extra 17:16', 'done 18:28']
  const policy = { ...defaultPolicy, overtime: { ...defaultPolicy.overtime, enabled: true } }
  const result = day(monday, { plan: dayShift, policy, punches: [...habit, ...punches(monday, entries)] })
  expect(rolesOf(shiftOf(result))).toEqual(['in 07:48', 'out 17:15', 'in 17:16', 'out 18:28'])
  expect([result.shifts.length, result.overtimeMinutes]).toEqual([1, 87])
})

describe('double punches', () => {
  it('within two minutes count once; both are kept, and the reason is told', () => {
    const given = [
      ...punches(monday, ['in 08:00', 'out 17:00']),
      punch(`${monday} 08:01:30`, 'CheckIn', { deviceSn: 'GATE2' }),
    ]
    const result = day(monday, { punches: given })
    expect([result.punchCount, result.workedMinutes, kindsOf(result)]).toEqual([2, 540, ['double_punch']])
    expect(shiftOf(result).punches[0]?.doubles).toEqual([{ punchId: `${monday} 08:01:30`, secondsAfter: 90 }])
    expect(result.explanation.find(({ rule }) => rule === 'double_collapsed')).toMatchObject({
      numbers: { secondsAfter: 90 },
    })
  })

  it('with another key correct it', () => {
    const given = [
      ...habit,
      ...punches(monday, ['in 08:00', 'in 17:00']),
      punch(`${monday} 17:00:20`, 'CheckOut'),
    ]
    const result = day(monday, { plan: dayShift, punches: given })
    expect([rolesOf(shiftOf(result)), result.confidence]).toEqual([['in 08:00', 'out 17:00'], 1])
  })

  it('do not form a chain: the window starts at the one that counts', () => {
    const chain = ['- 08:00', '- 08:02', '- 08:04', '- 08:06']
    expect(day(monday, { punches: punches(monday, chain) }).punchCount).toBe(2)
  })

  it('are never a short break', () => {
    const result = day(monday, {
      punches: punches(monday, ['in 08:00', 'pause 12:00', 'back 12:02', 'out 17:00']),
    })
    expect([result.punchCount, result.breakMinutes, result.workedMinutes]).toEqual([4, 2, 538])
  })
})

it('a punch with an impossible time takes no part, and the day it came says so', () => {
  const broken = punch('2000-01-01 00:00', 'CheckIn', {
    flags: ['implausible_time'],
    receivedAtMs: punch(`${monday} 09:00`).instantMs,
  })
  const result = day(monday, { punches: [broken, ...punches(monday, ['in 08:00', 'out 17:00'])] })
  expect([result.workedMinutes, result.punchCount, kindsOf(result)]).toEqual([540, 2, ['implausible_punch']])
  expect(result.explanation.at(-1)).toMatchObject({
    rule: 'punch_excluded',
    words: 'attendance.explain.punch_excluded.implausible_time',
  })
})

it('a punch at another site than the home site is named', () => {
  const given = [...punches(monday, ['in 08:00']), ...punches(monday, ['out 17:00'], { site: 'Annex' })]
  const home = plan({ [monday]: [shift('08:00-17:00')] }, { homeSite: 'Main' })
  expect(day(monday, { plan: home, punches: given }).findings).toMatchObject([
    { kind: 'other_site', punchIds: [`${monday} 17:00`] },
  ])
})
