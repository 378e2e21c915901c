import { describe, expect, it } from 'vitest'
import { eachPerson } from './each-person.ts'

const codes = Array.from({ length: 12 }, (_, at) => String(at))

describe('one call per person', () => {
  it('reaches everybody once and tells how far it is', async () => {
    const called: string[] = []
    const told: number[] = []
    const result = await eachPerson(
      codes,
      async code => void called.push(code),
      done => told.push(done),
    )
    expect(called.sort()).toEqual([...codes].sort())
    expect(told.at(-1)).toBe(12)
    expect(result.error).toBeNull()
  })

  it('begins nothing new after a failure and says who was done', async () => {
    const fault = new Error('no')
    const result = await eachPerson(
      codes,
      async code => {
        if (code === '5') throw fault
      },
      () => {},
    )
    expect(result.error).toBe(fault)
    expect(result.done).not.toContain('5')
    expect(result.done.length).toBeLessThan(12)
  })
})
