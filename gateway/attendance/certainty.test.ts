import { describe, expect, it } from 'vitest'
import { completeThrough } from './rules/certainty.ts'
import { settleDifference } from './rules/difference.ts'
import type { Closure, Correction } from './rules/types.ts'
import {
  at,
  day,
  type Given,
  kindsOf,
  plan,
  punch,
  punches,
  shift,
  terminal,
} from './testing/build-evaluation.ts'

const monday = '2026-03-02'
const dayShift = plan({ [monday]: [shift('08:00-17:00')] })
const evening = at(`${monday} 18:00`)
const east = (local: string) =>
  terminal(at(`${monday} ${local}`), { offlineSinceMs: at(`${monday} ${local}`) })

describe('absent', () => {
  it.each([
    ['before the shift', '07:00', 'expected'],
    ['while it runs', '12:00', 'not_arrived'],
    ['when it is over and every terminal has told everything', '18:00', 'absent'],
  ])('%s: at %s a day without punches is %s', (_, now, status) => {
    const nowMs = at(`${monday} ${now}`)
    expect(day(monday, { plan: dayShift, nowMs, terminals: [terminal(nowMs)] }).status).toBe(status)
  })

  it('is not said while a terminal is offline, and the day names the terminal and since when', () => {
    const result = day(monday, {
      plan: dayShift,
      nowMs: evening,
      terminals: [terminal(evening, { deviceSn: 'GATE2', label: 'West gate' }), east('07:50')],
    })
    expect([result.status, kindsOf(result)]).toEqual(['not_known_yet', []])
    expect(result.certainty).toMatchObject({
      state: 'provisional',
      reason: 'waiting_for_terminals',
      waitingFor: [{ label: 'East gate', why: 'offline', sinceLocal: `${monday} 07:50:00` }],
    })
  })

  it('is not said while a terminal holds a log that has not come', () => {
    const statement = {
      atMs: evening,
      lastLogMs: at(`${monday} 17:02`),
      lastReceivedMs: at(`${monday} 16:40`),
    }
    const result = day(monday, { plan: dayShift, nowMs: evening, terminals: [terminal(0, { statement })] })
    expect([result.status, result.certainty.waitingFor]).toEqual([
      'not_known_yet',
      [expect.objectContaining({ why: 'behind', sinceLocal: `${monday} 16:40:00` })],
    ])
  })

  it('is not said where a terminal has never stated anything, or where none is known', () => {
    const status = (terminals: Given['terminals']) =>
      day(monday, { plan: dayShift, nowMs: evening, terminals: terminals ?? [] }).status
    expect([status([terminal(0, { statement: null })]), status([])]).toEqual([
      'not_known_yet',
      'not_known_yet',
    ])
  })

  it('is said when the offline terminal comes back and has nothing', () => {
    const back = terminal(at(`${monday} 19:00`))
    expect(day(monday, { plan: dayShift, nowMs: at(`${monday} 19:05`), terminals: [back] }).status).toBe(
      'absent',
    )
  })

  it('is not said of a shift that another one of the day was worked for', () => {
    const two = plan({ [monday]: [shift('06:00-10:00'), shift('16:00-20:00')] })
    const result = day(monday, { plan: two, punches: punches(monday, ['in 06:00', 'out 10:00']) })
    expect([result.status, result.shifts.map(({ status }) => status), kindsOf(result)]).toEqual([
      'present',
      ['attended', 'absent'],
      ['absent'],
    ])
  })

  it('can be excused by a person with a reason', () => {
    const excuse: Correction = {
      id: 'c1',
      kind: 'excuse',
      what: 'absence',
      date: monday,
      by: 'hr',
      reason: 'Flood',
      atMs: evening,
    }
    const result = day(monday, { plan: dayShift, corrections: [excuse] })
    expect([result.status, result.corrections]).toEqual([
      'excused',
      [{ correctionId: 'c1', kind: 'excuse', by: 'hr', reason: 'Flood', atMs: evening, punchIds: [] }],
    ])
  })
})

