import { describe, expect, it } from 'vitest'
import { accessVectors, bodyOf } from '../fixtures/vectors.ts'
import { eventClass, eventMeaning, isPass } from './event-codes.ts'
import { EVENT_TABLE } from './event-table.ts'
import { parseAccessEvents } from './rtlog.ts'

describe('eventMeaning', () => {
  it.each([
    [0, 'verified open', 'normal', 'pass', null],
    [3, 'multi-person open', 'normal', 'pass', null],
    [8, 'remote open', 'normal', 'door', 'remote-open'],
    [9, 'remote close', 'normal', 'door', 'remote-close'],
    [23, 'unauthorised access', 'error', 'denied', null],
    [27, 'not registered', 'error', 'denied', null],
    [28, 'door open too long', 'error', 'door', 'held-open'],
    [100, 'tamper', 'alarm', 'alarm', 'tamper'],
    [101, 'duress password open', 'alarm', 'alarm', 'duress'],
    [102, 'forced open', 'alarm', 'alarm', 'forced'],
    [200, 'door opened', 'normal', 'door', 'opened'],
    [201, 'door closed', 'normal', 'door', 'closed'],
    [202, 'exit-button open', 'normal', 'door', 'exit-button'],
    [206, 'device started', 'normal', 'device', null],
    [233, 'remote lock', 'normal', 'door', 'locked'],
    [4001, 'normal person pass', 'normal', 'pass', null],
    [5000, 'clutch fault', 'error', 'device', null],
    [6000, 'fire normal-open started', 'alarm', 'alarm', 'fire-open'],
  ])('knows %d as %s', (code, name, eventClassName, kind, outcome) => {
    expect(eventMeaning(code)).toEqual({ code, name, class: eventClassName, kind, outcome })
  })

  it('classes the events of a turnstile and an unknown number (A11)', () => {
    const { events } = parseAccessEvents(bodyOf(accessVectors.A11))
    expect(events.map(event => eventMeaning(event.event).class)).toEqual(['error', 'normal', 'unknown'])
    expect(eventMeaning(9999)).toEqual({
      code: 9999,
      name: 'event 9999',
      class: 'unknown',
      kind: 'other',
      outcome: null,
    })
  })

  it('names no number twice', () => {
    expect(new Set(EVENT_TABLE.map(([code]) => code)).size).toBe(EVENT_TABLE.length)
  })
})

describe('eventClass', () => {
  it.each([
    [-1, 'unknown'],
    [19, 'normal'],
    [20, 'error'],
    [99, 'error'],
    [100, 'alarm'],
    [199, 'alarm'],
    [253, 'normal'],
    [254, 'unknown'],
    [3999, 'unknown'],
    [4999, 'normal'],
    [5999, 'error'],
    [6999, 'alarm'],
    [7000, 'unknown'],
  ])('puts %d among %s', (code, name) => {
    expect(eventClass(code)).toBe(name)
  })
})

describe('isPass', () => {
  it('takes code 3 for the ordinary pass it is on a BioFace A1 (A06)', () => {
    const [event] = parseAccessEvents(bodyOf(accessVectors.A06)).events
    expect(event && isPass(event)).toBe(true)
  })

  it.each([0, 1, 2, 3, 5, 14, 17, 19, 101, 103, 203, 208, 216, 222, 232, 4001])(
    'counts %d with a person, and never without one',
    event => {
      expect(isPass({ event, pin: '7' })).toBe(true)
      expect(isPass({ event, pin: null })).toBe(false)
    },
  )

  it.each([8, 20, 23, 24, 26, 27, 29, 41, 61, 68, 102, 200, 202, 206, 211, 223, 4014, 9999])(
    'does not count %d, even with a person',
    event => {
      expect(isPass({ event, pin: '7' })).toBe(false)
    },
  )
})
