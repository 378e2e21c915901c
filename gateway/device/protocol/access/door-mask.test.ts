import { describe, expect, it } from 'vitest'
import { UnsafeFieldError } from '../unsafe-field.ts'
import { decodeDoorMask, encodeDoorMask } from './door-mask.ts'

describe('encodeDoorMask', () => {
  it.each([
    [[1], 1],
    [[2], 2],
    [[1, 3], 5],
    [[1, 2, 3, 4], 15],
    [[32], 2 ** 31],
  ])('writes doors %j as %d and reads them back (C4)', (doors, mask) => {
    expect(encodeDoorMask(doors)).toBe(mask)
    expect(decodeDoorMask(mask)).toEqual(doors)
  })

  it('takes a door named twice for one', () => {
    expect(encodeDoorMask([1, 1])).toBe(1)
  })

  it.each([[[]], [[0]], [[33]], [[1.5]]])('refuses %j', doors => {
    expect(() => encodeDoorMask(doors)).toThrow(UnsafeFieldError)
  })
})
