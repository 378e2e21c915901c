import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSlots } from './slots.ts'

const limits = { perSubscriptionMax: 3, liveReserved: 1 }
const lane = (name: string, long = false, subscriptionId = 'a') => ({ name, long, subscriptionId })

function started() {
  const names: string[] = []
  return { names, slots: createSlots<ReturnType<typeof lane>>(limits, ({ name }) => names.push(name)) }
}

describe('slots of a receiver', () => {
  it('hold back what is over the limit, and fill a slot that frees at once', () => {
    const { names, slots } = started()
    const lanes = ['1', '2', '3', '4', '5'].map(name => lane(name))
    for (const each of lanes) slots.add(each)
    expect(names).toEqual(['1', '2', '3', '4'])
    slots.ended(lane('1'))
    expect(names).toEqual(['1', '2', '3', '4', '5'])
  })

  it('keep some for live lanes, which also go before a backlog that waits longer', () => {
    const { names, slots } = started()
    for (const name of ['b1', 'b2', 'b3', 'b4']) slots.add(lane(name, true))
    slots.add(lane('l1'))
    slots.add(lane('l2'))
    expect(names).toEqual(['b1', 'b2', 'b3', 'l1'])
    slots.ended(lane('b1', true))
    expect(names).toEqual(['b1', 'b2', 'b3', 'l1', 'l2'])
  })

  it('of one receiver are nothing to another', () => {
    const { names, slots } = started()
    for (const name of ['1', '2', '3', '4', '5']) slots.add(lane(name))
    slots.add(lane('other', true, 'b'))
    expect(names).toContain('other')
  })

  it('let everything go when it is only to be given back', () => {
    const { names, slots } = started()
    for (const name of ['1', '2', '3', '4', '5', '6']) slots.add(lane(name, true))
    slots.flush()
    expect(names).toHaveLength(6)
  })

  it('never pass a limit, and leave nobody behind', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), fc.infiniteStream(fc.nat()), (kinds, picks) => {
        const sending: ReturnType<typeof lane>[] = []
        let begun = 0
        const slots = createSlots<ReturnType<typeof lane>>(limits, each => {
          begun += 1
          sending.push(each)
          expect(sending.length).toBeLessThanOrEqual(4)
          expect(sending.filter(({ long }) => long).length).toBeLessThanOrEqual(3)
        })
        for (const [at, long] of kinds.entries()) slots.add(lane(String(at), long))
        while (sending.length > 0) {
          const [ended] = sending.splice((picks.next().value ?? 0) % sending.length, 1)
          if (ended) slots.ended(ended)
        }
        expect(begun).toBe(kinds.length)
      }),
    )
  })
})
