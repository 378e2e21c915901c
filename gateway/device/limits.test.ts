import { describe, expect, it } from 'vitest'
import { createSenderLimits, defaultLimits, isRemote } from './limits.ts'

let now = 0
const clock = { now: () => now }
const far = '203.0.113.7'
const asking = { sn: 'T1', address: far, bytes: 0, isCheap: false }

describe('the limits of one sender', () => {
  it('hold for all terminals of an address together, and polls count a fifth', () => {
    const limits = createSenderLimits({ ...defaultLimits, requestsPerSecondOfAddress: 1 }, clock)
    const polls = Array.from({ length: 50 }, (_, turn) =>
      limits.refusal({ ...asking, sn: `T${turn}`, isCheap: true }),
    )
    expect(polls.every(refusal => refusal === null)).toBe(true)
    expect(limits.refusal({ ...asking, sn: 'T99', isCheap: true })).toBe('requests of an address')
    expect(limits.refusal({ ...asking, address: '203.0.113.8' })).toBeNull()
    now += 1000
    expect(limits.refusal(asking)).toBeNull()
  })

  it('let one body through that is larger than all of them, and then nothing for a while', () => {
    const limits = createSenderLimits({ ...defaultLimits, bytesPerSecond: 100 }, clock)
    expect(limits.refusal({ ...asking, bytes: 5000 })).toBeNull()
    expect(limits.refusal({ ...asking, bytes: 10 })).toBe('bytes of a terminal')
    expect(limits.refusal({ ...asking, bytes: 10, address: '203.0.113.9' })).toBeNull()
    now += 8_000
    expect(limits.refusal({ ...asking, bytes: 800 })).toBeNull()
  })

  it('tire somebody who invents serial numbers sooner', () => {
    const limits = createSenderLimits({ ...defaultLimits, strangersPerSecondOfAddress: 1 }, clock)
    const tries = Array.from({ length: 11 }, () => limits.strangerRefusal(far))
    expect(tries.slice(0, 10).every(refusal => refusal === null)).toBe(true)
    expect(tries[10]).toBe('unknown requests of an address')
  })

  it('do not hold for this computer, where a proxy stands with every terminal behind it', () => {
    const limits = createSenderLimits({ ...defaultLimits, strangersPerSecondOfAddress: 0 }, clock)
    expect(limits.strangerRefusal('127.0.0.1')).toBeNull()
    expect(['::1', '127.8.8.8', '::ffff:127.0.0.1', null].some(isRemote)).toBe(false)
    expect(isRemote('10.0.0.1')).toBe(true)
  })
})