describe('a day', () => {
  it.each([
    ['runs until its shift is over', '12:00', [terminal(at(`${monday} 12:00`))], 'running'],
    ['runs on while somebody is still there', '18:00', [terminal(evening)], 'still_in'],
    ['waits for its terminals', '18:00', [east('12:00')], 'waiting_for_terminals'],
  ] as const)('%s', (_, now, terminals, reason) => {
    const result = day(monday, {
      plan: dayShift,
      punches: punches(monday, reason === 'still_in' ? ['in 08:00'] : ['in 08:00', 'out 11:00']),
      nowMs: at(`${monday} ${now}`),
      terminals,
    })
    expect(result.certainty).toMatchObject({ state: 'provisional', reason })
  })

  it('on which somebody still is there counts that stay when it ends', () => {
    const nowMs = at(`${monday} 12:00`)
    const result = day(monday, { plan: dayShift, punches: punches(monday, ['in 08:00']), nowMs })
    expect([result.workedMinutes, kindsOf(result), result.shifts[0]?.bands]).toEqual([
      0,
      ['still_in'],
      [{ kind: 'open', fromMs: at(`${monday} 08:00`), toMs: nowMs, paid: false }],
    ])
  })

  it('is complete when it is over and every terminal has told everything', () => {
    const result = day(monday, { plan: dayShift, punches: punches(monday, ['in 08:00', 'out 17:00']) })
    expect(result.certainty).toMatchObject({ state: 'complete', reason: null, waitingFor: [] })
  })

  it('says that a punch came days late', () => {
    const exit = punch(`${monday} 17:00`, 'CheckOut', {
      flags: ['late_arrival'],
      receivedAtMs: at('2026-03-05 09:00'),
    })
    const result = day(monday, { plan: dayShift, punches: [...punches(monday, ['in 08:00']), exit] })
    expect([kindsOf(result), result.certainty.latePunches]).toEqual([
      ['late_punch'],
      [{ punchId: `${monday} 17:00`, receivedAtMs: at('2026-03-05 09:00') }],
    ])
  })
})

describe('closing', () => {
  const close = (kind: Closure['kind']): Closure => ({
    id: 'k1',
    kind,
    fromDate: '2026-03-01',
    toDate: '2026-03-31',
    closedAtMs: at('2026-04-01 12:00'),
    by: 'hr',
  })
  const arrival = punches(monday, ['in 08:00'])
  const lateExit = punch(`${monday} 17:42`, 'CheckOut', {
    flags: ['late_arrival'],
    receivedAtMs: at('2026-04-02 09:00'),
  })
  const before = day(monday, { plan: dayShift, punches: arrival, nowMs: at('2026-04-01 12:00') })

  it('makes a day final', () => {
    const result = day(monday, { plan: dayShift, punches: arrival, closures: [close('day')] })
    expect(result.certainty).toMatchObject({ state: 'closed', closedAtMs: at('2026-04-01 12:00') })
  })

  it('of a day gives way to a late punch, and the day says so', () => {
    const result = day(monday, {
      plan: dayShift,
      punches: [...arrival, lateExit],
      closures: [close('day')],
      closedResults: [before],
    })
    expect([result.certainty.state, result.workedMinutes]).toEqual(['reopened', 540])
    expect(result.certainty.latePunches).toEqual([
      { punchId: `${monday} 17:42`, receivedAtMs: at('2026-04-02 09:00') },
    ])
    expect(kindsOf(result)).toContain('late_punch')
  })

  it('of a period never does: the numbers stay, and a difference waits', () => {
    const result = day(monday, {
      plan: dayShift,
      punches: [...arrival, lateExit],
      closures: [close('period')],
      closedResults: [before],
    })
    expect([result.certainty.state, result.workedMinutes, result.lastOut]).toEqual(['closed', 0, null])
    expect(result.difference).toMatchObject({
      date: monday,
      workedDeltaMinutes: 540,
      changes: [
        { field: 'lastOut', before: null, after: `${monday} 17:42:00` },
        { field: 'workedMinutes', before: 0, after: 540 },
      ],
      causes: [{ kind: 'punch_added', id: `${monday} 17:42` }],
    })
  })

  it('of a period opens no difference where no number changes', () => {
    const again = punch(`${monday} 08:00:30`, 'CheckIn', { receivedAtMs: at('2026-04-02 09:00') })
    const result = day(monday, {
      plan: dayShift,
      punches: [...arrival, again],
      closures: [close('period')],
      closedResults: [before],
    })
    expect(result.difference).toBeNull()
  })

  it('names the correction that makes the difference', () => {
    const added: Correction = {
      id: 'c9',
      kind: 'add_punch',
      estimated: false,
      punch: punch(`${monday} 17:00`, 'CheckOut', { id: 'added' }),
      by: 'hr',
      reason: 'Forgot',
      atMs: at('2026-04-03 08:00'),
    }
    const result = day(monday, {
      plan: dayShift,
      punches: arrival,
      corrections: [added],
      closures: [close('period')],
      closedResults: [before],
    })
    expect(result.difference?.causes).toEqual([
      { kind: 'punch_added', id: 'added' },
      { kind: 'correction', id: 'c9' },
    ])
  })

  it('ends with the difference accepted into the day, or carried beside it', () => {
    const result = day(monday, {
      plan: dayShift,
      punches: [...arrival, lateExit],
      closures: [close('period')],
      closedResults: [before],
    })
    const { difference } = result
    if (!difference) throw new Error('no difference')
    expect(settleDifference(before, difference, 'accept')).toMatchObject({
      result: { workedMinutes: 540 },
      carriedWorkedMinutes: 0,
    })
    expect(settleDifference(before, difference, 'carry')).toMatchObject({
      result: { workedMinutes: 0 },
      carriedWorkedMinutes: 540,
    })
  })
})

