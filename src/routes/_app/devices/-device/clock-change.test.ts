import { describe, expect, it } from 'vitest'
import { actorOf, daysOf, lastDays, missedOffset, outcomeOf } from './clock-change.ts'

const order = { CommandID: '7', Done: false, CompletedAt: null }

describe('a change of the clock', () => {
  it('says done only when the terminal has answered, and nothing where nothing was asked', () => {
    expect(outcomeOf(order)).toBe('waiting')
    expect(outcomeOf({ ...order, Done: true, CompletedAt: '2026-11-01T00:00:00Z' })).toBe('done')
    expect(outcomeOf({ ...order, CompletedAt: '2026-11-01T00:00:00Z' })).toBe('failed')
    expect(outcomeOf({ CommandID: null, Done: true, CompletedAt: null })).toBe('seen')
  })

  it('names who asked, Gatehouse for what it tells by itself, and claims no more than it knows', () => {
    expect(actorOf({ Actor: 'p1', Kind: 'SyncTime' })).toBe('p1')
    expect(actorOf({ Actor: null, Kind: 'Offset' })).toBe('Gatehouse')
    expect(actorOf({ Actor: null, Kind: 'Jump' })).toBe('Not known')
    expect(actorOf({ Actor: null, Kind: 'SyncTime' })).toBe('Not known')
  })
})

describe('the offset a terminal was told', () => {
  const summer = Date.parse('2026-07-01T12:00:00Z')
  const lisbon = { TimeZone: 'Europe/Lisbon' }

  it('is missed when its zone has gone over to another since', () => {
    expect(missedOffset({ ...lisbon, ToldOffset: 'GMT +0000' }, summer)).toBe(60)
    expect(missedOffset({ ...lisbon, ToldOffset: 'GMT +0100' }, summer)).toBeNull()
  })

  it('is not missed where nothing is known', () => {
    expect(missedOffset({ ...lisbon, ToldOffset: null }, summer)).toBeNull()
    expect(missedOffset({ TimeZone: 'Mars/Base', ToldOffset: 'GMT +0000' }, summer)).toBeNull()
  })
})

describe('the last days', () => {
  it('end today and count it', () => {
    const range = lastDays('2026-03-02', 7)
    expect(range).toEqual({ FromDate: '2026-02-24', ToDate: '2026-03-02' })
    expect(daysOf(range)).toHaveLength(7)
  })
})
