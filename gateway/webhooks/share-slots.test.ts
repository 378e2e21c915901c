import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareSlots } from './share-slots.ts'

const limits = { inFlightMax: 64, perSubscriptionMax: 24, liveReserved: 4, ahead: 4, guaranteed: 2 }

describe('share of slots', () => {
  it('gives one receiver its own limit, not all there is', () => {
    expect(shareSlots([{ id: 'a', due_at: 1, probe: false, longBusy: 0 }], () => 0, 0, limits)).toEqual([
      { subscriptionId: 'a', lanesMax: 32, longMax: 28, probe: false },
    ])
  })

  it('gives a newcomer a guaranteed few when stalling receivers hold everything', () => {
    const busy = (id: string) => (id === 'new' ? 0 : 32)
    const due = [
      { id: 'slow1', due_at: 1, probe: false, longBusy: 0 },
      { id: 'slow2', due_at: 2, probe: false, longBusy: 0 },
      { id: 'new', due_at: 3, probe: false, longBusy: 0 },
    ]
    expect(shareSlots(due, busy, 64, limits)).toEqual([
      { subscriptionId: 'new', lanesMax: 2, longMax: 28, probe: false },
    ])
  })

  it('lets a single probe through to one that was away, and none while it is under way', () => {
    const due = [{ id: 'away', due_at: 1, probe: true, longBusy: 0 }]
    expect(shareSlots(due, () => 0, 64, limits)).toEqual([
      { subscriptionId: 'away', lanesMax: 1, longMax: 1, probe: true },
    ])
    expect(shareSlots(due, () => 1, 0, limits)).toEqual([])
  })

  it('leaves some slots for live lanes, however many have a backlog', () => {
    const [wish] = shareSlots([{ id: 'a', due_at: 1, probe: false, longBusy: 26 }], () => 26, 26, limits)
    expect(wish).toMatchObject({ lanesMax: 6, longMax: 2 })
  })

  it('serves the longest waiting first', () => {
    const due = [
      { id: 'late', due_at: 9, probe: false, longBusy: 0 },
      { id: 'early', due_at: 1, probe: false, longBusy: 0 },
    ]
    expect(shareSlots(due, () => 0, 30, limits).map(wish => wish.subscriptionId)).toEqual(['early', 'late'])
  })

  it("never passes a receiver's limit, nor the whole by more than the guarantee", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 32 }), { maxLength: 20 }), held => {
        const due = held.map((_, index) => ({ id: String(index), due_at: index, probe: false, longBusy: 0 }))
        const total = held.reduce((sum, lanes) => sum + lanes, 0)
        const wishes = shareSlots(due, id => held[Number(id)] ?? 0, total, limits)
        const given = wishes.reduce((sum, wish) => sum + wish.lanesMax, 0)
        for (const wish of wishes)
          expect((held[Number(wish.subscriptionId)] ?? 0) + wish.lanesMax).toBeLessThanOrEqual(32)
        expect(given).toBeLessThanOrEqual(Math.max(0, 64 - total) + 2 * held.length)
      }),
    )
  })
})