describe('a statement of a terminal', () => {
  const stated = (lastLogMs: number | null, lastReceivedMs: number | null) =>
    completeThrough(terminal(0, { statement: { atMs: 900, lastLogMs, lastReceivedMs } }))
  it('covers everything up to it once we hold its last log, and else only what we hold', () => {
    expect([stated(null, null), stated(500, 500), stated(500, 400), stated(500, null)]).toEqual([
      900,
      900,
      400,
      null,
    ])
  })
})

describe('corrections', () => {
  const own = punches(monday, ['in 08:00', 'in 13:00'])
  const fact = { by: 'hr', reason: 'Asked the guard', atMs: evening }
  const add = (local: string, id: string, estimated = false): Correction => ({
    ...fact,
    id,
    kind: 'add_punch',
    estimated,
    punch: punch(`${monday} ${local}`, 'CheckOut', { id: `added ${local}` }),
  })
  const result = (corrections: readonly Correction[], more = own) =>
    day(monday, { plan: dayShift, punches: more, corrections })

  it('are facts beside the punches, named with person, reason and time', () => {
    const before = structuredClone(own)
    const { workedMinutes, corrections } = result([
      add('17:00', 'c1'),
      { ...fact, id: 'c2', kind: 'ignore_punch', punchId: `${monday} 13:00` },
    ])
    expect(workedMinutes).toBe(540)
    expect(corrections).toEqual([
      { correctionId: 'c1', kind: 'add_punch', ...fact, punchIds: ['added 17:00'] },
      { correctionId: 'c2', kind: 'ignore_punch', ...fact, punchIds: [`${monday} 13:00`] },
    ])
    expect(own).toEqual(before)
  })

  it('can turn a direction, which is then certain, and keeps the key that was pressed', () => {
    const turned = result([
      { ...fact, id: 'c1', kind: 'set_direction', punchId: `${monday} 13:00`, direction: 'CheckOut' },
    ])
    expect(turned.shifts[0]?.punches[1]).toMatchObject({
      pressed: 'CheckIn',
      role: 'out',
      reason: 'corrected',
      confidence: 1,
    })
  })

  it('can be withdrawn, and the later one wins', () => {
    const flip = (id: string, atMs: number, direction: 'CheckIn' | 'CheckOut'): Correction => ({
      ...fact,
      atMs,
      id,
      kind: 'set_direction',
      punchId: `${monday} 13:00`,
      direction,
    })
    const role = (corrections: readonly Correction[]) => result(corrections).shifts[0]?.punches[1]?.role
    expect(role([flip('b', evening + 1, 'CheckIn'), flip('a', evening, 'CheckOut')])).toBe('in')
    expect(
      role([
        flip('a', evening, 'CheckOut'),
        flip('b', evening + 1, 'CheckIn'),
        { ...fact, id: 'w', kind: 'withdraw', correctionId: 'b' },
      ]),
    ).toBe('out')
  })

  it('can move a punch to another shift', () => {
    const two = plan({ [monday]: [shift('06:00-14:00'), shift('15:00-22:00')] })
    const given = { plan: two, punches: punches(monday, ['in 06:00', 'out 14:40', 'in 15:00', 'out 22:00']) }
    const move: Correction = {
      ...fact,
      id: 'm',
      kind: 'assign_shift',
      punchId: `${monday} 14:40`,
      plannedShiftId: `${monday}#2`,
    }
    const counts = (corrections: readonly Correction[]) =>
      day(monday, { ...given, corrections }).shifts.map(own => own.punches.length)
    expect([counts([]), counts([move])]).toEqual([
      [2, 2],
      [1, 3],
    ])
  })

  it('that were estimated give way when the real punch arrives', () => {
    const real = punch(`${monday} 17:20`, 'CheckOut', { receivedAtMs: evening + 3_600_000 })
    const guessed = result([add('17:00', 'c1', true)])
    const arrived = result([add('17:00', 'c1', true)], [...own, real])
    expect([guessed.lastOut?.punchId, arrived.lastOut?.punchId]).toEqual(['added 17:00', `${monday} 17:20`])
    expect(arrived.explanation.some(({ words }) => words.endsWith('estimate_withdrawn'))).toBe(true)
  })
})

it('everything in a result is plain data that can be kept and compared', () => {
  const results = day(monday, { plan: dayShift, punches: punches(monday, ['in 08:00', 'out 17:00']) })
  expect(JSON.parse(JSON.stringify(results))).toEqual(results)
})
